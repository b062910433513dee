// Compiling SQLAlchemy's constructs, as far as migrations use them.
#include "expressions.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "directives.h"
#include "recorder.h"
#include "types.h"

namespace whimbrel::alembic {

namespace {

using python::Text;

/// Functions that SQL writes without parentheses (sqlalchemy.sql.functions, AnsiFunction).
constexpr std::string_view kAnsiFunctions[] = {"current_date", "current_time", "current_timestamp", "current_user", "localtime",
                                               "localtimestamp", "session_user", "user"};

constexpr std::pair<std::string_view, std::string_view> kOperators[] = {
    {"==", "="},  {"!=", "!="}, {"<", "<"}, {"<=", "<="}, {">", ">"}, {">=", ">="}, {"+", "+"}, {"-", "-"},
    {"*", "*"},   {"/", "/"},   {"%", "%"}, {"&", "AND"}, {"|", "OR"},
};

/// Methods of columns that are an operator with one operand.
constexpr std::pair<std::string_view, std::string_view> kMethods[] = {
    {"like", "LIKE"}, {"ilike", "ILIKE"}, {"notlike", "NOT LIKE"}, {"not_like", "NOT LIKE"}, {"is_distinct_from", "IS DISTINCT FROM"},
    {"contains", "@>"}, {"contained_by", "<@"}, {"overlaps", "&&"}, {"has_key", "?"}, {"concat", "||"},
};

/// Methods that put words behind.
constexpr std::pair<std::string_view, std::string_view> kSuffixes[] = {
    {"desc", " DESC"},          {"asc", " ASC"},           {"nullslast", " NULLS LAST"}, {"nulls_last", " NULLS LAST"},
    {"nullsfirst", " NULLS FIRST"}, {"nulls_first", " NULLS FIRST"},
};

template <std::size_t N>
std::string_view look_up(const std::pair<std::string_view, std::string_view> (&table)[N], std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table), [&](const auto& entry) { return entry.first == name; });
  return found != std::end(table) ? found->second : std::string_view();
}

class Compiler {
 public:
  /// False where the value cannot be told.
  bool add(const Value& value);
  Text take() { return std::move(out_); }

 private:
  void put(std::string_view text, Span origin) { out_.append(Text::made(std::string(text), origin)); }
  bool add_call(const python::Call& call, const Value& value);
  bool add_method(const python::Call& call, const Value& value);
  bool add_function(const python::Call& call, std::string_view name, Span span);
  bool add_formula(const python::Formula& formula, Span span);
  bool add_list(std::span<const Value> values, Span span, std::string_view separator = ", ");
  bool add_comparison_with(const Value& left, std::string_view op, const Value& right, Span span);
  bool add_raw(const Value& value);

  Text out_;
};

bool Compiler::add_raw(const Value& value) {
  const auto* text = value.as<Text>();
  if (text != nullptr) out_.append(*text);
  return text != nullptr;
}

bool Compiler::add_list(std::span<const Value> values, Span span, std::string_view separator) {
  bool first = true;
  for (const Value& value : values) {
    if (!first) put(separator, span);
    first = false;
    if (!add(value)) return false;
  }
  return true;
}

bool Compiler::add(const Value& value) {
  if (const std::string* text = value.string()) {
    put(quote_string(*text), value.span);
    return true;
  }
  if (value.is_none()) return put("NULL", value.span), true;
  if (const auto boolean = value.boolean()) return put(*boolean ? "true" : "false", value.span), true;
  if (const auto* member = value.as<python::EnumMember>()) return add(*member->value);
  if (const auto text = python::to_text(value); text && value.items() == nullptr) return put(*text, value.span), true;
  if (const auto* call = value.as<python::Call>()) return add_call(*call, value);
  if (const auto* formula = value.as<python::Formula>()) return add_formula(*formula, value.span);
  if (const auto* items = value.items()) {
    put("(", value.span);
    const bool known = add_list(*items, value.span);
    put(")", value.span);
    return known;
  }
  if (const auto* attribute = value.as<python::Attribute>()) {
    // table.c.column
    const auto* columns = attribute->base->as<python::Attribute>();
    if (columns == nullptr || (columns->name != "c" && columns->name != "columns")) return false;
    const auto table = table_of(*columns->base);
    const std::string prefix = table ? ir::to_sql(table->value) + "." : std::string();
    return put(prefix + ir::quote_identifier(attribute->name), value.span), true;
  }
  const std::string path = full_path(value.path());
  if (is_sqlalchemy(path)) {
    const std::string_view name = last_part(path);
    if (name == "true_" || name == "false_") return put(name.substr(0, name.size() - 1), value.span), true;
  }
  return false;
}

