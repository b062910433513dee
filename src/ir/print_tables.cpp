// Operations on tables, columns, constraints and indexes as lines.
#include "print_parts.h"

namespace whimbrel::ir {
namespace {

std::string_view persistence_word(Persistence persistence) {
  switch (persistence) {
    case Persistence::permanent: return "";
    case Persistence::unlogged: return "unlogged";
    case Persistence::temporary: return "temporary";
  }
  return "";
}

void persistence(Line& line, Persistence value) { line.when(value != Persistence::permanent, persistence_word(value)); }

void partition_by(Line& line, const PartitionBy& by) {
  switch (by.strategy) {
    case PartitionStrategy::none: return;
    case PartitionStrategy::range: line.word("partition by range"); break;
    case PartitionStrategy::list: line.word("partition by list"); break;
    case PartitionStrategy::hash: line.word("partition by hash"); break;
  }
  line.elements(by.keys);
}

void tri(Line& line, Tri value, std::string_view yes, std::string_view no) {
  line.when(value == Tri::yes, yes).when(value == Tri::no, no);
}

}  // namespace

void print(Line& line, const op::CreateTable& op) {
  line.name(op.table).when(op.if_not_exists, "if not exists").when(op.foreign, "foreign");
  persistence(line, op.persistence);
  bool first = true;
  const auto comma = [&] {
    if (!first) line.word(",");
    first = false;
  };
  line.word("(");
  for (const ColumnDef& column : op.columns) {
    comma();
    line.name(column.name).column_def(column);
  }
  for (const Constraint& constraint : op.constraints) {
    comma();
    line.constraint(constraint);
  }
  for (const op::LikeClause& like : op.likes) {
    comma();
    line.word("like").name(like.source);
    line.when(like.defaults, "defaults").when(like.constraints, "constraints").when(like.identity, "identity");
    line.when(like.generated, "generated").when(like.indexes, "indexes").when(like.storage, "storage");
    line.when(like.comments, "comments").when(like.statistics, "statistics").when(like.compression, "compression");
  }
  line.word(")");
  for (const RelationName& parent : op.inherits) line.word("inherits").name(parent);
  if (!op.partition_of.value.empty()) line.word("partition of").name(op.partition_of).bound(op.bound);
  partition_by(line, op.partition_by);
  if (!op.of_type.empty()) line.word("of").name(op.of_type);
  line.options(op.options).clause("tablespace", op.tablespace).clause("using", op.access_method);
}

void print(Line& line, const op::CreateTableAs& op) {
  line.name(op.table).when(op.materialized_view, "materialized view").when(op.if_not_exists, "if not exists");
  persistence(line, op.persistence);
  if (!op.columns.empty()) line.word("(" + to_sql(op.columns) + ")");
  line.query(op.query).when(!op.with_data, "with no data");
}

void print(Line& line, const op::DropTable& op) { line.name(op.table).when(op.if_exists, "if exists").when(op.cascade, "cascade"); }
void print(Line& line, const op::RenameTable& op) { line.name(op.table).word("to").name(op.new_name).when(op.if_exists, "if exists"); }
void print(Line& line, const op::RenameColumn& op) {
  line.column(op.table, op.column).word("to").name(op.new_name).when(op.if_exists, "if exists").when(op.of_view, "of view");
}
void print(Line& line, const op::Truncate& op) {
  line.name(op.table).when(op.only, "only").when(op.restart_identity, "restart identity").when(op.cascade, "cascade");
}
void print(Line& line, const op::LockTable& op) {
  line.name(op.table).word(lock_mode_name(op.mode)).when(op.only, "only").when(op.nowait, "nowait");
}

void print(Line& line, const op::AddColumn& op) {
  line.column(op.table, op.column.name).column_def(op.column);
  line.when(op.if_not_exists, "if not exists").when(op.only, "only").when(op.if_exists, "if table exists");
}
void print(Line& line, const op::DropColumn& op) {
  line.column(op.table, op.column).when(op.if_exists, "if exists").when(op.cascade, "cascade").when(op.only, "only");
}
void print(Line& line, const op::AlterColumnType& op) {
  line.column(op.table, op.column).type(op.type.value);
  if (!op.collation.empty()) line.word("collate").name(op.collation);
  line.clause("using", op.using_expr).when(op.only, "only");
}
void print(Line& line, const op::SetDefault& op) { line.column(op.table, op.column).clause("default", op.value).when(op.only, "only"); }
void print(Line& line, const op::DropDefault& op) { line.column(op.table, op.column).when(op.only, "only"); }
void print(Line& line, const op::SetNotNull& op) { line.column(op.table, op.column).when(op.only, "only"); }
void print(Line& line, const op::DropNotNull& op) { line.column(op.table, op.column).when(op.only, "only"); }
void print(Line& line, const op::AddIdentity& op) {
  line.column(op.table, op.column).word(op.identity == Identity::always ? "always" : "by default");
}
void print(Line& line, const op::DropIdentity& op) { line.column(op.table, op.column).when(op.if_exists, "if exists"); }
void print(Line& line, const op::SetExpression& op) { line.column(op.table, op.column).clause("as", op.expression); }
void print(Line& line, const op::DropExpression& op) { line.column(op.table, op.column).when(op.if_exists, "if exists"); }
void print(Line& line, const op::AddConstraint& op) { line.name(op.table).constraint(op.constraint).when(op.only, "only"); }
void print(Line& line, const op::DropConstraint& op) {
  line.column(op.table, op.constraint).when(op.if_exists, "if exists").when(op.cascade, "cascade").when(op.only, "only");
}
void print(Line& line, const op::ValidateConstraint& op) { line.column(op.table, op.constraint).when(op.only, "only"); }
void print(Line& line, const op::AlterConstraint& op) {
  line.column(op.table, op.constraint);
  tri(line, op.deferrable, "deferrable", "not deferrable");
  tri(line, op.initially_deferred, "initially deferred", "initially immediate");
  tri(line, op.enforced, "enforced", "not enforced");
  tri(line, op.no_inherit, "no inherit", "inherit");
}
void print(Line& line, const op::RenameConstraint& op) { line.column(op.table, op.constraint).word("to").name(op.new_name); }
void print(Line& line, const op::AttachPartition& op) {
  line.name(op.table).when(op.of_index, "index").word("partition").name(op.partition).bound(op.bound);
}
void print(Line& line, const op::DetachPartition& op) {
  line.name(op.table).word("partition").name(op.partition).when(op.concurrently, "concurrently").when(op.finalize, "finalize");
}
void print(Line& line, const op::AlterInherit& op) { line.name(op.table).word(op.inherit ? "inherit" : "no inherit").name(op.parent); }

void print(Line& line, const op::AlterTable& op) {
  line.when(op.kind != ObjectKind::table, object_kind_name(op.kind)).name(op.table).word(table_action_name(op.action));
  line.name(op.detail).options(op.options).when(op.only, "only");
}
void print(Line& line, const op::MoveAllInTablespace& op) {
  line.word(object_kind_name(op.kind)).name(op.from).word("to").name(op.to);
}

void print(Line& line, const op::CreateIndex& op) {
  line.name(op.name).word("on").when(op.only, "only").name(op.table).when(op.method != "btree", "using " + op.method).elements(op.elements);
  if (!op.including.empty()) line.word("include (" + to_sql(op.including) + ")");
  line.clause("where", op.predicate).options(op.options).clause("tablespace", op.tablespace).when(op.unique, "unique");
  line.when(op.nulls_not_distinct, "nulls not distinct").when(op.concurrently, "concurrently").when(op.if_not_exists, "if not exists");
}
void print(Line& line, const op::DropIndex& op) {
  line.name(op.index).when(op.concurrently, "concurrently").when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::Reindex& op) {
  switch (op.kind) {
    case op::ReindexKind::index: line.word("index"); break;
    case op::ReindexKind::table: line.word("table"); break;
    case op::ReindexKind::schema: line.word("schema"); break;
    case op::ReindexKind::database: line.word("database"); break;
    case op::ReindexKind::system: line.word("system"); break;
  }
  line.name(op.target).when(op.concurrently, "concurrently").options(op.options);
}

void print(Line& line, const op::CreateView& op) {
  line.name(op.view).when(op.or_replace, "or replace");
  persistence(line, op.persistence);
  if (!op.columns.empty()) line.word("(" + to_sql(op.columns) + ")");
  line.options(op.options).query(op.query);
}
void print(Line& line, const op::DropView& op) {
  line.name(op.view).when(op.materialized, "materialized").when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::RefreshMaterializedView& op) {
  line.name(op.view).when(op.concurrently, "concurrently").when(!op.with_data, "with no data");
}
void print(Line& line, const op::CreateSequence& op) {
  line.name(op.sequence);
  persistence(line, op.persistence);
  line.when(op.if_not_exists, "if not exists").sequence(op.options);
}
void print(Line& line, const op::AlterSequence& op) { line.name(op.sequence).when(op.if_exists, "if exists").sequence(op.options); }
void print(Line& line, const op::DropSequence& op) { line.name(op.sequence).when(op.if_exists, "if exists").when(op.cascade, "cascade"); }

}  // namespace whimbrel::ir
