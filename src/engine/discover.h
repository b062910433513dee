// From what was asked for to loaded files: what is judged, and what is only replayed before it.
#pragma once

#include <string>
#include <vector>

#include "load.h"
#include "whimbrel/engine/config.h"
#include "whimbrel/engine/project.h"

namespace whimbrel::engine {

struct Discovery {
  std::vector<Loaded> files;            ///< sorted by path; all that a front end claims, and what was named though none does
  std::vector<std::string> notes;
  std::vector<std::string> troubles;
  std::vector<std::string> searched;    ///< folders that were asked for, absolute
};

Discovery discover(const Request& request, const Config& config);

/// Reads a file near a history's folder (as in `Loaded::path`), inside the project.
frontend::NearbyFile nearby_on_disk(const std::string& history, const Config& config);

}  // namespace whimbrel::engine
