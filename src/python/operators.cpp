// Operators on constants; anything else becomes a formula that the host may read.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

std::optional<double> number(const Value& value) {
  if (const auto integer = value.integer()) return static_cast<double>(*integer);
  const auto* floating = value.as<double>();
  return floating != nullptr ? std::optional(*floating) : std::nullopt;
}

std::optional<std::int64_t> integer_operation(std::string_view op, std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  if (op == "+" && !__builtin_add_overflow(left, right, &result)) return result;
  if (op == "-" && !__builtin_sub_overflow(left, right, &result)) return result;
  if (op == "*" && !__builtin_mul_overflow(left, right, &result)) return result;
  if (op == "//" && right > 0) return left >= 0 ? left / right : -((-(left + 1)) / right) - 1;
  if (op == "%" && right > 0) return ((left % right) + right) % right;
  if (op == "|") return left | right;
  if (op == "&") return left & right;
  if (op == "<<" && left >= 0 && left < 1024 && right >= 0 && right < 48) return left << right;
  if (op == ">>" && left >= 0 && right >= 0 && right < 63) return left >> right;
  if (op == "**" && right >= 0 && right < 63) {
    result = 1;
    for (std::int64_t i = 0; i < right; ++i) {
      if (__builtin_mul_overflow(result, left, &result)) return std::nullopt;
    }
    return result;
  }
  return std::nullopt;
}

std::optional<double> float_operation(std::string_view op, double left, double right) {
  if (op == "+") return left + right;
  if (op == "-") return left - right;
  if (op == "*") return left * right;
  if (op == "/" && (right < 0 || right > 0)) return left / right;
  return std::nullopt;
}

}  // namespace

Text placed(const Text& text, Span place) {
  const bool inside = std::all_of(text.segments.begin(), text.segments.end(),
                                  [&](const Segment& segment) { return place.begin <= segment.file_begin && segment.file_end <= place.end; });
  return inside ? text : text.from(place);
}

Value Interpreter::evaluate_binary(Node node) {
  const Node op = node.child(Field::operator_);
  const Value left = evaluate(node.child(Field::left));
  const Value right = evaluate(node.child(Field::right));
  return binary(op.text(), left, right, at(node));
}

Value Interpreter::binary(std::string_view op, const Value& left, const Value& right, Span span) {
  const auto* left_text = left.as<Text>();
  const auto* right_text = right.as<Text>();
  if (left_text != nullptr && op == "%") return format_percent(left, right, span);
  if (op == "+" && left_text != nullptr && right_text != nullptr) {
    Text joined = placed(*left_text, left.span);
    joined.append(placed(*right_text, right.span));
    return text_value(std::move(joined), span);
  }
  const auto is_text = [](const Value& value) {
    const auto* formula = value.as<Formula>();
    return value.as<Text>() != nullptr || (formula != nullptr && formula->op == "text");
  };
  if (op == "+" && (is_text(left) || is_text(right))) return make_formula("text", {left, right}, span);
  if (op == "*" && (left_text != nullptr || right_text != nullptr)) {
    const auto* text = left_text != nullptr ? left_text : right_text;
    const auto count = (left_text != nullptr ? right : left).integer();
    if (count && (*count <= 0 || static_cast<std::uint64_t>(*count) <= limits_.text / (text->value.size() + 1))) {
      std::string repeated;
      for (std::int64_t i = 0; i < *count; ++i) repeated += text->value;
      return text_value(Text::made(std::move(repeated), span), span);
    }
  }
  if (const auto* items = left.items(); items != nullptr && op == "*" && right.integer() && left.as<Sequence>()->kind != SequenceKind::set) {
    const std::int64_t count = std::clamp<std::int64_t>(*right.integer(), 0, kMaxValueWeight);
    if (items->size() * static_cast<std::size_t>(count) <= kMaxValueWeight && copies(items->size() * static_cast<std::size_t>(count), span)) {
      std::vector<Value> repeated;
      for (std::int64_t i = 0; i < count; ++i) repeated.insert(repeated.end(), items->begin(), items->end());
      return make_sequence(left.as<Sequence>()->kind, std::move(repeated), span);
    }
  }
  if (const auto* items = left.items(); items != nullptr && op == "+" && right.items() != nullptr) {
    copies(items->size() + right.items()->size(), span);
    std::vector<Value> joined = *items;
    joined.insert(joined.end(), right.items()->begin(), right.items()->end());
    return make_sequence(left.as<Sequence>()->kind, std::move(joined), span);
  }
  if (const auto* a = left.as<Dictionary>(); a != nullptr && op == "|" && right.as<Dictionary>() != nullptr) {
    auto entries = a->entries;
    for (const auto& entry : right.as<Dictionary>()->entries) {
      std::erase_if(entries, [&](const auto& other) { return certainly(equal(other.first, entry.first)); });
      entries.push_back(entry);
    }
    return make_dictionary(std::move(entries), span, a->exact && right.as<Dictionary>()->exact);
  }
  if (auto combined = combine_sets(op, left, right, span)) return *combined;
  if (left.integer() && right.integer() && op != "/") {
    if (const auto result = integer_operation(op, *left.integer(), *right.integer())) return make_int(*result, span);
  } else if (number(left) && number(right)) {
    if (const auto result = float_operation(op, *number(left), *number(right))) return make_float(*result, span);
  }
  if (left.is_unknown()) return make_unknown(left.as<Unknown>()->reason, span);
  return make_formula(std::string(op), {left, right}, span);
}

