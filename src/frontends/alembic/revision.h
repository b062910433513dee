// A revision file: what it says of itself, and its two functions.
#pragma once

#include <string_view>

#include "whimbrel/frontend/front_end.h"
#include "whimbrel/python/evaluator.h"

namespace whimbrel::alembic {

/// The whole file.
frontend::Reading read_revision(const SourceFile& source, FileId file);
/// Whether the text has `revision` or `down_revision` at module level, and `def upgrade`. Quick: decided line by line.
bool looks_like_revision(std::string_view text);

}  // namespace whimbrel::alembic
