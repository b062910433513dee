// What to write instead, step by step, in the migration's own language.
#include "whimbrel/rule/steps.h"

#include <fmt/format.h>

#include <utility>

#include "whimbrel/rule/questions.h"
#include "whimbrel/rule/words.h"

namespace whimbrel::rule {

std::string a_batch(const Context& context, const ir::RelationName& table, std::string_view rest) {
  const catalog::Relation* relation = context.table(table);
  const catalog::Constraint* key = relation == nullptr ? nullptr : relation->primary_key();
  const bool single = key != nullptr && key->columns.size() == 1;
  const catalog::Column* column = single ? relation->find_column(key->columns.front()) : nullptr;
  const std::string name = single ? ir::quote_identifier(key->columns.front()) : "id";
  const auto counts = [](const ir::TypeName& type) { return !type.known() || type.name == "bigint" || type.name == "integer" || type.name == "smallint"; };
  const bool guessed = key == nullptr && (relation == nullptr || !relation->exact);
  if (guessed || (single && (column == nullptr || counts(column->type)))) return fmt::format("{} BETWEEN 1 AND 10000", name);
  const std::string where = rest.empty() ? "" : fmt::format(" WHERE {}", rest);
  if (single) return fmt::format("{} IN (SELECT {} FROM {}{} LIMIT 10000)", name, name, ir::to_sql(table.value), where);
  return fmt::format("ctid = ANY (ARRAY(SELECT ctid FROM {}{} LIMIT 10000))", ir::to_sql(table.value), where);
}

Steps::Steps(const Context& context) : sql_(context.is_sql_source()) {
  if (sql_ && in_transaction(context)) outside_ = leave_transaction(context);
}

Steps& Steps::say(std::string_view comment) {
  if (!text_.empty()) text_ += "\n";
  text_ += fmt::format("{} {}", sql_ ? "--" : "#", comment);
  return *this;
}

Steps& Steps::run(const std::string& sql, const std::string& python) {
  if (!text_.empty()) text_ += "\n";
  text_ += sql_ ? sql + ";" : python.empty() ? fmt::format("op.execute({})", python_string(sql)) : python;
  return *this;
}

Steps& Steps::run_alone(const std::string& sql, const std::string& python) {
  if (!sql_) {
    return run("", "with op.get_context().autocommit_block():\n    " +
                       (python.empty() ? fmt::format("op.execute({})", python_string(sql)) : python));
  }
  if (!outside_.empty()) say(fmt::format("outside a transaction: {}", std::exchange(outside_, "")));
  return run(sql);
}

Steps& Steps::drop_index_concurrently(const ir::op::CreateIndex& index) {
  const std::string name = ir::to_sql(ir::QualifiedName{index.table.value.schema, index.name.value});
  return run_alone(fmt::format("DROP INDEX CONCURRENTLY IF EXISTS {}", name));
}

Steps& Steps::fill(const Context& context, const ir::RelationName& table, std::string_view column,
                   std::string_view value) {
  return fill_from(context, table, column, {}, value);
}

Steps& Steps::fill_from(const Context& context, const ir::RelationName& table, std::string_view column, std::string_view source,
                        std::string_view value) {
  say("in batches, each in a transaction of its own:");
  const std::string name = ir::quote_identifier(column);
  std::string rest = name + " IS NULL";
  const catalog::Relation* relation = context.table(table);
  const catalog::Column* from = relation == nullptr || source.empty() ? nullptr : relation->find_column(source);
  if (!source.empty() && (from == nullptr || from->not_null != Tri::yes)) rest += fmt::format(" AND {} IS NOT NULL", ir::quote_identifier(source));
  return run(fmt::format("UPDATE {} SET {} = {} WHERE {}", ir::to_sql(table.value), name, value, a_batch(context, table, rest)));
}

Steps& Steps::build_unique_index(const ir::RelationName& table, const std::vector<ir::Name>& columns,
                                 const std::string& name) {
  return run_alone(
      fmt::format("CREATE UNIQUE INDEX CONCURRENTLY {} ON {} ({})", ir::quote_identifier(name), ir::to_sql(table.value),
                  ir::to_sql(columns)),
      fmt::format("op.create_index({}, {}, {}, unique=True{}, postgresql_concurrently=True)", python_string(name),
                  python_string(table.value.name), python_list(columns), python_schema(table)));
}

Steps& Steps::add_not_valid(const std::string& table, const std::string& name, const std::string& clause) {
  return run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {} NOT VALID", table, name, clause))
      .say("in a later migration, which lets reads and writes go on:")
      .run(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", table, name));
}

Steps& Steps::prove_not_null(const Context& context, const ir::RelationName& table, std::string_view column) {
  const std::string name =
      ir::quote_identifier(object_name(table, {ir::Name{.value = std::string(column), .span = {}}}, "not_null"));
  const std::string target = ir::to_sql(table.value);
  const std::string quoted = ir::quote_identifier(column);
  const bool native = context.pg_version() >= 18;
  run(native ? fmt::format("ALTER TABLE {} ADD CONSTRAINT {} NOT NULL {} NOT VALID", target, name, quoted)
             : fmt::format("ALTER TABLE {} ADD CONSTRAINT {} CHECK ({} IS NOT NULL) NOT VALID", target, name, quoted));
  say("in a transaction of its own, which lets reads and writes go on:");
  run(fmt::format("ALTER TABLE {} VALIDATE CONSTRAINT {}", target, name));
  if (native) return *this;
  if (context.pg_version() < 12) return say("before PostgreSQL 12 the CHECK stays and takes the place of NOT NULL");
  say("in the next migration, without reading the table:");
  run(fmt::format("ALTER TABLE {} ALTER COLUMN {} SET NOT NULL", target, quoted));
  return run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", target, name));
}

}  // namespace whimbrel::rule