Value Interpreter::evaluate_unary(Node node) {
  const std::string_view op = node.child(Field::operator_).text();
  const Value operand = evaluate(node.child(Field::argument));
  if (const auto integer = operand.integer(); integer && *integer != INT64_MIN) {
    if (op == "-") return make_int(-*integer, at(node));
    if (op == "+") return operand;
    return make_int(~*integer, at(node));
  }
  if (const auto* floating = operand.as<double>(); floating != nullptr && op != "~") return make_float(op == "-" ? -*floating : *floating, at(node));
  return make_formula(std::string(op), {operand}, at(node));
}

Tri Interpreter::compare(std::string_view op, const Value& left, const Value& right, Span span) {
  if (!compares(left.weight, right.weight == 1 ? 1 : right.weight - 1, span)) return Tri::unknown;
  const auto is_something = [](const Value& value) {
    const auto* call = value.as<Call>();
    return value.string() != nullptr || value.as<Sequence>() != nullptr || value.as<Dictionary>() != nullptr || value.as<Function>() != nullptr ||
           value.as<Class>() != nullptr || (call != nullptr && call->fields != nullptr) || value.path().starts_with(':');
  };
  if (op == "is" && ((left.is_none() && is_something(right)) || (right.is_none() && is_something(left)))) return Tri::no;
  if (op == "==" || op == "is") return op == "is" && left.is_none() != right.is_none() && left.constant() && right.constant() ? Tri::no : equal(left, right);
  if (op == "!=" || op == "is not" || op == "<>") return !compare(op == "is not" ? "is" : "==", left, right, span);
  if (op == "in" || op == "not in") {
    Tri found = Tri::no;
    if (const auto* items = right.items()) {
      for (const Value& item : *items) found = found || equal(item, left);
    } else if (right.string() != nullptr && left.string() != nullptr) {
      found = to_tri(right.string()->find(*left.string()) != std::string::npos);
    } else if (const auto* dictionary = right.as<Dictionary>(); dictionary != nullptr && dictionary->exact) {
      for (const auto& [key, value] : dictionary->entries) found = found || equal(key, left);
    } else {
      found = Tri::unknown;
    }
    return op == "in" ? found : !found;
  }
  std::optional<int> order;
  if (number(left) && number(right)) {
    order = *number(left) < *number(right) ? -1 : *number(left) > *number(right) ? 1 : 0;
  } else if (left.string() != nullptr && right.string() != nullptr) {
    order = left.string()->compare(*right.string());
  }
  if (!order) return Tri::unknown;
  if (op == "<") return to_tri(*order < 0);
  if (op == "<=") return to_tri(*order <= 0);
  if (op == ">") return to_tri(*order > 0);
  if (op == ">=") return to_tri(*order >= 0);
  return Tri::unknown;
}

}  // namespace whimbrel::python
