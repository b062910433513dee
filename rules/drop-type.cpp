// DROP TYPE: code that still uses it fails.
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether the name is younger than this part: an enum is often replaced by renaming the old type out of the way.
bool is_named_here(const rule::Context& context, const std::string& name) {
  return std::ranges::any_of(rule::statements_before(context), [&](const ir::Statement& before) {
    return std::ranges::any_of(before.steps, [&](const ir::Step& step) {
      const auto* rename = std::get_if<ir::op::RenameObject>(&step.operation);
      return rename != nullptr && rename->new_name.value == name && (rename->kind == ir::ObjectKind::type || rename->kind == ir::ObjectKind::domain);
    });
  });
}

void on_drop(const ir::op::DropType& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.type.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name) || is_named_here(context, name.name)) return;
  // With CASCADE the columns of the type are gone all the same.
  if (!drop.cascade && rule::is_made_again(context, name)) return;
  rule::report_drop(context, drop.type, "type", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_type = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
