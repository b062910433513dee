// Builtin functions and methods of constants, the pure ones that migrations use.
#include <algorithm>
#include <cctype>

#include "interpreter.h"
#include "json.h"

namespace whimbrel::python {

namespace {

using Items = std::vector<Value>;

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

std::string cased(std::string text, int (*change)(int)) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x80) c = static_cast<char>(change(static_cast<unsigned char>(c)));
  }
  return text;
}

std::string replace_all(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  std::size_t begin = 0;
  while (true) {
    const std::size_t at = from.empty() ? std::string_view::npos : text.find(from, begin);
    result += text.substr(begin, at - begin);
    if (at == std::string_view::npos) return result;
    result += to;
    begin = at + from.size();
  }
}

Value split(const Text& text, const std::string* separator, Span span) {
  Items parts;
  const std::string& value = text.value;
  std::size_t begin = 0;
  if (separator != nullptr && !separator->empty()) {
    while (true) {
      const std::size_t at = value.find(*separator, begin);
      parts.push_back(make_text(text.part(begin, at), span));
      if (at == std::string::npos) break;
      begin = at + separator->size();
    }
  } else {
    while (begin < value.size()) {
      if (is_space(value[begin])) {
        ++begin;
        continue;
      }
      std::size_t end = begin;
      while (end < value.size() && !is_space(value[end])) ++end;
      parts.push_back(make_text(text.part(begin, end), span));
      begin = end;
    }
  }
  return make_sequence(SequenceKind::list, std::move(parts), span);
}

Text strip(const Text& text, std::string_view characters, bool left, bool right) {
  const std::string& value = text.value;
  const auto stripped = [&](char c) { return characters.empty() ? is_space(c) : characters.find(c) != std::string_view::npos; };
  std::size_t begin = 0;
  std::size_t end = value.size();
  while (left && begin < end && stripped(value[begin])) ++begin;
  while (right && end > begin && stripped(value[end - 1])) --end;
  return text.part(begin, end);
}

/// textwrap.dedent: the longest common leading blanks of lines that are not blank go.
Text dedent(const Text& text) {
  const std::string& value = text.value;
  std::optional<std::string> margin;
  const auto for_each_line = [&](auto&& visit) {
    for (std::size_t begin = 0; begin < value.size();) {
      const std::size_t newline = value.find('\n', begin);
      const std::size_t end = newline == std::string::npos ? value.size() : newline + 1;
      visit(begin, end, std::min(value.find_first_not_of(" \t", begin), end));
      begin = end;
    }
  };
  for_each_line([&](std::size_t begin, std::size_t end, std::size_t first) {
    if (first == end || value[first] == '\n') return;
    const std::string blanks = value.substr(begin, first - begin);
    if (!margin) {
      margin = blanks;
      return;
    }
    const auto [a, b] = std::mismatch(margin->begin(), margin->end(), blanks.begin(), blanks.end());
    margin->erase(a, margin->end());
  });
  const std::size_t width = margin ? margin->size() : 0;
  Text result;
  for_each_line([&](std::size_t begin, std::size_t end, std::size_t first) {
    const bool blank = first == end || value[first] == '\n';
    result.append(text.part(blank ? std::min(first, end) : begin + width, end));
  });
  return result;
}

bool ordered(const Items& items) {
  return std::all_of(items.begin(), items.end(), [](const Value& item) { return item.string() != nullptr; }) ||
         std::all_of(items.begin(), items.end(), [](const Value& item) { return item.integer().has_value(); });
}

bool less(const Value& left, const Value& right) {
  if (left.string() != nullptr && right.string() != nullptr) return *left.string() < *right.string();
  return left.integer().value_or(0) < right.integer().value_or(0);
}

}  // namespace

std::optional<Value> Interpreter::join(const Value& separator, const Value& parts, Span span) {
  const auto items = iterate(parts);
  if (!items) return std::nullopt;
  if (!copies(items->size(), span)) return make_unknown("the file makes too long lists", span);
  std::string result;
  bool first = true;
  for (const Value& item : *items) {
    const std::string* text = item.string();
    if (text == nullptr) return std::nullopt;
    if (!first) result += *separator.string();
    first = false;
    result += *text;
    if (result.size() > limits_.text) return make_unknown("a text is too long", span);
  }
  return text_value(Text::made(std::move(result), span), span);
}