bool Compiler::add_function(const python::Call& call, std::string_view name, Span span) {
  const bool ansi = std::find(std::begin(kAnsiFunctions), std::end(kAnsiFunctions), name) != std::end(kAnsiFunctions);
  put(ansi && call.args.empty() ? std::string(name) : fmt::format("{}(", name), span);
  if (ansi && call.args.empty()) return true;
  const bool known = call.exact && add_list(call.args, span);
  put(")", span);
  return known;
}

bool Compiler::add_call(const python::Call& call, const Value& value) {
  const Span span = value.span;
  if (!call.method().empty()) return add_method(call, value);
  const std::string path = full_path(call.path());
  if (!is_sqlalchemy(path) && construct(call).empty()) return false;
  if (const std::size_t func = path.find(".func."); func != std::string::npos) {
    std::string name = path.substr(func + 6);
    if (name.ends_with('_')) name.pop_back();
    return add_function(call, name, span);
  }
  const std::string_view name = last_part(path);
  const auto argument = [&](std::size_t i) { return i < call.args.size() ? &call.args[i] : nullptr; };
  const Value* first = argument(0);
  if (name == "text" || name == "literal_column" || name == "TextClause" || name == "DDL") return first != nullptr && add_raw(*first);
  if (name == "true" || name == "false" || name == "null") return put(name == "null" ? "NULL" : name, span), true;
  if (name == "now") return put("now()", span), true;
  if (std::find(std::begin(kAnsiFunctions), std::end(kAnsiFunctions), name) != std::end(kAnsiFunctions)) return add_function(call, name, span);
  if (first == nullptr) {
    if (name == "array") return put("ARRAY[]", span), true;
    return false;
  }
  if (name == "literal" || name == "inline_literal" || name == "bindparam") return name != "bindparam" ? add(*first) : false;
  if (name == "column" || name == "Column") {
    const std::string* column = first->string();
    if (column != nullptr) put(ir::quote_identifier(*column), span);
    return column != nullptr;
  }
  if ((name == "cast" || name == "type_coerce") && argument(1) != nullptr) {
    const TypeReading type = read_type(*argument(1));
    if (!type.type.known()) return false;
    put("CAST(", span);
    const bool known = add(*first);
    put(fmt::format(" AS {})", ir::to_sql(type.type)), span);
    return known;
  }
  if (name == "array") {
    put("ARRAY[", span);
    const bool known = first->items() != nullptr && add_list(*first->items(), span);
    put("]", span);
    return known;
  }
  if (name == "and_" || name == "or_") {
    put("(", span);
    const bool known = add_list(call.args, span, name == "and_" ? " AND " : " OR ");
    put(")", span);
    return known;
  }
  if (name == "not_") {
    put("NOT (", span);
    const bool known = add(*first);
    put(")", span);
    return known;
  }
  if (name == "desc" || name == "asc" || name == "nullslast" || name == "nulls_last" || name == "nullsfirst" || name == "nulls_first") {
    const bool known = first->string() != nullptr ? add_raw(*first) : add(*first);
    put(look_up(kSuffixes, name), span);
    return known;
  }
  if (name == "quoted_name") return add(*first);
  return false;
}

bool Compiler::add_comparison_with(const Value& left, std::string_view op, const Value& right, Span span) {
  if (!add(left)) return false;
  put(fmt::format(" {} ", op), span);
  return add(right);
}

bool Compiler::add_method(const python::Call& call, const Value& value) {
  const std::string_view method = call.method();
  const Value& receiver = *call.receiver();
  const Span span = value.span;
  if (const std::string_view suffix = look_up(kSuffixes, method); !suffix.empty()) {
    const bool known = add(receiver);
    put(suffix, span);
    return known;
  }
  if (method == "label" || method == "self_group" || method == "bindparams" || method == "columns") return add(receiver);
  if (method == "next_value") {
    const auto* sequence = receiver.as<python::Call>();
    const std::string* name = sequence != nullptr && construct(*sequence) == "Sequence" && !sequence->args.empty() ? sequence->args[0].string() : nullptr;
    if (name != nullptr) put(fmt::format("nextval({})", quote_string(ir::quote_identifier(*name))), span);
    return name != nullptr;
  }
  if (call.args.size() != 1) return false;
  const Value& operand = call.args[0];
  if (const std::string_view op = look_up(kMethods, method); !op.empty()) return add_comparison_with(receiver, op, operand, span);
  if (method == "in_" || method == "notin_" || method == "not_in") {
    return operand.items() != nullptr && !operand.items()->empty() && add_comparison_with(receiver, method == "in_" ? "IN" : "NOT IN", operand, span);
  }
  if (method == "is_" || method == "isnot" || method == "is_not") return add_comparison_with(receiver, method == "is_" ? "IS" : "IS NOT", operand, span);
  if (method == "op") return false;
  if (method == "collate" && operand.string() != nullptr) {
    const bool known = add(receiver);
    put(fmt::format(" COLLATE {}", ir::quote_identifier(*operand.string())), span);
    return known;
  }
  if (method == "cast") {
    const TypeReading type = read_type(operand);
    put("CAST(", span);
    const bool known = type.type.known() && add(receiver);
    put(fmt::format(" AS {})", ir::to_sql(type.type)), span);
    return known;
  }
  return false;
}

