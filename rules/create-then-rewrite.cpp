// An index is built, and then its table is rewritten or dropped by the same migrations.
#include <fmt/format.h>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// An index of the table that is new, though the table is not; null: none.
const catalog::Index* new_index(const ir::QualifiedName& name, const rule::Context& context) {
  const catalog::Relation* table = context.catalog().find_relation(name);
  if (table == nullptr || rule::is_own(context, {.value = name, .span = {}})) return nullptr;
  for (const ir::QualifiedName& index_name : table->indexes) {
    const catalog::Index* index = context.catalog().find_index(index_name);
    if (index != nullptr && index->origin.part != 0 && rule::made_in_this_part(context, index->origin)) return index;
  }
  return nullptr;
}

void tell(const catalog::Index& index, Span place, std::string_view what, rule::Context& context) {
  Finding& finding = context.remark(place, fmt::format("Index {} was built for nothing: {}", ir::quote_identifier(index.name.name), what));
  rule::add_label(finding, index.origin.span, "it is built here");
  finding.help = "build it behind this";
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  if (!start.statement.body.empty()) return;
  for (const facts::Work& rewrite : context.statement_effects().rewrites) {
    if (rewrite.cause == facts::Cause::truncate || rewrite.happens != Tri::yes) continue;
    if (const catalog::Index* index = new_index(rewrite.relation, context)) return tell(*index, start.statement.span, "the rewrite of its table builds it again", context);
  }
}

void on_drop(const ir::op::DropTable& drop, rule::Context& context) {
  if (const catalog::Index* index = new_index(context.catalog().resolve(drop.table.value), context)) tell(*index, context.step().span, "its table is dropped", context);
}

}  // namespace

extern constinit const rule::RuleChecks create_then_rewrite = rule::subscribe<on_statement, on_drop>();

}  // namespace whimbrel::rules
