// Since which server version a statement's syntax is known.
//
// Facts: the release notes of each version ("E.n. Release N") and the Compatibility sections of the statements' pages;
// rows with error 42601 on older versions. The table holds the versions, the visitor only says which pieces a statement
// has.
#include <algorithm>
#include <variant>

#include "whimbrel/base/text.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {
namespace {

namespace op = ir::op;

enum class Feature : std::uint8_t {
  generated_stored,
  generated_virtual,
  column_storage,
  column_compression,
  set_compression,
  set_expression,
  drop_expression,
  set_access_method,
  table_access_method,
  include_columns,
  index_only,
  nulls_not_distinct,
  without_overlaps,
  not_enforced,
  not_null_constraint,
  domain_not_null_constraint,
  alter_enforced,
  alter_inherit,
  reindex_concurrently,
  reindex_tablespace,
  detach_concurrently,
  hash_partition,
  default_partition,
  index_attach,
  index_statistics,
  or_replace_trigger,
  execute_function,
  procedure,
  call,
  merge,
  standard_body,
  view_column_rename,
  vacuum_list,
  vacuum_skip_locked,
  vacuum_index_cleanup,
  vacuum_truncate,
  vacuum_parallel,
  vacuum_process_toast,
  vacuum_process_main,
  vacuum_buffer_limit,
  vacuum_database_stats,
  cluster_options,
  repack,
  merge_partitions,
  statistics_target,
  publication_where,
  set_statistics_default,
  number_base,
  unaliased_subquery,
};

struct FeatureRow {
  Feature feature;
  int since;
  std::string_view what;
};

constexpr FeatureRow kFeatures[] = {
    {Feature::generated_stored, 12, "GENERATED ALWAYS AS (…) STORED"},
    {Feature::generated_virtual, 18, "GENERATED ALWAYS AS (…) VIRTUAL"},
    {Feature::column_storage, 16, "STORAGE of a new column"},
    {Feature::column_compression, 14, "COMPRESSION"},
    {Feature::set_compression, 14, "SET COMPRESSION"},
    {Feature::set_expression, 17, "SET EXPRESSION"},
    {Feature::drop_expression, 13, "DROP EXPRESSION"},
    {Feature::set_access_method, 15, "SET ACCESS METHOD"},
    {Feature::table_access_method, 12, "USING access method"},
    {Feature::include_columns, 11, "INCLUDE"},
    {Feature::index_only, 11, "CREATE INDEX … ON ONLY"},
    {Feature::nulls_not_distinct, 15, "NULLS NOT DISTINCT"},
    {Feature::without_overlaps, 18, "WITHOUT OVERLAPS"},
    {Feature::not_enforced, 18, "NOT ENFORCED"},
    {Feature::not_null_constraint, 18, "NOT NULL as a table constraint"},
    {Feature::domain_not_null_constraint, 17, "NOT NULL as a domain constraint"},
    {Feature::alter_enforced, 18, "ALTER CONSTRAINT … ENFORCED"},
    {Feature::alter_inherit, 18, "ALTER CONSTRAINT … INHERIT"},
    {Feature::reindex_concurrently, 12, "REINDEX CONCURRENTLY"},
    {Feature::reindex_tablespace, 14, "REINDEX (TABLESPACE …)"},
    {Feature::detach_concurrently, 14, "DETACH PARTITION … CONCURRENTLY"},
    {Feature::hash_partition, 11, "hash partitioning"},
    {Feature::default_partition, 11, "a DEFAULT partition"},
    {Feature::index_attach, 11, "ALTER INDEX … ATTACH PARTITION"},
    {Feature::index_statistics, 11, "SET STATISTICS of a column by its number"},
    {Feature::or_replace_trigger, 14, "CREATE OR REPLACE TRIGGER"},
    {Feature::execute_function, 11, "EXECUTE FUNCTION"},
    {Feature::procedure, 11, "a procedure"},
    {Feature::call, 11, "CALL"},
    {Feature::merge, 15, "MERGE"},
    {Feature::standard_body, 14, "a function body in standard SQL"},
    {Feature::view_column_rename, 13, "ALTER VIEW … RENAME COLUMN"},
    {Feature::vacuum_list, 11, "VACUUM or ANALYZE of several tables"},
    {Feature::vacuum_skip_locked, 12, "SKIP_LOCKED"},
    {Feature::vacuum_index_cleanup, 12, "INDEX_CLEANUP"},
    {Feature::vacuum_truncate, 12, "TRUNCATE"},
    {Feature::vacuum_parallel, 13, "PARALLEL"},
    {Feature::vacuum_process_toast, 14, "PROCESS_TOAST"},
    {Feature::vacuum_process_main, 16, "PROCESS_MAIN"},
    {Feature::vacuum_buffer_limit, 16, "BUFFER_USAGE_LIMIT"},
    {Feature::vacuum_database_stats, 16, "SKIP_DATABASE_STATS"},
    {Feature::cluster_options, 14, "CLUSTER (…)"},
    {Feature::repack, 19, "REPACK"},
    {Feature::merge_partitions, 19, "MERGE and SPLIT PARTITION"},
    {Feature::statistics_target, 13, "ALTER STATISTICS … SET STATISTICS"},
    {Feature::publication_where, 15, "WHERE of a publication"},
    {Feature::set_statistics_default, 17, "SET STATISTICS DEFAULT"},
    {Feature::number_base, 16, "a number in another base or with underscores"},
    {Feature::unaliased_subquery, 16, "a sub-select in FROM without an alias"},
};

/// Collects the newest feature that the statement has.
class Collector {
 public:
  void has(Feature feature, Span span) {
    const auto row = std::ranges::find(kFeatures, feature, &FeatureRow::feature);
    if (row == std::end(kFeatures) || row->since <= newest.since) return;
    newest = {row->since, std::string(row->what), span};
  }
  void has_if(bool condition, Feature feature, Span span) {
    if (condition) has(feature, span);
  }

