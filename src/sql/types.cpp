// Types: enums, composites, ranges, domains.
#include "read_columns.h"
#include "read_expr.h"
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

/// CREATE TYPE name, ALTER TYPE name, CREATE DOMAIN name: the name is the third word.
ir::RelationName third_word(const Reader& reader, const List* names) { return {read_qualified(reader, names), reader.span(2, reader.name_end(2))}; }

}  // namespace

void read_create_enum(Reader& reader, const CreateEnumStmt* stmt, ir::Statement& out) {
  out.kind = "CreateEnum";
  op::CreateType op;
  op.type = third_word(reader, stmt->typeName);
  op.form = op::TypeForm::enum_;
  op.labels = read_name_list(reader, stmt->vals, reader.find(2, reader.count(), "enum") + 1);
  add_step(out, std::move(op), reader.whole());
}

void read_alter_enum(Reader& reader, const AlterEnumStmt* stmt, ir::Statement& out) {
  out.kind = "AlterEnum";
  const ir::RelationName type = third_word(reader, stmt->typeName);
  TokenIndex i = reader.find(2, reader.count(), "value") + 1;
  if (stmt->oldVal != nullptr) {
    add_step(out, op::RenameEnumValue{type, reader.name(stmt->oldVal, i), reader.name(stmt->newVal, i + 2)}, reader.whole());
    return;
  }
  Cursor cursor(reader, i);
  cursor.accept({"if", "not", "exists"});
  i = cursor.index();
  op::AddEnumValue op;
  op.type = type;
  op.value = reader.name(stmt->newVal, i);
  if (stmt->newValNeighbor != nullptr) op.neighbor = reader.name(stmt->newValNeighbor, i + 2);
  op.after = stmt->newValIsAfter;
  op.if_not_exists = stmt->skipIfNewValExists;
  add_step(out, std::move(op), reader.whole());
}

void read_composite(Reader& reader, const CompositeTypeStmt* stmt, ir::Statement& out) {
  out.kind = "CreateType";
  op::CreateType op;
  op.type = read_relation(reader, stmt->typevar);
  op.form = op::TypeForm::composite;
  for (const ::ColumnDef* column : Items<::ColumnDef>(stmt->coldeflist)) {
    op.attributes.push_back(read_column(reader, column, reader.list_end(reader.at(column->location))));
  }
  add_step(out, std::move(op), reader.whole());
}

void read_create_range(Reader& reader, const CreateRangeStmt* stmt, ir::Statement& out) {
  out.kind = "CreateRange";
  op::CreateType op;
  op.type = third_word(reader, stmt->typeName);
  op.form = op::TypeForm::range;
  add_step(out, std::move(op), reader.whole());
}

void read_create_domain(Reader& reader, const CreateDomainStmt* stmt, ir::Statement& out) {
  out.kind = "CreateDomain";
  op::CreateDomain op;
  op.domain = third_word(reader, stmt->domainname);
  op.type = read_located_type(reader, stmt->typeName);
  if (stmt->collClause != nullptr) op.collation = last_name(reader, stmt->collClause->collname);
  std::vector<TokenIndex> starts;
  for (const ::Constraint* clause : Items<::Constraint>(stmt->constraints)) starts.push_back(reader.at(clause->location));
  std::ranges::sort(starts);
  for (const ::Constraint* clause : Items<::Constraint>(stmt->constraints)) {
    const auto next = std::ranges::upper_bound(starts, reader.at(clause->location));
    const TokenIndex end = next == starts.end() ? reader.count() : *next;
    switch (clause->contype) {
      case CONSTR_NOTNULL:
        op.not_null = true;
        if (clause->conname != nullptr) op.constraints.push_back(read_constraint(reader, clause, end));
        break;
      case CONSTR_DEFAULT: op.default_value = read_expr(reader, clause->raw_expr); break;
      case CONSTR_CHECK: op.constraints.push_back(read_constraint(reader, clause, end)); break;
      default: break;  // NULL, and attributes that domains refuse
    }
  }
  add_step(out, std::move(op), reader.whole());
}

void read_alter_domain(Reader& reader, const AlterDomainStmt* stmt, ir::Statement& out) {
  out.kind = "AlterDomain";
  op::AlterDomain op;
  op.domain = third_word(reader, stmt->typeName);
  op.if_exists = stmt->missing_ok;
  op.cascade = stmt->behavior == DROP_CASCADE;
  const TokenIndex action = reader.name_end(2);
  switch (static_cast<char>(stmt->subtype)) {
    case 'T':
      op.action = stmt->def == nullptr ? op::DomainAction::drop_default : op::DomainAction::set_default;
      op.value = read_expr(reader, stmt->def);
      break;
    case 'N': op.action = op::DomainAction::drop_not_null; break;
    case 'O': op.action = op::DomainAction::set_not_null; break;
    case 'C':
      op.action = op::DomainAction::add_constraint;
      op.constraint = read_constraint(reader, as<::Constraint>(stmt->def), reader.count());
      break;
    case 'X':
    case 'V': {
      op.action = static_cast<char>(stmt->subtype) == 'X' ? op::DomainAction::drop_constraint : op::DomainAction::validate_constraint;
      Cursor cursor(reader, action + 2);
      cursor.accept({"if", "exists"});
      op.constraint_name = reader.name(stmt->name, cursor.index());
      break;
    }
    default: break;
  }
  add_step(out, std::move(op), reader.whole());
}

}  // namespace whimbrel::sql
