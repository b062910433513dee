// What a path says: the migration's id, its place in the order, its direction, and the history that it belongs to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runners.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::frontends::sql_files {

struct Name {
  std::string history;  ///< the folder of the numbered files, or of the migration folders; "." for the current one
  std::string id;
  std::string sort_key;
  const Runner* runner = &kPlain;          ///< as far as the name tells
  std::optional<ir::Direction> direction;  ///< nothing: the name does not say, so the file is (or holds) the up part
  bool by_habit = false;    ///< `x_down.sql`: a direction only if there is a file to go with it (see settle.h)
  bool repeatable = false;  ///< Flyway's R__
};

/// Reads a '/'-separated path of a .sql file.
Name read_name(std::string_view path);
/// The history alone.
std::string history_of(std::string_view path);

/// The key of a name in replay order: versions compare component by component, as numbers; then the rest, digits as
/// numbers. Names that begin with no version come behind those that do, repeatables last.
std::string order_key(std::string_view name);
/// The last segment of a path, and what stands before it ("." for nothing).
std::string_view file_of(std::string_view path);
std::string_view folder_of(std::string_view path);

}  // namespace whimbrel::frontends::sql_files
