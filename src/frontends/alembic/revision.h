// A revision file: what it says of itself, and its two functions.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/frontend/front_end.h"
#include "whimbrel/python/evaluator.h"

namespace whimbrel::alembic {

/// The whole file. `shared` is of share_modules, or null.
frontend::Reading read_revision(const SourceFile& source, FileId file, frontend::Shared* shared);
/// One part again, over the schema that it finds. See frontend::FrontEnd::answer.
void answer_revision(ir::Migration& migration, const frontend::Question& question);
/// The folder that holds a history: the nearest `versions` above a file in one of its subfolders, else the file's own folder.
std::string history_folder(std::string_view path);
/// Whether the text has `revision` or `down_revision` at module level, and `def upgrade`. Quick: decided line by line.
bool looks_like_revision(std::string_view text);

}  // namespace whimbrel::alembic
