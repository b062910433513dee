// Making values and asking them.
#include "whimbrel/python/value.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

namespace whimbrel::python {

namespace {

/// The size of a value under construction.
struct Measure {
  std::uint32_t depth = 0;
  std::uint32_t weight = 1;
  void add(const Value& value) {
    depth = std::max(depth, value.depth);
    weight += value.weight;  // both are at most a little above the bound: no wrap
    weight = std::min(weight, kMaxValueWeight + 1);
  }
  void add(const std::vector<Value>& values) {
    for (const Value& value : values) add(value);
  }
};

template <class T>
Value shared(T data, Span span, const Measure& measure) {
  if (measure.depth >= kMaxValueDepth) return make_unknown("it nests too deeply", span);
  if (measure.weight > kMaxValueWeight) return make_unknown("it is too large", span);
  return {.data = std::make_shared<const T>(std::move(data)), .span = span, .depth = measure.depth + 1, .weight = measure.weight};
}

}  // namespace

Value make_none(Span span) { return {.data = None{}, .span = span}; }
Value make_bool(bool value, Span span) { return {.data = value, .span = span}; }
Value make_int(std::int64_t value, Span span) { return {.data = value, .span = span}; }
Value make_float(double value, Span span) { return {.data = value, .span = span}; }
Value make_text(Text text, Span span) { return {.data = std::make_shared<const Text>(std::move(text)), .span = span}; }
Value make_string(std::string text, Span span) { return make_text(Text::made(std::move(text), span), span); }
Value make_path(std::string name, Span span) { return {.data = Path{std::move(name)}, .span = span}; }
Value make_unknown(std::string reason, Span span) { return {.data = Unknown{std::move(reason)}, .span = span}; }

Value make_sequence(SequenceKind kind, std::vector<Value> items, Span span, bool exact) {
  Measure measure;
  measure.add(items);
  return shared(Sequence{kind, std::move(items), exact}, span, measure);
}

Value make_dictionary(std::vector<std::pair<Value, Value>> entries, Span span, bool exact) {
  Measure measure;
  for (const auto& [key, value] : entries) {
    measure.add(key);
    measure.add(value);
  }
  return shared(Dictionary{std::move(entries), exact}, span, measure);
}

Value make_attribute(Value base, std::string name, Span span) {
  Measure measure;
  measure.add(base);
  return shared(Attribute{std::make_shared<const Value>(std::move(base)), std::move(name)}, span, measure);
}

Value make_call(Call call, Span span) {
  Measure measure;
  measure.add(call.args);
  if (call.callee) measure.add(*call.callee);
  for (const Keyword& keyword : call.keywords) measure.add(*keyword.value);
  return shared(std::move(call), span, measure);
}

Value make_formula(std::string op, std::vector<Value> operands, Span span) {
  Measure measure;
  measure.add(operands);
  return shared(Formula{std::move(op), std::move(operands)}, span, measure);
}

std::string_view Call::path() const { return callee ? callee->path() : std::string_view(); }

std::string_view Call::method() const {
  const auto* attribute = callee ? callee->as<Attribute>() : nullptr;
  return attribute != nullptr ? std::string_view(attribute->name) : std::string_view();
}

const Value* Call::receiver() const {
  const auto* attribute = callee ? callee->as<Attribute>() : nullptr;
  return attribute != nullptr ? attribute->base.get() : nullptr;
}

const Keyword* Call::keyword(std::string_view name) const {
  const auto found = std::find_if(keywords.begin(), keywords.end(), [&](const Keyword& keyword) { return keyword.name == name; });
  return found != keywords.end() ? &*found : nullptr;
}

const Value* Class::member(std::string_view wanted) const {
  for (const auto& [key, value] : members) {
    if (key == wanted) return &value;
  }
  return nullptr;
}

const std::string* Value::string() const {
  const auto* text = as<Text>();
  return text != nullptr ? &text->value : nullptr;
}

std::optional<bool> Value::boolean() const {
  const bool* value = as<bool>();
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> Value::integer() const {
  const auto* value = as<std::int64_t>();
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::string_view Value::path() const {
  const auto* path = as<Path>();
  return path != nullptr ? std::string_view(path->name) : std::string_view();
}

const std::vector<Value>* Value::items() const {
  const auto* sequence = as<Sequence>();
  return sequence != nullptr && sequence->exact ? &sequence->items : nullptr;
}

bool Value::constant() const {
  if (const auto* sequence = as<Sequence>()) {
    return sequence->exact && std::all_of(sequence->items.begin(), sequence->items.end(), [](const Value& item) { return item.constant(); });
  }
  if (const auto* dictionary = as<Dictionary>()) {
    return dictionary->exact && std::all_of(dictionary->entries.begin(), dictionary->entries.end(),
                                            [](const auto& entry) { return entry.first.constant() && entry.second.constant(); });
  }
  return is_none() || as<bool>() != nullptr || as<std::int64_t>() != nullptr || as<double>() != nullptr || as<Text>() != nullptr ||
         as<EnumMember>() != nullptr;
}

const Value* Value::entry(std::string_view key) const {
  const auto* dictionary = as<Dictionary>();
  if (dictionary == nullptr) return nullptr;
  for (const auto& [name, value] : dictionary->entries) {
    const std::string* text = name.string();
    if (text != nullptr && *text == key) return &value;
  }
  return nullptr;
}

Tri truth(const Value& value) {
  if (value.is_none()) return Tri::no;
  if (const auto boolean = value.boolean()) return to_tri(*boolean);
  if (const auto integer = value.integer()) return to_tri(*integer != 0);
  if (const auto* number = value.as<double>()) return to_tri(*number != 0.0);
  if (const auto* text = value.string()) return to_tri(!text->empty());
  if (const auto* sequence = value.as<Sequence>()) {
    return !sequence->items.empty() ? Tri::yes : sequence->exact ? Tri::no : Tri::unknown;
  }
  if (const auto* dictionary = value.as<Dictionary>()) {
    return !dictionary->entries.empty() ? Tri::yes : dictionary->exact ? Tri::no : Tri::unknown;
  }
  if (value.as<Function>() != nullptr || value.as<Class>() != nullptr || value.as<EnumMember>() != nullptr) return Tri::yes;
  if (value.path().starts_with(':')) return Tri::yes;  // an object of the host's
  return Tri::unknown;
}

bool identical(const Value& left, const Value& right) {
  if (left.data.index() != right.data.index()) return false;
  const auto same_list = [](const std::vector<Value>& a, const std::vector<Value>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), identical);
  };
  return std::visit(
      [&](const auto& a) -> bool {
        using T = std::decay_t<decltype(a)>;
        const T& b = std::get<T>(right.data);
        if constexpr (std::is_same_v<T, Unknown>) {
          return false;
        } else if constexpr (std::is_same_v<T, Path>) {
          return a.name == b.name;
        } else if constexpr (std::is_same_v<T, Function>) {
          return a.node == b.node && a.frame == b.frame && a.self == b.self;
        } else if constexpr (std::is_same_v<T, std::shared_ptr<const Text>>) {
          return a->value == b->value;
        } else if constexpr (std::is_same_v<T, std::shared_ptr<const Sequence>>) {
          return a == b || (a->kind == b->kind && a->exact && b->exact && same_list(a->items, b->items));
        } else if constexpr (std::is_same_v<T, std::shared_ptr<const Dictionary>>) {
          return a == b || (a->exact && b->exact &&
                            std::equal(a->entries.begin(), a->entries.end(), b->entries.begin(), b->entries.end(),
                                       [](const auto& x, const auto& y) { return identical(x.first, y.first) && identical(x.second, y.second); }));
        } else if constexpr (std::is_same_v<T, std::shared_ptr<const EnumMember>>) {
          return a->class_name == b->class_name && a->name == b->name;
        } else {
          return a == b;
        }
      },
      left.data);
}

Tri equal(const Value& left, const Value& right) {
  if (!left.constant() || !right.constant()) return Tri::unknown;
  const auto number = [](const Value& value) -> std::optional<double> {
    if (const auto boolean = value.boolean()) return *boolean ? 1.0 : 0.0;
    if (const auto integer = value.integer()) return static_cast<double>(*integer);
    const auto* floating = value.as<double>();
    return floating != nullptr ? std::optional(*floating) : std::nullopt;
  };
  const auto a = number(left);
  const auto b = number(right);
  if (a && b) return to_tri(!(*a < *b) && !(*a > *b));
  return to_tri(identical(left, right));
}

std::optional<std::string> to_text(const Value& value) {
  if (value.is_none()) return "None";
  if (const auto boolean = value.boolean()) return *boolean ? "True" : "False";
  if (const auto integer = value.integer()) return std::to_string(*integer);
  if (const auto* number = value.as<double>()) {
    std::string text = fmt::format("{}", *number);
    if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
    return text;
  }
  if (const auto* text = value.string()) return *text;
  if (const auto* sequence = value.as<Sequence>(); sequence != nullptr && sequence->exact) {
    // str() of a tuple of strings is what `IN {tuple}` in SQL strings lives on.
    std::string text = sequence->kind == SequenceKind::list ? "[" : sequence->kind == SequenceKind::tuple ? "(" : "{";
    for (const Value& item : sequence->items) {
      if (text.size() > 1) text += ", ";
      const auto part = to_text(item);
      if (!part) return std::nullopt;
      text += item.string() != nullptr ? fmt::format("'{}'", *part) : *part;
    }
    if (sequence->kind == SequenceKind::tuple && sequence->items.size() == 1) text += ",";
    return text + (sequence->kind == SequenceKind::list ? "]" : sequence->kind == SequenceKind::tuple ? ")" : "}");
  }
  return std::nullopt;
}

namespace {

/// A host's own names begin with a colon, which no Python name has.
std::string_view shown(std::string_view path) { return path.starts_with(':') ? path.substr(1) : path; }

}  // namespace

std::string describe(const Value& value) {
  if (const auto* unknown = value.as<Unknown>()) return unknown->reason;
  if (const auto* path = value.as<Path>()) return fmt::format("the name {}", shown(path->name));
  if (const auto* attribute = value.as<Attribute>()) return fmt::format("the attribute {}", attribute->name);
  if (const auto* call = value.as<Call>()) {
    if (!call->path().empty()) return fmt::format("a call of {}", shown(call->path()));
    if (!call->method().empty()) return fmt::format("a call of .{}()", call->method());
    return "a call";
  }
  if (const auto* formula = value.as<Formula>()) {
    if (formula->op == "text") return "a string with parts that cannot be told";
    if (formula->op == "[]") return "an item of " + describe(formula->operands[0]);
    return fmt::format("an expression with {}", formula->op);
  }
  if (value.as<Function>() != nullptr) return "a function";
  if (const auto* class_ = value.as<Class>()) return fmt::format("the class {}", class_->name);
  if (const auto* member = value.as<EnumMember>()) return fmt::format("{}.{}", member->class_name, member->name);
  if (value.as<Sequence>() != nullptr) return "a sequence";
  if (value.as<Dictionary>() != nullptr) return "a dictionary";
  return to_text(value).value_or("an expression");
}

}  // namespace whimbrel::python
