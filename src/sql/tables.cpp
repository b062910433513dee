// CREATE TABLE in its forms, TRUNCATE, LOCK TABLE.
#include "read_columns.h"
#include "read_names.h"
#include "read_query.h"
#include "read_shape.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

ir::Persistence persistence(const RangeVar* relation) {
  if (relation->relpersistence == 't') return ir::Persistence::temporary;
  return relation->relpersistence == 'u' ? ir::Persistence::unlogged : ir::Persistence::permanent;
}

op::LikeClause like(const Reader& reader, const TableLikeClause* clause) {
  op::LikeClause read;
  read.source = read_relation(reader, clause->relation);
  const auto has = [&](TableLikeOption option) { return (clause->options & static_cast<bits32>(option)) != 0; };
  read.defaults = has(CREATE_TABLE_LIKE_DEFAULTS);
  read.constraints = has(CREATE_TABLE_LIKE_CONSTRAINTS);
  read.identity = has(CREATE_TABLE_LIKE_IDENTITY);
  read.generated = has(CREATE_TABLE_LIKE_GENERATED);
  read.indexes = has(CREATE_TABLE_LIKE_INDEXES);
  read.storage = has(CREATE_TABLE_LIKE_STORAGE);
  read.comments = has(CREATE_TABLE_LIKE_COMMENTS);
  read.statistics = has(CREATE_TABLE_LIKE_STATISTICS);
  read.compression = has(CREATE_TABLE_LIKE_COMPRESSION);
  return read;
}

void take_elements(const Reader& reader, const List* elements, op::CreateTable& op) {
  for (const ::Node* element : Items<>(elements)) {
    switch (tag_of(element)) {
      case T_ColumnDef: {
        const TokenIndex begin = reader.at(as<::ColumnDef>(element)->location);
        op.columns.push_back(read_column(reader, as<::ColumnDef>(element), reader.list_end(begin)));
        break;
      }
      case T_Constraint: {
        const TokenIndex begin = reader.at(as<::Constraint>(element)->location);
        op.constraints.push_back(read_constraint(reader, as<::Constraint>(element), reader.list_end(begin)));
        break;
      }
      case T_TableLikeClause: op.likes.push_back(like(reader, as<TableLikeClause>(element))); break;
      default: break;
    }
  }
}

void take_into(Reader& reader, const IntoClause* into, op::CreateTableAs& op) {
  op.table = read_relation(reader, into->rel);
  op.persistence = persistence(into->rel);
  op.columns = read_strings(reader, into->colNames);
  op.with_data = !into->skipData;
  op.on_commit_drop = into->onCommit == ONCOMMIT_DROP;
}

LockMode lock_mode(int mode) {
  switch (mode) {
    case AccessShareLock: return LockMode::access_share;
    case RowShareLock: return LockMode::row_share;
    case RowExclusiveLock: return LockMode::row_exclusive;
    case ShareUpdateExclusiveLock: return LockMode::share_update_exclusive;
    case ShareLock: return LockMode::share;
    case ShareRowExclusiveLock: return LockMode::share_row_exclusive;
    case ExclusiveLock: return LockMode::exclusive;
    default: return LockMode::access_exclusive;
  }
}

}  // namespace

void read_create_table(Reader& reader, const CreateStmt* stmt, bool foreign, ir::Statement& out) {
  out.kind = foreign ? "CreateForeignTable" : "CreateTable";
  op::CreateTable op;
  op.table = read_relation(reader, stmt->relation);
  op.persistence = persistence(stmt->relation);
  op.if_not_exists = stmt->if_not_exists;
  op.foreign = foreign;
  take_elements(reader, stmt->tableElts, op);
  take_elements(reader, stmt->constraints, op);
  if (stmt->partbound != nullptr) {
    for (const RangeVar* parent : Items<RangeVar>(stmt->inhRelations)) op.partition_of = read_relation(reader, parent);
    op.bound = read_partition_bound(reader, stmt->partbound);
  } else {
    for (const RangeVar* parent : Items<RangeVar>(stmt->inhRelations)) op.inherits.push_back(read_relation(reader, parent));
  }
  op.partition_by = read_partition_by(reader, stmt->partspec);
  if (stmt->ofTypename != nullptr) op.of_type = read_qualified(reader, stmt->ofTypename->names);
  op.options = read_options(reader, stmt->options);
  op.tablespace = reader.str(stmt->tablespacename);
  op.access_method = reader.str(stmt->accessMethod);
  op.on_commit_drop = stmt->oncommit == ONCOMMIT_DROP;
  add_step(out, std::move(op), reader.whole());
}

void read_create_table_as(Reader& reader, const CreateTableAsStmt* stmt, ir::Statement& out) {
  op::CreateTableAs op;
  op.materialized_view = stmt->objtype == OBJECT_MATVIEW;
  out.kind = op.materialized_view ? "CreateMaterializedView" : "CreateTableAs";
  op.if_not_exists = stmt->if_not_exists;
  take_into(reader, stmt->into, op);
  op.query = read_query(reader, stmt->query, reader.span(reader.find(0, reader.count(), "as") + 1, reader.count()));
  op.query.shape = read_shape(reader, stmt->query);
  add_step(out, std::move(op), reader.whole());
}

void read_select_into(Reader& reader, const SelectStmt* stmt, const IntoClause* into, ir::Statement& out) {
  out.kind = "SelectInto";
  op::CreateTableAs op;
  take_into(reader, into, op);
  op.query = read_query(reader, reinterpret_cast<const ::Node*>(stmt), reader.whole());
  op.query.shape = read_shape(reader, reinterpret_cast<const ::Node*>(stmt));
  add_step(out, std::move(op), reader.whole());
}

void read_truncate(Reader& reader, const TruncateStmt* stmt, ir::Statement& out) {
  out.kind = "Truncate";
  for (const RangeVar* relation : Items<RangeVar>(stmt->relations)) {
    op::Truncate op;
    op.table = read_relation(reader, relation);
    op.only = !relation->inh;
    op.restart_identity = stmt->restart_seqs;
    op.cascade = stmt->behavior == DROP_CASCADE;
    const Span span = Items<>(stmt->relations).size() == 1 ? reader.whole() : op.table.span;
    add_step(out, std::move(op), span);
  }
}

void read_lock(Reader& reader, const LockStmt* stmt, ir::Statement& out) {
  out.kind = "LockTable";
  for (const RangeVar* relation : Items<RangeVar>(stmt->relations)) {
    op::LockTable op;
    op.table = read_relation(reader, relation);
    op.mode = lock_mode(stmt->mode);
    op.only = !relation->inh;
    op.nowait = stmt->nowait;
    const Span span = Items<>(stmt->relations).size() == 1 ? reader.whole() : op.table.span;
    add_step(out, std::move(op), span);
  }
}

}  // namespace whimbrel::sql