bool Compiler::add_formula(const python::Formula& formula, Span span) {
  if (formula.operands.size() == 1) {
    const bool negation = formula.op == "~" || formula.op == "not";
    put(negation ? "NOT (" : formula.op == "-" ? "-(" : "(", span);
    const bool known = add(formula.operands[0]);
    put(")", span);
    return known;
  }
  const std::string_view op = look_up(kOperators, formula.op);
  if (op.empty() || formula.operands.size() != 2) return false;
  const bool null = formula.operands[1].is_none();
  const std::string_view used = null && op == "=" ? "IS" : null && op == "!=" ? "IS NOT" : op;
  put("(", span);
  const bool known = add_comparison_with(formula.operands[0], used, formula.operands[1], span);
  put(")", span);
  return known;
}

}  // namespace

std::string quote_string(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') result += '\'';
    result += c;
  }
  return result + "'";
}

std::optional<Text> sql_text(const Value& value) {
  Compiler compiler;
  if (!compiler.add(value)) return std::nullopt;
  return compiler.take();
}

std::optional<Text> sql_text_or_raw(const Value& value) {
  if (const auto* text = value.as<Text>()) return *text;
  return sql_text(value);
}

std::optional<Text> text_with_holes(const Value& value) {
  const auto* formula = value.as<python::Formula>();
  if (formula == nullptr || formula->op != "text") return std::nullopt;
  Text result;
  for (const Value& operand : formula->operands) {
    if (const auto* text = operand.as<Text>()) {
      result.append(*text);
    } else if (const auto inner = text_with_holes(operand)) {
      result.append(*inner);
    } else {
      result.append(Text::made(":unknown", operand.span));
    }
  }
  return result;
}

sql::HostText host_text(const Text& text, FileId file) {
  std::vector<sql::Segment> segments;
  segments.reserve(text.segments.size());
  for (const python::Segment& segment : text.segments) {
    segments.push_back({segment.text_begin, segment.file_begin, segment.file_end, segment.linear});
  }
  return sql::HostText::decoded(text.value, file, std::move(segments));
}

ir::ExprPtr expression(const std::optional<Text>& text, FileId file) {
  return text ? sql::parse_expression(host_text(*text, file)) : nullptr;
}

std::optional<ir::Operation> operation_around(std::string_view prefix, const Text& text, std::string_view suffix, FileId file) {
  Span origin{.file = file};
  if (!text.segments.empty()) {
    origin.begin = text.segments.front().file_begin;
    origin.end = origin.begin;
  }
  Text whole = Text::made(std::string(prefix), origin);
  whole.append(text);
  whole.append(Text::made(std::string(suffix), origin));
  sql::Parsed parsed = sql::parse(host_text(whole, file), {.psql = false, .templates = false});
  if (parsed.statements.size() != 1 || parsed.statements[0].steps.size() != 1) return std::nullopt;
  return std::move(parsed.statements[0].steps[0].operation);
}

std::optional<std::vector<ir::IndexElement>> index_elements(const std::vector<Text>& texts, FileId file) {
  std::vector<ir::IndexElement> elements;
  for (const Text& text : texts) {
    const auto operation = operation_around("CREATE INDEX i ON t (", text, ")", file);
    const auto* index = operation ? std::get_if<ir::op::CreateIndex>(&*operation) : nullptr;
    if (index == nullptr) {
      // An expression that the index syntax wants in parentheses
      const auto wrapped = operation_around("CREATE INDEX i ON t ((", text, "))", file);
      const auto* inner = wrapped ? std::get_if<ir::op::CreateIndex>(&*wrapped) : nullptr;
      if (inner == nullptr) return std::nullopt;
      elements.insert(elements.end(), inner->elements.begin(), inner->elements.end());
      continue;
    }
    elements.insert(elements.end(), index->elements.begin(), index->elements.end());
  }
  return elements;
}

}  // namespace whimbrel::alembic
