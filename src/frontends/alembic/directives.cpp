// The table of directives. Parameters and their order are those of alembic/op.pyi.
#include "directives.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace whimbrel::alembic {

namespace {

using Parameters = std::span<const std::string_view>;

constexpr std::string_view kTable[] = {"table_name"};
constexpr std::string_view kRename[] = {"old_table_name", "new_table_name"};
constexpr std::string_view kAddColumn[] = {"table_name", "column"};
constexpr std::string_view kColumn[] = {"table_name", "column_name"};
constexpr std::string_view kCreateIndex[] = {"index_name", "table_name", "columns"};
constexpr std::string_view kDropIndex[] = {"index_name", "table_name"};
constexpr std::string_view kConstraint[] = {"constraint_name", "table_name", "columns"};
constexpr std::string_view kForeignKey[] = {"constraint_name", "source_table", "referent_table", "local_cols", "remote_cols"};
constexpr std::string_view kCheck[] = {"constraint_name", "table_name", "condition"};
constexpr std::string_view kExclude[] = {"constraint_name", "table_name"};
constexpr std::string_view kDropConstraint[] = {"constraint_name", "table_name", "type_"};
constexpr std::string_view kComment[] = {"table_name", "comment"};
constexpr std::string_view kBulkInsert[] = {"table", "rows"};
constexpr std::string_view kExecute[] = {"sqltext"};
constexpr std::string_view kEntity[] = {"target"};
constexpr std::string_view kDropEntity[] = {"target", "cascade"};
constexpr std::string_view kSyncEnum[] = {"enum_schema", "enum_name", "new_values", "affected_columns", "enum_values_to_rename", "indexes_to_recreate"};
constexpr std::string_view kAddEnum[] = {"enum_schema", "enum_name", "new_value", "before_value"};

constexpr DirectiveInfo kDirectives[] = {
    {"add_column", "AddColumnOp", kAddColumn, add_column},
    {"add_enum_value", {}, kAddEnum, add_enum_value},
    {"alter_column", "AlterColumnOp", kColumn, alter_column},
    {"bulk_insert", "BulkInsertOp", kBulkInsert, bulk_insert},
    {"create_check_constraint", "CreateCheckConstraintOp", kCheck, create_check_constraint},
    {"create_entity", "CreateOp", kEntity, create_entity},
    {"create_exclude_constraint", {}, kExclude, create_exclude_constraint},
    {"create_foreign_key", "CreateForeignKeyOp", kForeignKey, create_foreign_key},
    {"create_index", "CreateIndexOp", kCreateIndex, create_index},
    {"create_primary_key", "CreatePrimaryKeyOp", kConstraint, create_primary_key},
    {"create_table", "CreateTableOp", kTable, create_table},
    {"create_table_comment", "CreateTableCommentOp", kComment, create_table_comment},
    {"create_unique_constraint", "CreateUniqueConstraintOp", kConstraint, create_unique_constraint},
    {"drop_column", "DropColumnOp", kColumn, drop_column},
    {"drop_constraint", "DropConstraintOp", kDropConstraint, drop_constraint},
    {"drop_entity", "DropOp", kDropEntity, drop_entity},
    {"drop_index", "DropIndexOp", kDropIndex, drop_index},
    {"drop_table", "DropTableOp", kTable, drop_table},
    {"drop_table_comment", "DropTableCommentOp", kTable, drop_table_comment},
    {"execute", "ExecuteSQLOp", kExecute, execute},
    {"rename_table", "RenameTableOp", kRename, rename_table},
    {"replace_entity", "ReplaceOp", kEntity, replace_entity},
    {"sync_enum_values", {}, kSyncEnum, sync_enum_values},
};

/// The parameters of a batch's method: the same without the table.
std::vector<std::string_view> in_batch(Parameters parameters) {
  std::vector<std::string_view> rest;
  for (const std::string_view parameter : parameters) {
    if (parameter != "table_name" && parameter != "source_table") rest.push_back(parameter);
  }
  return rest;
}

/// The table of batch_alter_table(table_name, schema=None, recreate="auto", …), and what stands against plain ALTERs.
ir::RelationName batch_table(const Value& batch, std::string& problem) {
  constexpr std::string_view kParameters[] = {"table_name", "schema", "recreate"};
  Arguments arguments(*batch.as<python::Call>(), batch.span, kParameters);
  const ir::Name table = arguments.required("table_name");
  const ir::Name schema = arguments.name("schema");
  if (arguments.name("recreate").value == "always") arguments.fail("the batch recreates the table (recreate='always')");
  problem = arguments.problem();
  return {{schema.value, table.value}, table.span};
}

std::vector<ir::RelationName> touched(const Directive& directive) {
  if (directive.batch_table) return {*directive.batch_table};
  const bool source = directive.arguments.get("source_table") != nullptr;
  if (!source && directive.arguments.get("table_name") == nullptr) return {};
  const ir::RelationName table = directive.relation(source ? "source_table" : "table_name", source ? "source_schema" : "schema");
  return table.value.empty() ? std::vector<ir::RelationName>() : std::vector{table};
}

}  // namespace

