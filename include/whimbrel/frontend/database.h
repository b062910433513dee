// Which database a name in a path stands for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace whimbrel::frontend {

enum class Database : std::uint8_t { mysql, sqlite, clickhouse, mssql, oracle, cockroach, other, postgres };

/// "MySQL", "another database".
std::string_view name_of(Database database);

struct DatabaseWord {
  std::string_view word;
  Database database;
};

/// What a folder or a part of a file's name says, in any case: "sqlite3", "pg". Nothing for other words.
std::optional<DatabaseWord> database_word(std::string_view name);

/// Why a file is left to another database: "its path says SQLite (sqlite)".
std::string said_by_path(const DatabaseWord& word);

}  // namespace whimbrel::frontend
