// SQLAlchemy's naming conventions: names for what a revision leaves without one.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "whimbrel/frontend/front_end.h"

namespace whimbrel::alembic {

/// Names constraints and indexes as the convention of the project says; empty: it has none.
void give_names(ir::Statement& statement, const std::map<std::string, std::string>& convention);
/// The same for whole migrations. See frontend::FrontEnd::settle.
void settle(std::vector<ir::Migration>& migrations, const Sources& sources, const frontend::NearbyFile& nearby, const frontend::Surroundings& surroundings);

}  // namespace whimbrel::alembic
