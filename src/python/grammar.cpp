// Tables from tree-sitter-python's names to ours.
#include "grammar.h"

#include <tree_sitter/api.h>

#include <string_view>
#include <utility>
#include <vector>

namespace whimbrel::python {

namespace {

constexpr std::pair<std::string_view, NodeKind> kKinds[] = {
    {"ERROR", NodeKind::error},
    {"module", NodeKind::module},
    {"block", NodeKind::block},
    {"expression_statement", NodeKind::expression_statement},
    {"assignment", NodeKind::assignment},
    {"augmented_assignment", NodeKind::augmented_assignment},
    {"function_definition", NodeKind::function_definition},
    {"class_definition", NodeKind::class_definition},
    {"decorated_definition", NodeKind::decorated_definition},
    {"if_statement", NodeKind::if_statement},
    {"elif_clause", NodeKind::elif_clause},
    {"else_clause", NodeKind::else_clause},
    {"for_statement", NodeKind::for_statement},
    {"while_statement", NodeKind::while_statement},
    {"with_statement", NodeKind::with_statement},
    {"with_clause", NodeKind::with_clause},
    {"with_item", NodeKind::with_item},
    {"try_statement", NodeKind::try_statement},
    {"except_clause", NodeKind::except_clause},
    {"finally_clause", NodeKind::finally_clause},
    {"return_statement", NodeKind::return_statement},
    {"raise_statement", NodeKind::raise_statement},
    {"pass_statement", NodeKind::pass_statement},
    {"break_statement", NodeKind::break_statement},
    {"continue_statement", NodeKind::continue_statement},
    {"import_statement", NodeKind::import_statement},
    {"import_from_statement", NodeKind::import_from_statement},
    {"aliased_import", NodeKind::aliased_import},
    {"wildcard_import", NodeKind::wildcard_import},
    {"dotted_name", NodeKind::dotted_name},
    {"relative_import", NodeKind::relative_import},
    {"assert_statement", NodeKind::assert_statement},
    {"delete_statement", NodeKind::delete_statement},
    {"global_statement", NodeKind::global_statement},
    {"nonlocal_statement", NodeKind::nonlocal_statement},
    {"match_statement", NodeKind::match_statement},
    {"case_clause", NodeKind::case_clause},
    {"identifier", NodeKind::identifier},
    {"attribute", NodeKind::attribute},
    {"call", NodeKind::call},
    {"argument_list", NodeKind::argument_list},
    {"keyword_argument", NodeKind::keyword_argument},
    {"string", NodeKind::string},
    {"concatenated_string", NodeKind::concatenated_string},
    {"string_start", NodeKind::string_start},
    {"string_content", NodeKind::string_content},
    {"string_end", NodeKind::string_end},
    {"interpolation", NodeKind::interpolation},
    {"format_specifier", NodeKind::format_specifier},
    {"type_conversion", NodeKind::type_conversion},
    {"integer", NodeKind::integer},
    {"float", NodeKind::floating},
    {"true", NodeKind::true_},
    {"false", NodeKind::false_},
    {"none", NodeKind::none},
    {"ellipsis", NodeKind::ellipsis},
    {"list", NodeKind::list},
    {"tuple", NodeKind::tuple},
    {"dictionary", NodeKind::dictionary},
    {"pair", NodeKind::pair},
    {"set", NodeKind::set},
    {"list_comprehension", NodeKind::list_comprehension},
    {"generator_expression", NodeKind::generator_expression},
    {"dictionary_comprehension", NodeKind::dictionary_comprehension},
    {"set_comprehension", NodeKind::set_comprehension},
    {"for_in_clause", NodeKind::for_in_clause},
    {"if_clause", NodeKind::if_clause},
    {"parenthesized_expression", NodeKind::parenthesized_expression},
    {"unary_operator", NodeKind::unary_operator},
    {"not_operator", NodeKind::not_operator},
    {"binary_operator", NodeKind::binary_operator},
    {"boolean_operator", NodeKind::boolean_operator},
    {"comparison_operator", NodeKind::comparison_operator},
    {"conditional_expression", NodeKind::conditional_expression},
    {"lambda", NodeKind::lambda},
    {"subscript", NodeKind::subscript},
    {"slice", NodeKind::slice},
    {"named_expression", NodeKind::named_expression},
    {"await", NodeKind::await},
    {"yield", NodeKind::yield},
    {"list_splat", NodeKind::list_splat},
    {"dictionary_splat", NodeKind::dictionary_splat},
    {"as_pattern", NodeKind::as_pattern},
    {"as_pattern_target", NodeKind::as_pattern_target},
    {"pattern_list", NodeKind::pattern_list},
    {"tuple_pattern", NodeKind::tuple_pattern},
    {"list_pattern", NodeKind::list_pattern},
    {"expression_list", NodeKind::expression_list},
    {"type", NodeKind::type},
    {"parameters", NodeKind::parameters},
    {"lambda_parameters", NodeKind::lambda_parameters},
    {"list_splat_pattern", NodeKind::list_splat_pattern},
    {"dictionary_splat_pattern", NodeKind::dictionary_splat_pattern},
    {"default_parameter", NodeKind::default_parameter},
    {"typed_parameter", NodeKind::typed_parameter},
    {"typed_default_parameter", NodeKind::typed_default_parameter},
    {"keyword_separator", NodeKind::keyword_separator},
    {"positional_separator", NodeKind::positional_separator},
};

constexpr std::pair<std::string_view, Field> kFields[] = {
    {"name", Field::name},
    {"value", Field::value},
    {"left", Field::left},
    {"right", Field::right},
    {"body", Field::body},
    {"condition", Field::condition},
    {"consequence", Field::consequence},
    {"alternative", Field::alternative},
    {"function", Field::function},
    {"arguments", Field::arguments},
    {"object", Field::object},
    {"attribute", Field::attribute},
    {"operator", Field::operator_},
    {"operators", Field::operators},
    {"argument", Field::argument},
    {"subscript", Field::subscript},
    {"definition", Field::definition},
    {"parameters", Field::parameters},
    {"superclasses", Field::superclasses},
    {"module_name", Field::module_name},
    {"alias", Field::alias},
    {"key", Field::key},
    {"type", Field::type},
    {"expression", Field::expression},
    {"guard", Field::guard},
    {"subject", Field::subject},
};

std::vector<NodeKind> symbol_table() {
  const TSLanguage* language = tree_sitter_python();
  std::vector<NodeKind> table(ts_language_symbol_count(language), NodeKind::other);
  for (std::size_t symbol = 0; symbol < table.size(); ++symbol) {
    const std::string_view name = ts_language_symbol_name(language, static_cast<TSSymbol>(symbol));
    for (const auto& [known, kind] : kKinds) {
      if (known == name) table[symbol] = kind;
    }
  }
  return table;
}

std::vector<Field> field_table() {
  const TSLanguage* language = tree_sitter_python();
  std::vector<Field> table(ts_language_field_count(language) + 1, Field::other);
  table[0] = Field::none;
  for (std::size_t id = 1; id < table.size(); ++id) {
    const std::string_view name = ts_language_field_name_for_id(language, static_cast<TSFieldId>(id));
    for (const auto& [known, field] : kFields) {
      if (known == name) table[id] = field;
    }
  }
  return table;
}

}  // namespace

NodeKind kind_of_symbol(std::uint16_t symbol) {
  static const std::vector<NodeKind> table = symbol_table();
  if (symbol == static_cast<TSSymbol>(-1)) return NodeKind::error;
  return symbol < table.size() ? table[symbol] : NodeKind::other;
}

Field kind_of_field(std::uint16_t field) {
  static const std::vector<Field> table = field_table();
  return field < table.size() ? table[field] : Field::other;
}

}  // namespace whimbrel::python