std::optional<Value> Interpreter::call_text_method(const Value& base, std::string_view name, const Arguments& arguments, Span span) {
  const Text& text = *base.as<Text>();
  const auto& args = arguments.args;
  const auto string = [&](std::size_t index) { return index < args.size() ? args[index].string() : nullptr; };
  if (name == "format") return arguments.exact ? format_braces(base, arguments, span) : std::optional<Value>();
  if (name == "join" && args.size() == 1) return join(base, args[0], span);
  if (name == "strip" || name == "lstrip" || name == "rstrip") {
    const std::string* characters = string(0);
    return text_value(strip(text, characters != nullptr ? *characters : "", name != "rstrip", name != "lstrip"), span);
  }
  if (name == "lower") return text_value(Text::made(cased(text.value, std::tolower), span), span);
  if (name == "upper") return text_value(Text::made(cased(text.value, std::toupper), span), span);
  if (name == "replace" && string(0) != nullptr && string(1) != nullptr && args.size() == 2) {
    if (text.value.find(*string(0)) == std::string::npos) return base;
    if (string(1)->size() > 0 && text.value.size() > limits_.text / string(1)->size()) return make_unknown("a text is too long", span);
    return text_value(Text::made(replace_all(text.value, *string(0), *string(1)), span), span);
  }
  if (name == "split" && args.size() < 2 && (args.empty() || string(0) != nullptr)) return split(text, string(0), span);
  if (name == "splitlines" && args.empty()) {
    static const std::string newline = "\n";
    return split(text.value.ends_with('\n') ? text.part(0, text.value.size() - 1) : text, &newline, span);
  }
  if (name == "startswith" && string(0) != nullptr) return make_bool(text.value.starts_with(*string(0)), span);
  if (name == "endswith" && string(0) != nullptr) return make_bool(text.value.ends_with(*string(0)), span);
  return std::nullopt;
}

std::optional<Value> Interpreter::call_method(const Value& base, std::string_view name, const Arguments& arguments, Span span) {
  if (base.as<Text>() != nullptr) return call_text_method(base, name, arguments, span);
  if (const auto* dictionary = base.as<Dictionary>()) {
    if (name == "items" || name == "keys" || name == "values") {
      Items items;
      for (const auto& [key, value] : dictionary->entries) {
        if (name == "items") {
          items.push_back(make_sequence(SequenceKind::tuple, {key, value}, span));
        } else {
          items.push_back(name == "keys" ? key : value);
        }
      }
      return make_sequence(SequenceKind::list, std::move(items), span, dictionary->exact);
    }
    if (name == "get" && !arguments.args.empty()) {
      Tri missing = to_tri(dictionary->exact);
      for (const auto& [key, value] : dictionary->entries) {
        const Tri same = equal(key, arguments.args[0]);
        if (same == Tri::yes) return value;
        missing = missing && !same;
      }
      if (missing != Tri::yes) return make_unknown("an item of a dictionary", span);
      return arguments.args.size() > 1 ? arguments.args[1] : make_none(span);
    }
  }
  if (auto result = call_set_method(base, name, arguments, span)) return result;
  if (name == "copy" && (base.as<Dictionary>() != nullptr || base.as<Sequence>() != nullptr)) return base;
  return std::nullopt;
}

