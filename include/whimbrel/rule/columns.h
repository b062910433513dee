// For rules that judge columns where they are written: CREATE TABLE and ADD COLUMN alike.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/ir/operation.h"
#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

/// The two checks of a rule whose `Judge` looks at one column: `subscribe<EachColumn<judge>::made, EachColumn<judge>::added>()`.
template <void (*Judge)(const ir::ColumnDef& column, const ir::RelationName& table, Context& context)>
struct EachColumn {
  static void made(const ir::op::CreateTable& create, Context& context) {
    for (const ir::ColumnDef& column : create.columns) Judge(column, create.table, context);
  }
  static void added(const ir::op::AddColumn& add, Context& context) { Judge(add.column, add.table, context); }
};

/// A type as PostgreSQL spells it; empty where it is not known.
std::string spelling(const ir::TypeName& type);
/// Reports at the column's type: "users.code is character(3): " and the rest of the sentence. Without locks, as it is about none.
Finding& report_type(Context& context, const ir::ColumnDef& column, const ir::RelationName& table, std::string_view why);

}  // namespace whimbrel::rule
