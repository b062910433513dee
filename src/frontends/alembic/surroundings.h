// What a project says of all revisions of a history: alembic.ini, pyproject.toml, env.py and the metadata that it names.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/frontend/front_end.h"

namespace whimbrel::alembic {

frontend::Surroundings read_surroundings(const std::string& history, const frontend::NearbyFile& nearby);

/// From the history's folder to another path (both absolute), as NearbyFile takes it.
std::string path_to(std::string_view target, std::string_view history);

/// What one env.py says of transactions and timeouts.
void read_environment(std::string_view text, frontend::Surroundings& surroundings);

/// The naming convention of env.py's target_metadata where it is a literal, in env.py itself or in a module of the project. `to_environment` is
/// the path of env.py as `nearby` takes it; `nearby` looks from the history's folder.
std::map<std::string, std::string> read_naming_convention(const std::string& text, const std::string& to_environment, const frontend::NearbyFile& nearby);

}  // namespace whimbrel::alembic