  void expr(const ir::ExprPtr& tree) {
    if (!tree) return;
    ir::for_each_node(*tree, [this](const ir::Expr& node) {
      if (node.kind != ir::ExprKind::number) return;
      has_if(node.text.find_first_of("xXoO_") != std::string::npos || node.text.starts_with("0b"), Feature::number_base,
             node.span);
    });
  }

  void constraint(const ir::Constraint& one, bool inline_) {
    has_if(!one.including.empty(), Feature::include_columns, one.span);
    has_if(one.nulls_not_distinct, Feature::nulls_not_distinct, one.span);
    has_if(one.without_overlaps, Feature::without_overlaps, one.span);
    has_if(one.not_enforced, Feature::not_enforced, one.span);
    has_if(one.kind == ir::ConstraintKind::not_null && (!inline_ || one.not_valid), Feature::not_null_constraint,
           one.span);
    expr(one.expr);
  }

  void column(const ir::ColumnDef& one) {
    has_if(one.generated == ir::Generated::stored, Feature::generated_stored, one.generation_span);
    has_if(one.generated == ir::Generated::virtual_, Feature::generated_virtual, one.generation_span);
    has_if(!one.storage.empty(), Feature::column_storage, one.span);
    has_if(!one.compression.empty(), Feature::column_compression, one.span);
    expr(one.default_value);
    for (const ir::Constraint& inline_ : one.constraints) constraint(inline_, true);
  }

  void bound(const ir::PartitionBound& one) {
    has_if(one.is_default, Feature::default_partition, one.span);
    has_if(one.modulus != 0, Feature::hash_partition, one.span);
  }

