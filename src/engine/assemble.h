// From loaded files to a project: numbered, read, and arranged into histories.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "load.h"
#include "whimbrel/engine/project.h"

namespace whimbrel::engine {

/// How a history's surroundings are read: for its key, the door to the files around it.
using NearbyOf = std::function<frontend::NearbyFile(const std::string& history)>;

/// Fills everything but `config`, `notes` and `troubles`, to which it adds. `files` are sorted by path and have a front end each;
/// those of histories in which nothing is judged are dropped. With a `past` that is what differs from it.
void assemble(Project& project, std::vector<Loaded> files, unsigned jobs, const NearbyOf& nearby, const Past* past);

}  // namespace whimbrel::engine
