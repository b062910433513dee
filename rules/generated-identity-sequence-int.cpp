// A sequence of integers ends at 2,147,483,647.
#include <fmt/format.h>

#include "whimbrel/rule/columns.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

void judge(const ir::RelationName& name, const ir::op::SequenceOptions& options, rule::Context& context) {
  if (!options.type) return;
  const std::string type = rule::spelling(*options.type);
  if (type != "integer" && type != "smallint") return;
  context.remark(name.span, fmt::format("Sequence {} counts in {} and fails when that is used up", ir::to_sql(name.value), type));
}
void on_create(const ir::op::CreateSequence& create, rule::Context& context) { judge(create.sequence, create.options, context); }
void on_alter(const ir::op::AlterSequence& alter, rule::Context& context) { judge(alter.sequence, alter.options, context); }

}  // namespace

extern constinit const rule::RuleChecks generated_identity_sequence_int = rule::subscribe<on_create, on_alter>();

}  // namespace whimbrel::rules
