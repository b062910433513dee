// From loaded files to a project: numbered, read, and arranged into histories.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "load.h"
#include "whimbrel/engine/project.h"

namespace whimbrel::engine {

/// How a history's surroundings are read: for its key, the door to the files around it.
using NearbyOf = std::function<frontend::NearbyFile(const std::string& history)>;

/// Fills everything but `config`, `jobs`, `notes` and `troubles`, to which it adds. With more than `kept_text` bytes of text statements are let go of
/// (engine/lender.h). `files` are sorted by path and have a front end each;
/// those of histories in which nothing is judged are dropped. With a `past` that is what differs from it.
void assemble(Project& project, std::vector<Loaded> files, std::uint64_t kept_text, const NearbyOf& nearby, const Past* past);

}  // namespace whimbrel::engine