std::optional<Value> Interpreter::call_builtin(std::string_view name, const Arguments& arguments, Span span) {
  const auto& args = arguments.args;
  if (!arguments.exact) return std::nullopt;
  if (name == "print") return make_none(span);
  if (name == "textwrap.dedent" && args.size() == 1 && args[0].as<Text>() != nullptr) return text_value(dedent(*args[0].as<Text>()), span);
  if (name == "json.dumps" && args.size() == 1 && arguments.keywords.empty()) {
    const auto text = to_json(args[0]);
    return text ? std::optional(text_value(Text::made(*text, span), span)) : std::nullopt;
  }
  if (name == "range" && !args.empty() && args.size() < 4) {
    std::int64_t bounds[3] = {0, 0, 1};
    for (std::size_t i = 0; i < args.size(); ++i) {
      if (!args[i].integer()) return std::nullopt;
      bounds[args.size() == 1 ? 1 : i] = *args[i].integer();
    }
    if (bounds[2] == 0) return std::nullopt;
    Items items;
    for (std::int64_t i = bounds[0]; bounds[2] > 0 ? i < bounds[1] : i > bounds[1];) {
      if (!step(span) || items.size() >= kMaxValueWeight) return make_unknown("a range is too long", span);
      items.push_back(make_int(i, span));
      if (__builtin_add_overflow(i, bounds[2], &i)) break;
    }
    return make_sequence(SequenceKind::list, std::move(items), span);
  }
  if (name == "str" && args.size() == 1) {
    if (args[0].as<Text>() != nullptr) return args[0];
    const auto text = to_text(args[0]);
    return text ? std::optional(text_value(Text::made(*text, span), span)) : std::nullopt;
  }
  if (name == "int" && args.size() == 1 && args[0].integer()) return args[0];
  if (name == "bool" && args.size() == 1 && truth(args[0]) != Tri::unknown) return make_bool(truth(args[0]) == Tri::yes, span);
  if (name == "dict" && args.empty()) {
    std::vector<std::pair<Value, Value>> entries;
    for (const Keyword& keyword : arguments.keywords) entries.emplace_back(make_string(keyword.name, keyword.span), *keyword.value);
    return make_dictionary(std::move(entries), span);
  }
  if (name == "zip" && !args.empty() && arguments.keywords.empty()) {
    std::vector<Items> columns;
    std::size_t length = SIZE_MAX;
    for (const Value& arg : args) {
      auto items = iterate(arg);
      if (!items) return std::nullopt;
      length = std::min(length, items->size());
      columns.push_back(std::move(*items));
    }
    Items rows;
    for (std::size_t i = 0; i < length; ++i) {
      Items row;
      for (const Items& column : columns) row.push_back(column[i]);
      rows.push_back(make_sequence(SequenceKind::tuple, std::move(row), span));
    }
    return make_sequence(SequenceKind::list, std::move(rows), span);
  }
  if (name == "list" || name == "tuple" || name == "set" || name == "frozenset") {
    const SequenceKind kind = name == "list" ? SequenceKind::list : name == "tuple" ? SequenceKind::tuple : SequenceKind::set;
    if (args.empty()) return make_sequence(kind, {}, span);
    auto items = iterate(args[0]);
    if (!items) return std::nullopt;
    if (kind == SequenceKind::set) {
      Items once;
      if (!compares(items->size(), items->size(), span)) return make_unknown("the file compares too much", span);
      for (Value& item : *items) {
        if (std::none_of(once.begin(), once.end(), [&](const Value& other) { return identical(other, item); })) once.push_back(std::move(item));
      }
      items = std::move(once);
    }
    return make_sequence(kind, std::move(*items), span);
  }
  if (name == "enumerate" && !args.empty() && args.size() < 3 && arguments.keywords.size() < 2) {
    const Value* start = args.size() == 2 ? &args[1] : nullptr;
    if (!arguments.keywords.empty()) start = arguments.keywords[0].name == "start" ? arguments.keywords[0].value.get() : &args[0];
    const auto first = start == nullptr ? std::optional<std::int64_t>(0) : start->integer();
    const auto counted = iterate(args[0]);
    if (!first || !counted) return std::nullopt;
    Items rows;
    for (std::size_t i = 0; i < counted->size(); ++i) {
      rows.push_back(make_sequence(SequenceKind::tuple, {make_int(*first + static_cast<std::int64_t>(i), span), (*counted)[i]}, span));
    }
    return make_sequence(SequenceKind::list, std::move(rows), span);
  }
  if (auto result = call_iterating_builtin(name, arguments, span)) return result;
  if (args.size() != 1 || !arguments.keywords.empty()) return std::nullopt;
  auto items = iterate(args[0]);
  if (name == "len" && args[0].string() != nullptr) return make_int(static_cast<std::int64_t>(args[0].string()->size()), span);
  if (!items) return std::nullopt;
  if (name == "len") return make_int(static_cast<std::int64_t>(items->size()), span);
  if (name == "reversed") {
    std::reverse(items->begin(), items->end());
    return make_sequence(SequenceKind::list, std::move(*items), span);
  }
  if (name == "sorted" && ordered(*items)) {
    std::stable_sort(items->begin(), items->end(), less);
    return make_sequence(SequenceKind::list, std::move(*items), span);
  }
  if (name == "any" || name == "all") {
    Tri result = to_tri(name == "all");
    for (const Value& item : *items) result = name == "all" ? result && truth(item) : result || truth(item);
    return result == Tri::unknown ? std::nullopt : std::optional(make_bool(result == Tri::yes, span));
  }
  return std::nullopt;
}

}  // namespace whimbrel::python
