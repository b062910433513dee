// Functions with their overloads, and what hangs on tables: triggers, policies, rules.
#include <algorithm>
#include <string>
#include <utility>

#include "apply_operation.h"
#include "expressions.h"
#include "parts.h"

namespace whimbrel::catalog {

namespace {

/// Types as a function's signature keeps them: without length or precision.
std::vector<ir::TypeName> signature(const Catalog& catalog, const std::vector<ir::TypeName>& written) {
  std::vector<ir::TypeName> types;
  for (const ir::TypeName& type : written) {
    types.push_back(stored_type(catalog, type));
    types.back().typmods.clear();
  }
  return types;
}

/// The partitions of the table, on all levels: a trigger for each row is on them too.
std::vector<QualifiedName> partitions_below(const Change& change, const ir::RelationName& written) {
  const Relation* table = change.catalog.find_relation(written.value);
  if (table == nullptr || change.maybe() || table->kind != RelationKind::partitioned_table) return {};
  std::vector<QualifiedName> partitions = change.tree(table->name);
  partitions.erase(partitions.begin());
  return partitions;
}

void attach(Change& change, const ir::RelationName& table_name, const ir::Name& name, Attached attached,
            bool or_replace) {
  const std::optional<QualifiedName> table = change.target(table_name);
  if (!table) return;
  attached.name = name.value;
  attached.origin = change.origin;
  Relation& relation = change.edit(*table);
  const auto old = std::ranges::find_if(
      relation.attached, [&](const Attached& a) { return a.kind == attached.kind && a.name == attached.name; });
  if (old == relation.attached.end()) {
    relation.attached.push_back(std::move(attached));
    return;
  }
  if (!or_replace && relation.exact) {
    change.existing(
        std::string(kind_word(attached.kind)) + " " + ir::quote_identifier(name.value) + " of " + describe("table", *table),
        "42710", name.span);
    return;
  }
  relation.attached.edit(old) = std::move(attached);
}

void detach(Change& change, const ir::RelationName& table_name, const ir::Name& name, Attached::Kind kind,
            bool if_exists) {
  const std::optional<QualifiedName> table = change.target(table_name, if_exists);
  if (!table) return;
  Relation& relation = change.edit(*table);
  if (change.maybe()) return;
  const std::size_t gone =
      relation.attached.erase_if([&](const Attached& a) { return a.kind == kind && a.name == name.value; });
  if (gone == 0 && !if_exists && relation.exact) {
    change.missing(
        std::string(kind_word(kind)) + " " + ir::quote_identifier(name.value) + " of " + describe("table", *table), "42704",
        name.span);
  }
}

void remove_views_over(Change& change, const QualifiedName& function) {
  std::vector<QualifiedName> views;
  for (const auto& [name, relation] : change.catalog.relations()) {
    if (std::ranges::find(relation->calls, function) != relation->calls.end()) views.push_back(name);
  }
  for (const QualifiedName& view : views) {
    if (change.find(view) != nullptr) remove_relation(change, view);
  }
}

void remove_triggers_of(Change& change, const QualifiedName& function) {
  std::vector<QualifiedName> tables;
  for (const auto& [name, relation] : change.catalog.relations()) {
    if (std::ranges::find(relation->attached, function, &Attached::function) != relation->attached.end())
      tables.push_back(name);
  }
  for (const QualifiedName& table : tables) {
    change.catalog.edit_relation(table).attached.erase_if([&](const Attached& a) { return a.function == function; });
  }
}

}  // namespace

void apply_operation(Change& change, const op::CreateFunction& written) {
  Function function;
  function.name = change.catalog.resolve_new(written.function.value);
  function.procedure = written.procedure;
  function.volatility = written.volatility;
  function.arguments = signature(change.catalog, written.arguments);
  function.returns = stored_type(change.catalog, written.returns);
  function.language = written.language;
  function.body = written.body.value;
  function.strict = written.strict;
  if (written.standard_body) {
    for (const ir::RelationName& read : written.query.reads)
      function.reads.push_back(change.catalog.resolve(read.value));
    for (const ir::ColumnUse& use : written.query.columns) function.read_columns.push_back(use.column);
  }
  function.origin = change.origin;
  const auto [begin, end] = change.catalog.functions().equal_range(function.name);
  const bool exists =
      std::any_of(begin, end, [&](const auto& entry) { return entry.second->arguments == function.arguments; });
  if (exists && !written.or_replace) {
    change.existing(describe(written.procedure ? "procedure" : "function", function.name), "42723",
                    written.function.span);
  }
  change.catalog.add_function(std::move(function));
}

void apply_operation(Change& change, const op::DropFunction& written) {
  const std::vector<const Function*> found = change.catalog.find_functions(written.function.value);
  if (found.empty()) {
    if (!written.if_exists) {
      change.missing(
          describe(written.procedure ? "procedure" : "function", change.catalog.resolve_new(written.function.value)),
          "42883", written.function.span);
    }
    return;
  }
  if (change.maybe()) return;
  const std::vector<ir::TypeName> arguments = signature(change.catalog, written.arguments);
  // Without arguments the statement means the only function of that name, or the one that takes none.
  auto dropped =
      std::ranges::find_if(found, [&](const Function* function) { return function->arguments == arguments; });
  if (dropped == found.end() && arguments.empty()) dropped = found.begin();
  if (dropped == found.end()) return;
  const QualifiedName name = (*dropped)->name;
  const std::vector<ir::TypeName> exactly = (*dropped)->arguments;
  change.catalog.erase_functions(name, &exactly);
  if (!written.cascade) return;
  remove_triggers_of(change, name);
  // Which overload a view calls is not known; with one left it may be that.
  if (change.catalog.find_functions(name).empty()) remove_views_over(change, name);
}

void apply_operation(Change& change, const op::CreateTrigger& written) {
  Attached trigger;
  trigger.kind = Attached::Kind::trigger;
  const std::vector<const Function*> functions = change.catalog.find_functions(written.function.value);
  trigger.function = functions.empty() ? change.catalog.resolve_new(written.function.value) : functions.front()->name;
  trigger.for_each_row = written.row;
  trigger.events = written.events;
  trigger.initially_deferred = written.initially_deferred;
  for (const ir::Name& column : written.update_of) trigger.columns.push_back(column.value);
  const Attached of_partitions = trigger;
  attach(change, written.table, written.trigger, std::move(trigger), written.or_replace);
  if (!written.row) return;
  for (const QualifiedName& partition : partitions_below(change, written.table)) {
    List<Attached>& own = change.catalog.edit_relation(partition).attached;
    const auto same = [&](const Attached& other) { return other.kind == Attached::Kind::trigger && other.name == written.trigger.value; };
    own.erase_if(same);
    Attached& part = own.push_back(of_partitions);
    part.name = written.trigger.value;
    part.origin = change.origin;
  }
}

void apply_operation(Change& change, const op::DropTrigger& written) {
  for (const QualifiedName& partition : partitions_below(change, written.table)) {
    change.catalog.edit_relation(partition).attached.erase_if([&](const Attached& attached) {
      return attached.kind == Attached::Kind::trigger && attached.name == written.trigger.value;
    });
  }
  detach(change, written.table, written.trigger, Attached::Kind::trigger, written.if_exists);
}

void apply_operation(Change& change, const op::CreatePolicy& written) {
  Attached policy;
  policy.kind = Attached::Kind::policy;
  if (written.permissive) policy.events = written.command;
  for (const ExprPtr& expr : {written.using_expr, written.check_expr}) {
    if (!expr) continue;
    for (std::string& column : columns_of(*expr)) policy.columns.push_back(std::move(column));
  }
  attach(change, written.table, written.policy, std::move(policy), false);
}

void apply_operation(Change& change, const op::AlterPolicy& written) { change.target(written.table); }

void apply_operation(Change& change, const op::DropPolicy& written) {
  detach(change, written.table, written.policy, Attached::Kind::policy, written.if_exists);
}

void apply_operation(Change& change, const op::CreateRule& written) {
  Attached rule;
  rule.kind = Attached::Kind::rule;
  for (const ir::ColumnUse& use : written.query.columns) rule.columns.push_back(use.column);
  attach(change, written.table, written.rule, std::move(rule), written.or_replace);
}

void apply_operation(Change& change, const op::DropRule& written) {
  detach(change, written.table, written.rule, Attached::Kind::rule, written.if_exists);
}

}  // namespace whimbrel::catalog
