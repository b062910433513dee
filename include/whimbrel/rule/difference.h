// Differences between two moments of the schema in words, and what to write so that they are none.
#pragma once

#include <string>
#include <vector>

#include "whimbrel/rule/context.h"
#include "whimbrel/rule/help.h"

namespace whimbrel::rule {

/// "index users_email_idx is missing", "users.age is bigint instead of integer": part of a sentence.
std::string difference_phrase(const Context& context, const catalog::Difference& difference);
/// "the index is dropped here": for a label at the step that did it.
std::string cause_phrase(const catalog::Difference& difference);
/// What the down part has to say, as SQL or as Alembic's Python: CREATE INDEX …, op.drop_column(…). What depends on something goes before it:
/// a trigger before its function. Of many differences the first few, and how many more there are.
void repair(Steps& steps, const Context& context, std::vector<const catalog::Difference*> differences);

}  // namespace whimbrel::rule
