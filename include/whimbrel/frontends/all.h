// The table of all front ends, which the build collects from the folders below src/frontends/.
#pragma once

#include <span>

#include "whimbrel/frontend/front_end.h"

namespace whimbrel::frontends {

/// Every front end, in the order of their names. The table is constant and lives as long as the program.
std::span<const frontend::FrontEnd* const> all();

}  // namespace whimbrel::frontends
