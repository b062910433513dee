// A migration as lines a person can read: `debug operations`, fixtures and differential tests.
#pragma once

#include <string>

#include "whimbrel/base/source.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::ir {

/// One line an item, statements and, indented below them, their operations; bodies are indented further.
///
/// `3:1-3:40 CreateIndex` is a statement, `  3:1-3:40 CreateIndex users_email_idx on users (email)` one of its steps.
/// A statement that may or may not run has a `?` behind its kind.
std::string dump(const Statement& statement, const Sources& sources, const std::string& indent = "");
/// The header line, then `up` and `down` with their statements, then what could not be known.
std::string dump(const Migration& migration, const Sources& sources);

}  // namespace whimbrel::ir
