// Expressions to values.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

Value parse_integer(Node node) {
  std::string digits;
  for (const char c : node.text()) {
    if (c != '_') digits += c;
  }
  int base = 10;
  std::string_view text = digits;
  if (text.size() > 2 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
    if (base != 10) text.remove_prefix(2);
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return make_unknown("a number out of range", node.span());
  return make_int(value, node.span());
}

Value parse_float(Node node) {
  std::string digits;
  for (const char c : node.text()) {
    if (c != '_') digits += c;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return make_unknown("a number out of range", node.span());
  return make_float(value, node.span());
}

std::optional<std::size_t> index_in(std::int64_t index, std::size_t size) {
  if (index < 0) index += static_cast<std::int64_t>(size);
  if (index < 0 || index >= static_cast<std::int64_t>(size)) return std::nullopt;
  return static_cast<std::size_t>(index);
}

}  // namespace

Value Interpreter::evaluate(Node node) {
  const Nesting nesting(nesting_);
  if (!step(at(node))) return make_unknown("the file asks for too much work", at(node));
  if (nesting_ > limits_.nesting) return make_unknown("expressions nest too deeply", at(node));
  Value value = evaluate_inner(node);
  value.span = at(node);
  return value;
}

Value Interpreter::evaluate_inner(Node node) {
  const Span span = at(node);
  switch (node.kind()) {
    case NodeKind::none: return make_none(span);
    case NodeKind::true_: return make_bool(true, span);
    case NodeKind::false_: return make_bool(false, span);
    case NodeKind::ellipsis: return {.data = Ellipsis{}, .span = span};
    case NodeKind::integer: return parse_integer(node);
    case NodeKind::floating: return parse_float(node);
    case NodeKind::string:
    case NodeKind::concatenated_string: return evaluate_string(node);
    case NodeKind::identifier: return evaluate_name(node);
    case NodeKind::attribute: return evaluate_attribute(node);
    case NodeKind::call: return evaluate_call(node, false);
    case NodeKind::list: return evaluate_sequence(node, SequenceKind::list);
    case NodeKind::tuple:
    case NodeKind::expression_list:
    case NodeKind::pattern_list: return evaluate_sequence(node, SequenceKind::tuple);
    case NodeKind::set: return evaluate_sequence(node, SequenceKind::set);
    case NodeKind::dictionary: return evaluate_dictionary(node);
    case NodeKind::list_comprehension:
    case NodeKind::set_comprehension:
    case NodeKind::dictionary_comprehension:
    case NodeKind::generator_expression: return evaluate_comprehension(node);
    case NodeKind::subscript: return evaluate_subscript(node);
    case NodeKind::conditional_expression: return evaluate_conditional(node);
    case NodeKind::boolean_operator: return evaluate_boolean(node);
    case NodeKind::comparison_operator: return evaluate_comparison(node);
    case NodeKind::binary_operator: return evaluate_binary(node);
    case NodeKind::unary_operator: return evaluate_unary(node);
    case NodeKind::not_operator: {
      const Value operand = evaluate(node.child(Field::argument));
      const Tri value = truth(operand);
      return value == Tri::unknown ? make_formula("not", {operand}, span) : make_bool(value == Tri::no, span);
    }
    case NodeKind::parenthesized_expression:
    case NodeKind::await:
    case NodeKind::expression_statement:
      if (const Node inner = node.first()) return evaluate(inner);
      return make_unknown("an empty expression", span);
    case NodeKind::named_expression: {
      Value value = evaluate(node.child(Field::value));
      assign(node.child(Field::name), value);
      return value;
    }
    case NodeKind::lambda: return {.data = Function{node, frame_}, .span = span};
    case NodeKind::error: return make_unknown("a syntax error", span);
    default: return make_unknown("an expression that is not followed", span);
  }
}

Value Interpreter::evaluate_name(Node node) {
  if (const Value* value = find(node.text())) {
    const auto* path = value->as<Path>();
    if (path == nullptr || path->importer == nullptr) return *value;
    return resolve(*path, at(node)).value_or(*value);
  }
  if (auto value = host_.name(node.text(), at(node))) return *value;
  return make_path(std::string(node.text()), at(node));
}

Value Interpreter::evaluate_attribute(Node node) {
  return attribute_of(evaluate(node.child(Field::object)), node.child(Field::attribute).text(), at(node));
}

Value Interpreter::attribute_of(const Value& base, std::string_view name, Span span) {
  if (const auto* path = base.as<Path>()) {
    std::string joined = fmt::format("{}.{}", path->name, name);
    if (joined.size() > limits_.text) return make_unknown("a name is too long", span);
    if (auto value = host_.name(joined, span)) return *value;
    Value value{.data = Path{std::move(joined), path->importer}, .span = span};
    return resolve(*value.as<Path>(), span).value_or(value);
  }
  if (auto member = member_of(base, name, span)) return *member;
  if (const auto* class_ = base.as<Class>(); class_ != nullptr && name == "__name__") return make_string(class_->name, span);
  if (const auto* call = base.as<Call>(); call != nullptr && call->path() == "super" && call->args.empty()) {
    if (auto member = inherited(name, span)) return *member;
  }
  if (const auto* member = base.as<EnumMember>()) {
    if (name == "value") return *member->value;
    if (name == "name") return make_string(member->name, span);
  }
  if (const auto* unknown = base.as<Unknown>()) return make_unknown(unknown->reason, span);
  return make_attribute(base, std::string(name), span);
}

std::optional<std::vector<Value>> Interpreter::iterate(const Value& value) {
  if (const auto* items = value.items()) return *items;
  if (const auto* dictionary = value.as<Dictionary>(); dictionary != nullptr && dictionary->exact) {
    std::vector<Value> keys;
    for (const auto& [key, item] : dictionary->entries) keys.push_back(key);
    return keys;
  }
  if (const auto* class_ = value.as<Class>(); class_ != nullptr && class_->is_enum) {
    std::vector<Value> members;
    for (const auto& [name, member] : class_->members) {
      if (member.as<EnumMember>() != nullptr) members.push_back(member);
    }
    return members;
  }
  return std::nullopt;
}

Value Interpreter::evaluate_sequence(Node node, SequenceKind kind) {
  std::vector<Value> items;
  bool exact = true;
  for (const Node item : node.children()) {
    if (item.kind() == NodeKind::list_splat) {
      const Value spread = evaluate(item.first());
      if (const auto inner = iterate(spread)) {
        items.insert(items.end(), inner->begin(), inner->end());
      } else {
        exact = false;
      }
    } else {
      Value value = evaluate(item);
      if (kind == SequenceKind::set && std::any_of(items.begin(), items.end(), [&](const Value& other) { return identical(other, value); })) continue;
      items.push_back(std::move(value));
    }
  }
  return make_sequence(kind, std::move(items), at(node), exact);
}

Value Interpreter::evaluate_dictionary(Node node) {
  std::vector<std::pair<Value, Value>> entries;
  bool exact = true;
  std::unordered_set<std::string> texts;  // never walked
  const auto put = [&](const Value& key, const Value& value) {
    if (!key.constant()) exact = false;
    const bool is_new_text = key.string() != nullptr && texts.insert(*key.string()).second;
    if (!is_new_text && compares(1, entries.size(), at(node))) std::erase_if(entries, [&](const auto& entry) { return certainly(equal(entry.first, key)); });
    entries.emplace_back(key, value);
  };
  for (const Node item : node.children()) {
    if (item.kind() == NodeKind::pair) {
      const Value key = evaluate(item.child(Field::key));
      put(key, evaluate(item.child(Field::value)));
    } else if (item.kind() == NodeKind::dictionary_splat) {
      const Value spread = evaluate(item.first());
      const auto* inner = spread.as<Dictionary>();
      exact = exact && inner != nullptr && inner->exact;
      if (inner != nullptr) {
        for (const auto& [key, value] : inner->entries) put(key, value);
      }
    }
  }
  return make_dictionary(std::move(entries), at(node), exact);
}

Value Interpreter::evaluate_subscript(Node node) {
  const Value object = evaluate(node.child(Field::value));
  const Node place = node.child(Field::subscript);
  if (place.kind() == NodeKind::slice) {
    // Only [begin:end]; each bound may be missing. The colons are tokens without a field, so positions tell which is which.
    const std::string_view text = place.text();
    const std::vector<Node> parts = place.named();
    const auto* items = object.items();
    const std::string* string = object.string();
    if ((items == nullptr && string == nullptr) || std::count(text.begin(), text.end(), ':') != 1 || parts.size() > 2) {
      return make_unknown("a slice", at(node));
    }
    const std::size_t size = items != nullptr ? items->size() : string->size();
    const std::uint32_t colon = place.span().begin + static_cast<std::uint32_t>(text.find(':'));
    std::int64_t begin = 0;
    auto end = static_cast<std::int64_t>(size);
    for (const Node part : parts) {
      const auto bound = evaluate(part).integer();
      if (!bound) return make_unknown("a slice", at(node));
      (part.span().begin < colon ? begin : end) = *bound < 0 ? *bound + static_cast<std::int64_t>(size) : *bound;
    }
    begin = std::clamp<std::int64_t>(begin, 0, static_cast<std::int64_t>(size));
    end = std::clamp<std::int64_t>(end, begin, static_cast<std::int64_t>(size));
    if (string != nullptr) return make_text(object.as<Text>()->part(static_cast<std::size_t>(begin), static_cast<std::size_t>(end)), at(node));
    return make_sequence(object.as<Sequence>()->kind, {items->begin() + begin, items->begin() + end}, at(node));
  }
  const Value key = evaluate(place);
  if (const auto* items = object.items()) {
    const auto index = key.integer() ? index_in(*key.integer(), items->size()) : std::nullopt;
    return index ? (*items)[*index] : make_unknown("an item of a list", at(node));
  }
  if (const auto* dictionary = object.as<Dictionary>()) {
    for (const auto& [name, value] : dictionary->entries) {
      if (certainly(equal(name, key))) return value;
    }
    return make_unknown("an item of a dictionary", at(node));
  }
  if (const auto* class_ = object.as<Class>(); class_ != nullptr && key.string() != nullptr) {
    if (const Value* member = class_->member(*key.string())) return *member;
  }
  if (object.is_unknown()) return object;
  return make_formula("[]", {object, key}, at(node));
}

Value Interpreter::evaluate_conditional(Node node) {
  const std::vector<Node> parts = node.named();
  if (parts.size() != 3) return make_unknown("a conditional expression", at(node));
  const Value condition = evaluate(parts[1]);
  switch (truth(condition)) {
    case Tri::yes: return evaluate(parts[0]);
    case Tri::no: return evaluate(parts[2]);
    case Tri::unknown: break;
  }
  ++conditional_;
  Value yes = evaluate(parts[0]);
  const Value no = evaluate(parts[2]);
  --conditional_;
  if (identical(yes, no)) return yes;
  return make_formula("if", {condition, std::move(yes), no}, at(node));
}

Value Interpreter::evaluate_boolean(Node node) {
  const std::string op(node.child(Field::operator_).text());
  const Value left = evaluate(node.child(Field::left));
  const Tri known = truth(left);
  if (known != Tri::unknown) return (known == Tri::yes) == (op == "and") ? evaluate(node.child(Field::right)) : left;
  ++conditional_;
  const Value right = evaluate(node.child(Field::right));
  --conditional_;
  // `unknown and False` is never true, `unknown or True` never false: enough for a test.
  if (truth(right) == (op == "and" ? Tri::no : Tri::yes)) return right;
  return make_formula(op, {left, right}, at(node));
}

Value Interpreter::evaluate_comparison(Node node) {
  std::vector<Value> operands;
  std::vector<std::string> ops;
  for (const Node part : node.children()) {
    if (part.kind() == NodeKind::token || part.field() == Field::operators) {
      // "not in" and "is not" are one token each in the grammar's tree
      std::string op;
      for (const char c : part.text()) {
        if (c != ' ' || !op.ends_with(' ')) op += c;
      }
      ops.push_back(std::move(op));
    } else {
      operands.push_back(evaluate(part));
    }
  }
  if (operands.size() != ops.size() + 1) return make_unknown("a comparison", at(node));
  Tri result = Tri::yes;
  for (std::size_t i = 0; i < ops.size(); ++i) result = result && compare(ops[i], operands[i], operands[i + 1], at(node));
  if (result != Tri::unknown) return make_bool(result == Tri::yes, at(node));
  return make_formula(ops.size() == 1 ? ops[0] : "comparison", std::move(operands), at(node));
}

Value Interpreter::evaluate_comprehension(Node node) {
  std::vector<Node> clauses;
  const Node body = node.child(Field::body);
  for (const Node child : node.children()) {
    if (child.kind() == NodeKind::for_in_clause || child.kind() == NodeKind::if_clause) clauses.push_back(child);
  }
  Frame* const outside = frame_;
  frame_ = new_frame(outside);
  std::vector<Value> items;
  std::vector<std::pair<Value, Value>> entries;
  bool exact = true;
  comprehend(clauses, 0, body, items, entries, exact);
  frame_ = outside;
  if (body.kind() == NodeKind::pair) return make_dictionary(std::move(entries), at(node), exact);
  const bool is_set = node.kind() == NodeKind::set_comprehension;
  if (is_set && compares(items.size(), items.size(), at(node))) {
    std::vector<Value> once;
    for (Value& item : items) {
      if (std::none_of(once.begin(), once.end(), [&](const Value& other) { return identical(other, item); })) once.push_back(std::move(item));
    }
    items = std::move(once);
  }
  return make_sequence(is_set ? SequenceKind::set : SequenceKind::list, std::move(items), at(node), exact);
}

void Interpreter::comprehend(const std::vector<Node>& clauses, std::size_t next, Node body, std::vector<Value>& items,
                             std::vector<std::pair<Value, Value>>& entries, bool& exact) {
  const Nesting nesting(nesting_);
  if (nesting_ > limits_.nesting) {
    exact = false;
    return;
  }
  if (next == clauses.size()) {
    if (body.kind() == NodeKind::pair) {
      const Value key = evaluate(body.child(Field::key));
      entries.emplace_back(key, evaluate(body.child(Field::value)));
    } else {
      items.push_back(evaluate(body));
    }
    return;
  }
  const Node clause = clauses[next];
  if (clause.kind() == NodeKind::if_clause) {
    const Tri condition = truth(evaluate(clause.first()));
    if (condition == Tri::unknown) exact = false;
    if (condition == Tri::yes) comprehend(clauses, next + 1, body, items, entries, exact);
    return;
  }
  const auto source = iterate(evaluate(clause.child(Field::right)));
  if (!source) {
    exact = false;
    return;
  }
  for (const Value& item : *source) {
    if (!iteration(at(clause))) return;
    assign(clause.child(Field::left), item);
    comprehend(clauses, next + 1, body, items, entries, exact);
  }
}

}  // namespace whimbrel::python
