// Schemas and extensions.
#include <string>
#include <utility>

#include "apply_operation.h"
#include "extensions.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

template <class Objects>
std::vector<QualifiedName> names_in(const Objects& objects, const std::string& schema) {
  std::vector<QualifiedName> names;
  for (auto at = objects.lower_bound({schema, ""}); at != objects.end() && at->first.schema == schema; ++at) {
    if (names.empty() || names.back() != at->first) names.push_back(at->first);
  }
  return names;
}

/// One of the schema's objects, for the message; empty: it has none.
std::string one_object_in(const Catalog& catalog, const std::string& schema) {
  if (const auto names = names_in(catalog.relations(), schema); !names.empty()) return describe("table", names.front());
  if (const auto names = names_in(catalog.sequences(), schema); !names.empty())
    return describe("sequence", names.front());
  if (const auto names = names_in(catalog.types(), schema); !names.empty()) return describe("type", names.front());
  if (const auto names = names_in(catalog.functions(), schema); !names.empty())
    return describe("function", names.front());
  return {};
}

}  // namespace

void apply_operation(Change& change, const op::CreateSchema& written) {
  if (written.schema.value.empty()) return;  // CREATE SCHEMA AUTHORIZATION role: the role's name, not known here
  if (change.catalog.has_schema(written.schema.value)) {
    if (!written.if_not_exists)
      change.existing("schema " + ir::quote_identifier(written.schema.value), "42P06", written.schema.span);
    return;
  }
  change.catalog.add_schema(written.schema.value);
}

void apply_operation(Change& change, const op::DropSchema& written) {
  const std::string& schema = written.schema.value;
  const std::string content = one_object_in(change.catalog, schema);
  if (!change.catalog.has_schema(schema)) {
    if (content.empty() && !written.if_exists)
      change.missing("schema " + ir::quote_identifier(schema), "3F000", written.schema.span);
    if (content.empty()) return;
  }
  if (change.maybe()) {
    for (const QualifiedName& name : names_in(change.catalog.relations(), schema)) change.edit(name);
    return;
  }
  if (!content.empty() && !written.cascade) {
    change.trouble("schema " + ir::quote_identifier(schema) + " cannot be dropped because " + content + " is in it",
                   "2BP01", written.schema.span);
    return;
  }
  for (const QualifiedName& name : names_in(change.catalog.relations(), schema)) remove_relation(change, name);
  for (const QualifiedName& name : names_in(change.catalog.sequences(), schema)) remove_sequence(change, name);
  for (const QualifiedName& name : names_in(change.catalog.types(), schema)) {
    remove_columns_of_type(change, name);
    change.catalog.erase_type(name);
  }
  for (const QualifiedName& name : names_in(change.catalog.functions(), schema)) change.catalog.erase_functions(name);
  change.catalog.erase_schema(schema);
}

void apply_operation(Change& change, const op::CreateExtension& written) {
  const std::string& name = written.extension.value;
  if (change.catalog.has_extension(name)) {
    if (!written.if_not_exists)
      change.existing("extension " + ir::quote_identifier(name), "42710", written.extension.span);
    return;
  }
  change.catalog.add_extension(name);
  const Extension* known = find_extension(name);
  if (known == nullptr) return;
  const std::string schema =
      written.schema.value.empty() ? change.catalog.resolve_new({"", name}).schema : written.schema.value;
  for (const std::string_view type_name : known->types) {
    const QualifiedName full{schema, std::string(type_name)};
    if (change.catalog.types().contains(full)) continue;
    Type& type = change.catalog.edit_type(full);
    type.form = op::TypeForm::base;
    type.extension = name;
    type.origin = change.origin;
  }
  for (const ExtensionFunction& brought : known->functions) {
    Function function;
    function.name = {schema, std::string(brought.name)};
    function.volatility = brought.volatility;
    function.returns.name = brought.returns;
    function.language = "c";
    function.strict = true;
    function.extension = name;
    function.origin = change.origin;
    change.catalog.add_function(std::move(function));
  }
}

void apply_operation(Change& change, const op::DropExtension& written) {
  const std::string& name = written.extension.value;
  if (!change.catalog.has_extension(name)) {
    if (!written.if_exists) change.missing("extension " + ir::quote_identifier(name), "42704", written.extension.span);
    return;
  }
  if (change.maybe()) return;
  std::vector<QualifiedName> types;
  for (const auto& [type_name, type] : change.catalog.types()) {
    if (type->extension == name) types.push_back(type_name);
  }
  for (const QualifiedName& type : types) {
    if (written.cascade) remove_columns_of_type(change, type);
    change.catalog.erase_type(type);
  }
  std::vector<std::pair<QualifiedName, std::vector<ir::TypeName>>> functions;
  for (const auto& [function_name, function] : change.catalog.functions()) {
    if (function->extension == name) functions.emplace_back(function_name, function->arguments);
  }
  for (const auto& [function, arguments] : functions) change.catalog.erase_functions(function, &arguments);
  change.catalog.erase_extension(name);
}

}  // namespace whimbrel::catalog
