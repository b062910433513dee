// Whether a .sql file is meant for another database than PostgreSQL.
#pragma once

#include <string>
#include <string_view>

namespace whimbrel::frontends::sql_files {

/// Why the file is not PostgreSQL's: "looks like MySQL (AUTO_INCREMENT)", "its path says SQLite (sqlite)". Empty:
/// nothing says so. Conservative: words in comments and strings do not count, PostgreSQL's own syntax outweighs what
/// could be chance. Linear.
std::string other_dialect(std::string_view path, std::string_view text);

}  // namespace whimbrel::frontends::sql_files