  SyntaxVersion newest;
};

void visit(Collector& found, Span span, const op::CreateTable& create) {
  for (const ir::ColumnDef& column : create.columns) found.column(column);
  for (const ir::Constraint& constraint : create.constraints) found.constraint(constraint, false);
  found.bound(create.bound);
  found.has_if(create.partition_by.strategy == ir::PartitionStrategy::hash, Feature::hash_partition, span);
  found.has_if(!create.access_method.empty(), Feature::table_access_method, span);
}
void visit(Collector& found, Span, const op::AddColumn& add) { found.column(add.column); }
void visit(Collector& found, Span, const op::AddConstraint& add) { found.constraint(add.constraint, false); }
void visit(Collector& found, Span, const op::SetDefault& set) { found.expr(set.value); }
void visit(Collector& found, Span span, const op::SetExpression&) { found.has(Feature::set_expression, span); }
void visit(Collector& found, Span span, const op::DropExpression&) { found.has(Feature::drop_expression, span); }
void visit(Collector& found, Span span, const op::AlterConstraint& alter) {
  found.has_if(alter.enforced != Tri::unknown, Feature::alter_enforced, span);
  found.has_if(alter.no_inherit != Tri::unknown, Feature::alter_inherit, span);
}
void visit(Collector& found, Span span, const op::AttachPartition& attach) {
  found.bound(attach.bound);
  found.has_if(attach.of_index, Feature::index_attach, span);
}
void visit(Collector& found, Span span, const op::DetachPartition& detach) {
  found.has_if(detach.concurrently || detach.finalize, Feature::detach_concurrently, span);
}
void visit(Collector& found, Span span, const op::AlterTable& alter) {
  found.has_if(alter.action == op::TableAction::set_compression, Feature::set_compression, span);
  found.has_if(alter.action == op::TableAction::set_access_method, Feature::set_access_method, span);
  found.has_if(alter.action == op::TableAction::merge_partitions || alter.action == op::TableAction::split_partition,
               Feature::merge_partitions, span);
  if (alter.action != op::TableAction::set_statistics) return;
  const std::string& column = alter.detail.value;
  found.has_if(!column.empty() && std::ranges::all_of(column, [](char c) { return c >= '0' && c <= '9'; }),
               Feature::index_statistics, span);
  const bool to_default = alter.options.size() == 1 && equals_ignoring_case(alter.options[0].value, "default");
  found.has_if(to_default || alter.options.empty(), Feature::set_statistics_default, span);
}
void visit(Collector& found, Span span, const op::CreateIndex& create) {
  found.has_if(!create.including.empty(), Feature::include_columns,
               create.including.empty() ? span : create.including[0].span);
  found.has_if(create.only, Feature::index_only, span);
  found.has_if(create.nulls_not_distinct, Feature::nulls_not_distinct, span);
}
void visit(Collector& found, Span span, const op::Reindex& reindex) {
  found.has_if(reindex.concurrently, Feature::reindex_concurrently, span);
  for (const ir::Option& option : reindex.options) {
    found.has_if(equals_ignoring_case(option.name, "tablespace") || equals_ignoring_case(option.name, "concurrently"),
                 Feature::reindex_tablespace, span);
  }
}
void visit(Collector& found, Span span, const op::CreateFunction& create) {
  found.has_if(create.procedure, Feature::procedure, span);
  found.has_if(create.standard_body, Feature::standard_body, span);
}
void visit(Collector& found, Span span, const op::DropFunction& drop) {
  found.has_if(drop.procedure, Feature::procedure, span);
}
void visit(Collector& found, Span span, const op::CreateTrigger& create) {
  found.has_if(create.or_replace, Feature::or_replace_trigger, span);
  found.has_if(create.execute_function, Feature::execute_function, span);
}
void visit(Collector& found, Span span, const op::RenameColumn& rename) {
  found.has_if(rename.of_view, Feature::view_column_rename, span);
}
void visit(Collector& found, Span span, const op::Merge&) { found.has(Feature::merge, span); }
void visit(Collector& found, Span span, const op::Call&) { found.has(Feature::call, span); }
void visit(Collector& found, Span, const op::AlterDomain& alter) {
  const bool adds =
      alter.action == op::DomainAction::add_constraint && alter.constraint.kind == ir::ConstraintKind::not_null;
  found.has_if(adds, Feature::domain_not_null_constraint, alter.constraint.span);
}
void visit(Collector& found, Span, const op::Vacuum& vacuum) {
  struct Row {
    std::string_view option;
    Feature feature;
  };
  static constexpr Row kRows[] = {{"skip_locked", Feature::vacuum_skip_locked},
                                  {"index_cleanup", Feature::vacuum_index_cleanup},
                                  {"truncate", Feature::vacuum_truncate},
                                  {"parallel", Feature::vacuum_parallel},
                                  {"process_toast", Feature::vacuum_process_toast},
                                  {"process_main", Feature::vacuum_process_main},
                                  {"buffer_usage_limit", Feature::vacuum_buffer_limit},
                                  {"skip_database_stats", Feature::vacuum_database_stats},
                                  {"only_database_stats", Feature::vacuum_database_stats}};
  for (const ir::Option& option : vacuum.options) {
    for (const Row& row : kRows) found.has_if(equals_ignoring_case(option.name, row.option), row.feature, option.span);
  }
}
void visit(Collector& found, Span span, const op::Cluster& cluster) {
  found.has_if(cluster.repack, Feature::repack, span);
  const bool listed = std::ranges::any_of(
      cluster.options, [](const ir::Option& option) { return !equals_ignoring_case(option.name, "verbose"); });
  found.has_if(listed, Feature::cluster_options, span);
}
void visit(Collector& found, Span span, const op::CreateObject& create) {
  found.has_if(create.kind == ir::ObjectKind::publication && create.detail == "where", Feature::publication_where,
               span);
}
void visit(Collector& found, Span span, const op::AlterObject& alter) {
  found.has_if(alter.kind == ir::ObjectKind::publication && alter.detail == "where", Feature::publication_where, span);
  found.has_if(alter.kind == ir::ObjectKind::statistics, Feature::statistics_target, span);
}

template <class Operation>
constexpr bool kHasFeatures =
    requires(Collector& found, Span span, const Operation& operation) { visit(found, span, operation); };

}  // namespace

SyntaxVersion syntax_version(const ir::Statement& statement) {
  Collector found;
  for (const ir::Step& step : statement.steps) {
    std::visit(
        [&](const auto& operation) {
          if constexpr (requires { operation.query.unaliased; }) {
            found.has_if(operation.query.unaliased, Feature::unaliased_subquery, operation.query.span.empty() ? step.span : operation.query.span);
          }
          if constexpr (kHasFeatures<std::decay_t<decltype(operation)>>) visit(found, step.span, operation);
        },
        step.operation);
  }
  const auto vacuums = [](const ir::Step& step) {
    return std::holds_alternative<op::Vacuum>(step.operation) || std::holds_alternative<op::Analyze>(step.operation);
  };
  if (const auto first = std::ranges::find_if(statement.steps, vacuums); first != statement.steps.end()) {
    const auto second = std::find_if(first + 1, statement.steps.end(), vacuums);
    if (second != statement.steps.end()) found.has_if(true, Feature::vacuum_list, second->span);
  }
  return found.newest;
}

}  // namespace whimbrel::facts
