// For rules that judge constraints where they are written: CREATE TABLE, ADD COLUMN and ADD CONSTRAINT alike.
#pragma once

#include "whimbrel/ir/operation.h"
#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

/// The checks of a rule whose `Judge` looks at one constraint, be it a table's or a column's own:
/// `subscribe<EachConstraint<judge>::made, EachConstraint<judge>::with_column, EachConstraint<judge>::added>()`.
template <void (*Judge)(const ir::Constraint& constraint, const ir::RelationName& table, Context& context)>
struct EachConstraint {
  static void made(const ir::op::CreateTable& create, Context& context) {
    for (const ir::Constraint& constraint : create.constraints) Judge(constraint, create.table, context);
    for (const ir::ColumnDef& column : create.columns) {
      for (const ir::Constraint& constraint : column.constraints) Judge(constraint, create.table, context);
    }
  }
  static void with_column(const ir::op::AddColumn& add, Context& context) {
    for (const ir::Constraint& constraint : add.column.constraints) Judge(constraint, add.table, context);
  }
  static void added(const ir::op::AddConstraint& add, Context& context) { Judge(add.constraint, add.table, context); }
};

}  // namespace whimbrel::rule
