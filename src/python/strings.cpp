// Strings that are put together: literals, f-strings, % and .format(). What cannot be told leaves a hole: a formula "text".
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

/// Collects pieces: one text while all are known, texts and holes else.
class Pieces {
 public:
  void add(const Text& text) {
    if (text.value.empty()) return;
    current_.append(text);
  }
  void add(const Value& value, Span place) {
    if (const auto* text = value.as<Text>()) return add(placed(*text, place));
    if (const auto text = to_text(value)) return add(Text::made(*text, place));
    flush(place);
    parts_.push_back(value);
  }
  [[nodiscard]] bool known() const { return parts_.empty(); }
  Text text() { return std::move(current_); }
  Value formula(Span span) {
    flush(span);
    return make_formula("text", std::move(parts_), span);
  }

 private:
  void flush(Span place) {
    if (!current_.value.empty()) parts_.push_back(make_text(std::exchange(current_, {}), place));
  }
  Text current_;
  std::vector<Value> parts_;
};

std::string quoted(const std::string& text) { return text.find('\'') == std::string::npos ? "'" + text + "'" : '"' + text + '"'; }

/// The value as `!r`, `%r` show it; nothing for what is not a constant.
Value represented(const Value& value) {
  if (const std::string* text = value.string()) return make_string(quoted(*text), value.span);
  return value;
}

}  // namespace

Value Interpreter::interpolate(Node string) {
  std::vector<Text> pieces = decode_pieces(string);
  for (Text& piece : pieces) piece = at(string, std::move(piece));
  Pieces result;
  std::size_t next = 0;
  for (const Node part : string.children()) {
    if (part.kind() != NodeKind::interpolation || next >= pieces.size()) continue;
    result.add(pieces[next++]);
    Value value = evaluate(part.child(Field::expression));
    for (const Node detail : part.children()) {
      if (detail.kind() == NodeKind::type_conversion && detail.text() == "!r") value = represented(value);
      if (detail.kind() == NodeKind::format_specifier && detail.text().size() > 1) value = make_unknown("a formatted value", at(part));
    }
    result.add(value, at(part));
  }
  if (next < pieces.size()) result.add(pieces[next]);
  return result.known() ? text_value(result.text(), at(string)) : result.formula(at(string));
}

Value Interpreter::evaluate_string(Node node) {
  if (is_bytes(node)) return make_unknown("a bytes literal", at(node));
  if (!has_interpolations(node)) return text_value(at(node, decode(node)), at(node));
  if (node.kind() == NodeKind::string) return interpolate(node);
  Pieces result;
  for (const Node part : node.children()) {
    if (part.kind() != NodeKind::string) continue;
    const Value value = interpolate(part);
    if (const auto* formula = value.as<Formula>()) {
      for (const Value& operand : formula->operands) {
        if (const auto* text = operand.as<Text>()) {
          result.add(*text);
        } else {
          result.add(operand, operand.span);
        }
      }
    } else {
      result.add(value, at(part));
    }
  }
  return result.known() ? text_value(result.text(), at(node)) : result.formula(at(node));
}

/// Language: library reference, "printf-style String Formatting". Only %s, %r, %d, %i, %% and %(name)s without width.
Value Interpreter::format_percent(const Value& pattern, const Value& operand, Span span) {
  const Text& text = *pattern.as<Text>();
  const std::string& source = text.value;
  const auto* tuple = operand.as<Sequence>();
  const bool many = tuple != nullptr && tuple->kind == SequenceKind::tuple;
  if (many && !tuple->exact) return make_unknown("a % formatting of " + describe(operand), span);
  if (!many && tuple == nullptr && operand.is_unknown() && source.find("%(") == std::string::npos &&
      std::count(source.begin(), source.end(), '%') > 1) {
    return make_unknown(describe(operand), span);  // may be a tuple
  }
  Pieces result;
  std::size_t next = 0;
  std::size_t begin = 0;
  while (true) {
    const std::size_t at = source.find('%', begin);
    result.add(placed(text.part(begin, at), pattern.span));
    if (at == std::string::npos) break;
    std::size_t end = at + 1;
    Value value = make_unknown("a % formatting", operand.span);
    if (end < source.size() && source[end] == '(') {
      const std::size_t close = source.find(')', end);
      if (close == std::string::npos) return make_unknown("a % formatting", span);
      if (const Value* entry = operand.entry(source.substr(end + 1, close - end - 1))) value = *entry;
      end = close + 1;
    } else if (end < source.size() && source[end] != '%') {
      if (many ? next < tuple->items.size() : next == 0) value = many ? tuple->items[next] : operand;
      ++next;
    }
    if (end >= source.size()) return make_unknown("a % formatting", span);
    const char kind = source[end];
    if (kind == '%') {
      result.add(placed(text.part(end, end + 1), pattern.span));
    } else if (kind == 's' || kind == 'd' || kind == 'i') {
      result.add(value, operand.span);
    } else if (kind == 'r') {
      result.add(represented(value), operand.span);
    } else {
      return make_unknown("a % formatting", span);
    }
    begin = end + 1;
  }
  return result.known() ? text_value(result.text(), span) : result.formula(span);
}

/// {}, {0}, {name}, {{ and }}; attributes, indexes and format specifications leave holes.
Value Interpreter::format_braces(const Value& pattern, const Arguments& arguments, Span span) {
  const Text& text = *pattern.as<Text>();
  const std::string& source = text.value;
  Pieces result;
  std::size_t next = 0;
  std::size_t begin = 0;
  while (true) {
    const std::size_t at = source.find_first_of("{}", begin);
    result.add(placed(text.part(begin, at), pattern.span));
    if (at == std::string::npos) break;
    if (at + 1 < source.size() && source[at + 1] == source[at]) {
      result.add(placed(text.part(at, at + 1), pattern.span));
      begin = at + 2;
      continue;
    }
    const std::size_t close = source.find('}', at);
    if (source[at] == '}' || close == std::string::npos) return make_unknown("a .format() pattern", span);
    const std::string field = source.substr(at + 1, close - at - 1);
    Value value = make_unknown("a value of .format()", span);
    const bool digits = !field.empty() && std::all_of(field.begin(), field.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    if (field.empty() || digits) {
      std::size_t index = next;
      if (digits) {
        index = field.size() < 4 ? static_cast<std::size_t>(std::stoul(field)) : arguments.args.size();
      } else {
        ++next;
      }
      if (index < arguments.args.size()) value = arguments.args[index];
    } else {
      for (const Keyword& keyword : arguments.keywords) {
        if (keyword.name == field) value = *keyword.value;
      }
    }
    result.add(value, span);
    begin = close + 1;
  }
  return result.known() ? text_value(result.text(), span) : result.formula(span);
}

}  // namespace whimbrel::python
