// The words that people name folders and files by, for each database.
#include "whimbrel/frontend/database.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "whimbrel/base/text.h"
#include "whimbrel/base/word_sieve.h"

namespace whimbrel::frontend {

namespace {

constexpr std::array<std::string_view, 8> kNames{"MySQL",  "SQLite",      "ClickHouse",       "SQL Server",
                                                 "Oracle", "CockroachDB", "another database", "PostgreSQL"};

constexpr std::array kWords{
    DatabaseWord{"mysql", Database::mysql},           DatabaseWord{"mysql8", Database::mysql},
    DatabaseWord{"mariadb", Database::mysql},         DatabaseWord{"sqlite", Database::sqlite},
    DatabaseWord{"sqlite3", Database::sqlite},        DatabaseWord{"clickhouse", Database::clickhouse},
    DatabaseWord{"mssql", Database::mssql},           DatabaseWord{"sqlserver", Database::mssql},
    DatabaseWord{"oracle", Database::oracle},         DatabaseWord{"cockroach", Database::cockroach},
    DatabaseWord{"cockroachdb", Database::cockroach}, DatabaseWord{"crdb", Database::cockroach},
    DatabaseWord{"hsqldb", Database::other},          DatabaseWord{"db2", Database::other},
    DatabaseWord{"bigquery", Database::other},        DatabaseWord{"cassandra", Database::other},
    DatabaseWord{"postgres", Database::postgres},     DatabaseWord{"postgresql", Database::postgres},
    DatabaseWord{"pg", Database::postgres},           DatabaseWord{"pgsql", Database::postgres},
    DatabaseWord{"psql", Database::postgres},         DatabaseWord{"supabase", Database::postgres},
};

constexpr auto kSieve = [] {
  WordSieve sieve;
  for (const DatabaseWord& one : kWords) sieve.add(one.word);
  return sieve;
}();

}  // namespace

std::string_view name_of(Database database) { return kNames.at(static_cast<std::size_t>(database)); }

std::optional<DatabaseWord> database_word(std::string_view name) {
  if (!kSieve.may_hold(name)) return std::nullopt;
  const auto* const found = std::ranges::find_if(kWords, [&](const DatabaseWord& one) { return equals_ignoring_case(name, one.word); });
  return found == kWords.end() ? std::nullopt : std::optional(*found);
}

std::string said_by_path(const DatabaseWord& word) { return fmt::format("its path says {} ({})", name_of(word.database), word.word); }

}  // namespace whimbrel::frontend
