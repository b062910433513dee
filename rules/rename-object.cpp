// RENAME of what queries name: code that is running knows the old name only.
#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

bool named_by_code(ir::ObjectKind kind) {
  using enum ir::ObjectKind;
  return kind == schema || kind == type || kind == domain || kind == function || kind == procedure || kind == sequence || kind == view ||
         kind == materialized_view || kind == type_attribute || kind == foreign_table;
}

void on_rename(const ir::op::RenameObject& rename, rule::Context& context) {
  if (!named_by_code(rename.kind) || !context.effects().error.empty()) return;
  const ir::QualifiedName old = context.catalog().resolve(rename.object.value);
  if (rename.kind != ir::ObjectKind::type_attribute && rename.kind != ir::ObjectKind::schema && rule::is_made_again(context, old)) return;
  if (rule::is_made_here(context, old)) return;
  // Code that inserts into the table of a serial or identity column does not name its sequence.
  const catalog::Sequence* sequence = rename.kind == ir::ObjectKind::sequence ? context.catalog().find_sequence(old) : nullptr;
  if (sequence != nullptr && !sequence->owner_table.empty()) return;
  if (rename.kind == ir::ObjectKind::function && rule::runs_for_triggers_only(context.catalog().find_functions(old))) return;
  std::string name = ir::to_sql(rename.object.value);
  if (!rename.sub.value.empty()) name += "." + ir::quote_identifier(rename.sub.value);
  Finding& finding = context.report(rename.new_name.span,
                                    fmt::format("Renaming {} {} to {} breaks code that still uses the old name", to_lower(ir::object_kind_name(rename.kind)), name, ir::quote_identifier(rename.new_name.value)));
  // A second type beside the first would not be the columns' type.
  const bool is_type = rename.kind == ir::ObjectKind::type || rename.kind == ir::ObjectKind::domain;
  finding.help = rule::Steps(context)
                     .say(is_type ? "first a release whose casts, queries and driver do not name the type, or know it by both names; then the rename"
                                  : "make the new one beside it, let the application use it, and drop the old one in a later release")
                     .text();
}

}  // namespace

extern constinit const rule::RuleChecks rename_object = rule::subscribe<on_rename>();

}  // namespace whimbrel::rules
