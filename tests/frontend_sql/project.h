// A folder of SQL files as a run would see it: claimed, read, settled, in order; and as lines a person can read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "whimbrel/base/source.h"
#include "whimbrel/frontend/front_end.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::frontends {
extern const frontend::FrontEnd sql;
}

namespace whimbrel::tests {

struct SqlProject {
  Sources sources;
  std::map<std::string, std::vector<ir::Migration>> histories;  ///< in replay order
  std::vector<std::string> remarks;                             ///< skipped files and notes
  std::vector<frontend::Directive> directives;
  std::map<std::string, frontend::Surroundings> surroundings;
};

/// Paths of all files below a folder, relative to it, sorted.
std::vector<std::string> files_below(const std::string& folder);
/// Reads files given by path and text: .sql files as files of the project, the others only where the front end asks for
/// them.
SqlProject read_project(const std::map<std::string, std::string>& files);
SqlProject read_folder(const std::string& folder);

/// One line a migration: `0001_init up:present/2 down:missing per_migration goose "message"`, below its history.
std::string dump(const SqlProject& project);

/// The statement and those in its body, each given to `visit`.
template <class Visit>
void for_each_statement(const std::vector<ir::Statement>& statements, Visit&& visit) {
  for (const ir::Statement& statement : statements) {
    visit(statement);
    for_each_statement(statement.body, visit);
  }
}

}  // namespace whimbrel::tests
