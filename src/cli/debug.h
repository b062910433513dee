// `whimbrel debug`: what each phase saw, one line an item.
#pragma once

#include <iosfwd>

#include "whimbrel/engine/project.h"

namespace whimbrel::cli {

void print_files(std::ostream& out, const engine::Project& project, bool json);
void print_operations(std::ostream& out, const engine::Project& project, bool json);
void print_history(std::ostream& out, const engine::Project& project, bool json);
/// The schema after each migration, and after its down part.
void print_schemas(std::ostream& out, const engine::Project& project, bool json);

}  // namespace whimbrel::cli
