// Where migrations usually lie: for a run that names no path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whimbrel::engine {

/// Whether a file (path below the current folder, whose own name is `top`) is worth opening when nobody has named it: it lies in a
/// folder that is called so, or is itself called so.
bool is_usual_place(std::string_view path, std::string_view top);
/// A file that says where revisions lie.
bool says_locations(std::string_view name);
/// The folders that an alembic.ini or pyproject.toml in `folder` (absolute) names; absolute.
std::vector<std::string> locations_in(std::string_view text, const std::string& folder);

}  // namespace whimbrel::engine
