// Sets, and builtin functions that take functions or pick from what they iterate over.
#include <algorithm>
#include <array>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

using Items = std::vector<Value>;

bool holds(const Items& items, const Value& wanted) {
  return std::any_of(items.begin(), items.end(), [&](const Value& item) { return identical(item, wanted); });
}

bool all_constant(const Items& items) {
  return std::all_of(items.begin(), items.end(), [](const Value& item) { return item.constant(); });
}

bool within(const Items& items, const Items& larger) {
  return std::all_of(items.begin(), items.end(), [&](const Value& item) { return holds(larger, item); });
}

/// The items of both that the operator leaves, in the order in which they stand.
std::optional<Items> combined(std::string_view op, const Items& left, const Items& right) {
  Items result;
  const auto take = [&](const Items& from, const auto& wanted) {
    for (const Value& item : from) {
      if (wanted(item) && !holds(result, item)) result.push_back(item);
    }
  };
  if (op == "-") take(left, [&](const Value& item) { return !holds(right, item); });
  else if (op == "&") take(left, [&](const Value& item) { return holds(right, item); });
  else if (op == "|" || op == "^") {
    take(left, [&](const Value& item) { return op == "|" || !holds(right, item); });
    take(right, [&](const Value& item) { return op == "|" || !holds(left, item); });
  } else {
    return std::nullopt;
  }
  return result;
}

constexpr std::pair<std::string_view, std::string_view> kSetMethods[] = {
    {"difference", "-"}, {"intersection", "&"}, {"union", "|"}, {"symmetric_difference", "^"},
};

/// Whether a constant is an instance of the class that a name stands for; nothing where that cannot be told.
std::optional<bool> is_instance(const Value& value, std::string_view class_) {
  const auto* sequence = value.as<Sequence>();
  const auto of = [&](SequenceKind kind) { return sequence != nullptr && sequence->kind == kind; };
  if (!value.constant()) return std::nullopt;
  if (class_ == "str") return value.string() != nullptr;
  if (class_ == "bool") return value.boolean().has_value();
  if (class_ == "int") return value.integer().has_value() || value.boolean().has_value();
  if (class_ == "float") return value.as<double>() != nullptr;
  if (class_ == "list") return of(SequenceKind::list);
  if (class_ == "tuple") return of(SequenceKind::tuple);
  if (class_ == "set") return of(SequenceKind::set);
  if (class_ == "dict") return value.as<Dictionary>() != nullptr;
  return std::nullopt;
}

}  // namespace

std::optional<Value> Interpreter::combine_sets(std::string_view op, const Value& left, const Value& right, Span span) {
  const auto* a = left.items();
  const auto* b = right.items();
  if (a == nullptr || b == nullptr || left.as<Sequence>()->kind != SequenceKind::set || !all_constant(*a) || !all_constant(*b)) return std::nullopt;
  if (!compares(a->size(), b->size(), span)) return std::nullopt;
  auto items = combined(op, *a, *b);
  return items ? std::optional(make_sequence(SequenceKind::set, std::move(*items), span)) : std::nullopt;
}

std::optional<Value> Interpreter::call_set_method(const Value& base, std::string_view name, const Arguments& arguments, Span span) {
  const auto* a = base.items();
  if (a == nullptr || arguments.args.size() != 1 || base.as<Sequence>()->kind != SequenceKind::set) return std::nullopt;
  const auto other = iterate(arguments.args[0]);
  if (!other || !all_constant(*a) || !all_constant(*other) || !compares(a->size(), other->size(), span)) return std::nullopt;
  if (name == "issubset") return make_bool(within(*a, *other), span);
  if (name == "issuperset") return make_bool(within(*other, *a), span);
  if (name == "isdisjoint") return make_bool(std::none_of(a->begin(), a->end(), [&](const Value& item) { return holds(*other, item); }), span);
  for (const auto& [method, op] : kSetMethods) {
    if (method == name) return make_sequence(SequenceKind::set, *combined(op, *a, *other), span);
  }
  return std::nullopt;
}

std::optional<Value> Interpreter::call_iterating_builtin(std::string_view name, const Arguments& arguments, Span span) {
  const auto& args = arguments.args;
  if (name == "isinstance" && args.size() == 2) {
    const Items classes = args[1].items() != nullptr ? *args[1].items() : Items{args[1]};
    bool any = false;
    for (const Value& class_ : classes) {
      const auto is = is_instance(args[0], class_.path());
      if (!is) return std::nullopt;
      any = any || *is;
    }
    return make_bool(any, span);
  }
  if (name == "next" && (args.size() == 1 || args.size() == 2)) {
    const auto* items = args[0].items();
    if (items == nullptr) return std::nullopt;
    if (!items->empty()) return items->front();
    return args.size() == 2 ? args[1] : make_unknown("the next of nothing", span);
  }
  if ((name == "map" || name == "filter") && args.size() == 2) {
    const auto items = iterate(args[1]);
    if (!items) return std::nullopt;
    Items results;
    for (const Value& item : *items) {
      if (!iteration(span)) return make_unknown("a loop runs too often", span);
      Value result = args[0].is_none() ? item : apply(args[0], {.args = {item}, .keywords = {}}, span, false);
      if (name == "map") {
        results.push_back(std::move(result));
      } else {
        const Tri keep = truth(result);
        if (keep == Tri::unknown) return std::nullopt;
        if (keep == Tri::yes) results.push_back(item);
      }
    }
    return make_sequence(SequenceKind::list, std::move(results), span);
  }
  return std::nullopt;
}

bool Interpreter::compares(std::size_t left, std::size_t right, Span span) {
  constexpr std::uint64_t kPrice = 16;  // in bytes: work that is paid for like text
  texts_ += static_cast<std::uint64_t>(left) * right * kPrice;
  if (texts_ > limits_.texts) exhausted(span, "the file compares too much");
  return !exhausted_;
}

}  // namespace whimbrel::python
