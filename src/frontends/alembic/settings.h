// alembic.ini and [tool.alembic] of pyproject.toml: where a project keeps its revisions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace whimbrel::alembic {

/// One section that names a script folder; `alembic -n NAME` chooses among several.
struct Settings {
  std::string name;
  std::string script_location;                 ///< absolute where the text could be resolved
  std::vector<std::string> version_locations;  ///< likewise; empty: `versions` below the script folder
  std::vector<std::string> module_folders;     ///< prepend_sys_path, absolute
  bool recursive = false;
};

/// Sections of an ini file that lies in `folder` (absolute).
std::vector<Settings> read_ini(std::string_view text, const std::string& folder);
/// The same for a pyproject.toml; nothing where it has no [tool.alembic].
std::vector<Settings> read_pyproject(std::string_view text, const std::string& folder);

}  // namespace whimbrel::alembic
