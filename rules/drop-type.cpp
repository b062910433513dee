// DROP TYPE: code that still uses it fails.
#include <algorithm>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// Whether a statement may have taken the last column of the type to another one, so that code goes on with that column.
bool may_free_type(const ir::Statement& statement) {
  return std::ranges::any_of(statement.steps, [](const ir::Step& step) {
           return std::holds_alternative<ir::op::AlterColumnType>(step.operation) || std::holds_alternative<ir::op::Opaque>(step.operation) ||
                  std::holds_alternative<ir::op::Invalid>(step.operation);
         }) ||
         std::ranges::any_of(statement.body, may_free_type);
}

/// An enum that the server lets go, that no column had when the part began, or only columns that the part has dropped: code that names it is
/// gone, or breaks without them, which is said where they go.
bool is_unused(const rule::Context& context, const ir::QualifiedName& name) {
  return rule::find_enum(context, name) != nullptr && context.catalog().complete() &&
         std::ranges::none_of(rule::statements_before(context), may_free_type);
}

/// An enum is often replaced by renaming the old type out of the way: then no code knows the name.
void on_drop(const ir::op::DropType& drop, rule::Context& context) {
  const ir::QualifiedName name = context.catalog().resolve(drop.type.value);
  if (!context.effects().error.empty() || rule::is_made_here(context, name) || rule::is_type_named_here(context, name.name)) return;
  if (!drop.cascade && is_unused(context, name)) return;
  // With CASCADE the columns of the type are gone all the same.
  if (!drop.cascade && rule::is_made_again(context, name)) return;
  rule::report_drop(context, drop.type, "type", drop.cascade);
}

}  // namespace

extern constinit const rule::RuleChecks drop_type = rule::subscribe<on_drop>();

}  // namespace whimbrel::rules