ir::RelationName Directive::relation(std::string_view parameter, std::string_view schema) const {
  if (batch_table && (parameter == "table_name" || parameter == "source_table")) return *batch_table;
  const Value* name = arguments.get(parameter);
  const std::string* text = name != nullptr ? name->string() : nullptr;
  if (text == nullptr) {
    if (name == nullptr) {
      arguments.fail("the table is missing");
    } else {
      arguments.fail(said_of("the table", *name));
    }
    return {};
  }
  return {{arguments.name(schema).value, *text}, name->span};
}

const DirectiveInfo* find_directive(std::string_view name) {
  const auto found = std::find_if(std::begin(kDirectives), std::end(kDirectives), [&](const DirectiveInfo& info) { return info.name == name; });
  return found != std::end(kDirectives) ? &*found : nullptr;
}

const DirectiveInfo* find_operation(std::string_view path) {
  if (!path.starts_with("alembic")) return nullptr;   // or alembic_utils
  const std::string_view name = last_part(path);
  const auto found = std::find_if(std::begin(kDirectives), std::end(kDirectives), [&](const DirectiveInfo& info) { return info.operation == name; });
  return found != std::end(kDirectives) ? &*found : nullptr;
}

void run_directive(Recorder& recorder, const DirectiveInfo& info, const python::Call& call, Span span, const Value* batch) {
  const std::vector<std::string_view> batch_parameters = batch != nullptr ? in_batch(info.parameters) : std::vector<std::string_view>();
  Arguments arguments(call, span, batch != nullptr ? Parameters(batch_parameters) : info.parameters);
  Directive directive{recorder, arguments, std::nullopt};
  if (batch != nullptr) {
    std::string problem;
    directive.batch_table = batch_table(*batch, problem);
    if (!problem.empty()) arguments.fail(std::move(problem));
  }
  if (arguments.problem().empty()) info.run(directive);
  recorder.flush_left_out();
  if (!arguments.problem().empty()) recorder.opaque(span, fmt::format("op.{}: {}", info.name, arguments.problem()), touched(directive));
}

void alter_table(Recorder& recorder, Span call, Span at, ir::Operation operation) {
  std::vector<ir::Step> steps;
  steps.push_back({std::move(operation), at});
  recorder.emit("AlterTable", call, std::move(steps));
}

void comment_on(Recorder& recorder, Span call, ir::ObjectKind kind, const ir::RelationName& table, const ir::Name& column,
                const std::optional<std::string>& text) {
  recorder.emit("Comment", call, ir::op::Comment{kind, table, column, text});
}

std::vector<ir::Option> read_options(Arguments& arguments, std::string_view parameter) {
  std::vector<ir::Option> options;
  const Value* value = arguments.get(parameter);
  if (value == nullptr || value->is_none()) return options;
  const auto* dictionary = value->as<python::Dictionary>();
  if (dictionary == nullptr || !dictionary->exact) {
    arguments.fail(fmt::format("{} is {}", parameter, python::describe(*value)));
    return options;
  }
  for (const auto& [key, setting] : dictionary->entries) {
    const std::string* name = key.string();
    const auto text = python::to_text(setting);
    if (name != nullptr && text) options.push_back({setting.span, *name, setting.boolean() ? (*setting.boolean() ? "true" : "false") : *text});
  }
  return options;
}

}  // namespace whimbrel::alembic
