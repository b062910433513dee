// What env.py and alembic.ini say of all revisions of a history.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/frontend/front_end.h"

namespace whimbrel::alembic {

frontend::Surroundings read_surroundings(const std::string& history, const frontend::NearbyFile& nearby);
/// What one env.py says; for tests.
void read_environment(std::string_view text, frontend::Surroundings& surroundings);

}  // namespace whimbrel::alembic
