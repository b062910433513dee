// Evidence for and against each database, in the file's tokens and in its path, and the weighing of it.
#include "dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "naming.h"
#include "tokens.h"
#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

enum class Dialect : std::uint8_t { mysql, sqlite, clickhouse, mssql, oracle, cockroach, other, postgres };
constexpr std::size_t kDialects = 5;  // those that content can tell
constexpr std::array<std::string_view, 8> kDialectNames{"MySQL",  "SQLite",      "ClickHouse",       "SQL Server",
                                                        "Oracle", "CockroachDB", "another database", "PostgreSQL"};

// Evidence lies in the head of a file; a dump of many megabytes shows what it is long before this.
constexpr std::size_t kLongestLook = 4U * 1024 * 1024;

constexpr int kChance = 1;       // could be a name of the user's own
constexpr int kEnough = 3;       // not PostgreSQL, if nothing speaks for PostgreSQL
constexpr int kConclusive = 99;  // no PostgreSQL file has it

// ---- evidence
// ---------------------------------------------------------------------------------------------------------

struct Case {
  int points = 0;
  std::vector<std::string_view> kinds;  ///< each counts once
  std::string_view strongest;
  int strongest_weight = 0;
};

struct Evidence {
  std::array<Case, kDialects> against{};
  int postgres = 0;  ///< words of PostgreSQL's own
  int brackets = 0;
  int structure = 0;  ///< its syntax, which no other database takes for a type or a name

  void add(Dialect dialect, std::string_view kind, int weight) {
    Case& one = against.at(static_cast<std::size_t>(dialect));
    if (std::ranges::find(one.kinds, kind) != one.kinds.end()) return;
    one.kinds.push_back(kind);
    one.points += weight;
    if (weight > one.strongest_weight) {
      one.strongest = kind;
      one.strongest_weight = weight;
    }
  }
};

/// A word or symbol to look for, in lower case.
struct Word {
  std::string_view text;
  std::uint32_t hash;
  template <std::size_t Size>
  consteval Word(const char (&letters)[Size]) : text(letters, Size - 1), hash(word_hash(text)) {}  // NOLINT(google-explicit-constructor)
};

bool is_word(const Token& token, const Word& word) { return token.hash == word.hash && equals_ignoring_case(token.text, word.text); }

template <std::size_t Size>
bool among(const Token& token, const std::array<Word, Size>& list) {
  return std::ranges::any_of(list, [&](const Word& item) { return is_word(token, item); });
}

constexpr std::array<Word, 19> kPostgresWords{
    "jsonb",  "timestamptz", "serial", "bigserial",       "smallserial",      "bytea", "tsvector",
    "ilike",  "citext",      "inet",   "gen_random_uuid", "uuid_generate_v4", "int4",  "int8",
    "float8", "timetz",      "cidr",   "regexp_replace",  "array_agg"};
constexpr std::array<Word, 9> kPostgresStructure{
    "plpgsql", "concurrently", "regclass", "extension", "nextval", "gin", "gist", "brin", "search_path"};
constexpr std::array<Word, 12> kMySqlEngines{"innodb",  "myisam",     "memory",  "heap",
                                                         "archive", "aria",       "rocksdb", "tokudb",
                                                         "ndb",     "ndbcluster", "csv",     "federated"};
constexpr std::array<Word, 10> kClickHouseEngines{"distributed",      "kafka",   "null",    "buffer",
                                                              "materializedview", "log",     "tinylog", "stripelog",
                                                              "dictionary",       "rabbitmq"};
constexpr std::array<Word, 10> kUnsignedInts{"int",       "integer", "bigint", "smallint", "tinyint",
                                                         "mediumint", "float",   "double", "decimal",  ")"};

bool is_engine_of_clickhouse(const Token& word) {
  return to_lower(word.text).ends_with("mergetree") || among(word, kClickHouseEngines);
}

/// The last tokens, newest last: patterns look back, so that the walk needs no look ahead.
struct Window {
  std::array<Token, 8> tokens{};
  std::size_t pushed = 0;
  void push(Token token) { tokens[++pushed % tokens.size()] = token; }
  [[nodiscard]] const Token& back(std::size_t steps = 0) const { return tokens[(pushed - steps) % tokens.size()]; }
  [[nodiscard]] bool is(std::size_t steps, const Word& word) const { return is_word(back(steps), word); }
  /// The statement begins with the token `steps` back.
  [[nodiscard]] bool begins(std::size_t steps) const {
    return back(steps + 1).kind == TokenKind::end || is(steps + 1, ";");
  }
};

/// `TABLE name`, `VIEW IF EXISTS schema.name`, ending with the token `steps` back.
bool names_an_object(const Window& w, std::size_t steps) {
  const std::size_t before = w.is(steps + 1, ".") ? steps + 3 : steps + 1;
  return w.is(before, "table") || w.is(before, "view") || w.is(before, "exists") || w.is(before, "database");
}

void look_at_word(const Window& w, const Tokens& tokens, Evidence& found) {
  const Token& now = w.back();
  const auto is = [&](const Word& word) { return is_word(now, word); };
  if (among(now, kPostgresWords)) found.postgres += kEnough;
  if (among(now, kPostgresStructure) || starts_with_ignoring_case(now.text, "pg_") ||
      (is("to") && w.is(1, "owner"))) {
    found.structure += kEnough;
  }

  // ENGINE = InnoDB, but not `SET engine = …`, `WHERE engine = …`.
  const bool engine = (w.is(1, "=") && w.is(2, "engine")) || (w.is(1, "engine") && w.is(2, ")"));
  if (engine) {
    const std::size_t before = w.is(1, "=") ? 3 : 2;
    const bool a_column = w.is(before, "set") || w.is(before, "where") || w.is(before, "and") || w.is(before, "or") ||
                          w.is(before, ",") || w.is(before, ".") || w.is(before, "on") || w.is(before, "when") ||
                          w.is(before, "(");
    if (!a_column && among(now, kMySqlEngines)) found.add(Dialect::mysql, "ENGINE=…", kConclusive);
    if (!a_column && is_engine_of_clickhouse(now)) found.add(Dialect::clickhouse, "ENGINE = …", kConclusive);
  }

  const auto names_a_column = [&] {
    return w.is(1, ",") || w.is(1, "(") || w.is(1, ".") || w.is(1, "column") || w.is(1, "select") || w.is(1, "by");
  };
  if (is("auto_increment") && !names_a_column()) found.add(Dialect::mysql, "AUTO_INCREMENT", kEnough);
  if (is("unsigned") && among(w.back(1), kUnsignedInts)) found.add(Dialect::mysql, "UNSIGNED", kEnough);
  if (is("column") && w.is(1, "change")) found.add(Dialect::mysql, "CHANGE COLUMN", kEnough);
  if (is("column") && w.is(1, "modify")) found.add(Dialect::mysql, "MODIFY COLUMN", kEnough);
  if (is("tables") && w.is(1, "unlock") && w.begins(1)) found.add(Dialect::mysql, "UNLOCK TABLES", kEnough);
  if (is("write") && w.is(2, "tables") && w.is(3, "lock")) found.add(Dialect::mysql, "LOCK TABLES … WRITE", kEnough);
  if ((is("current_timestamp") || is("now")) && w.is(1, "update") && w.is(2, "on")) {
    found.add(Dialect::mysql, "ON UPDATE CURRENT_TIMESTAMP", kEnough);
  }
  if (is("charset") && w.is(1, "default")) found.add(Dialect::mysql, "DEFAULT CHARSET", kEnough);
  if ((is("mediumtext") || is("longtext") || is("tinyint")) && !names_a_column())
    found.add(Dialect::mysql, "TINYINT, LONGTEXT", kChance);

  if (is("autoincrement")) found.add(Dialect::sqlite, "AUTOINCREMENT", w.is(1, "key") ? kEnough : kChance);
  if (w.is(1, "pragma") && w.begins(1)) found.add(Dialect::sqlite, "PRAGMA", kEnough);
  if (is("rowid") && w.is(1, "without")) found.add(Dialect::sqlite, "WITHOUT ROWID", kEnough);
  if (is("sqlite_master") || is("sqlite_sequence")) found.add(Dialect::sqlite, "sqlite_master", kEnough);

  if (w.is(1, "cluster") && w.is(2, "on") && names_an_object(w, 3))
    found.add(Dialect::clickhouse, "ON CLUSTER", kEnough);
  if (now.text == "UInt8" || now.text == "UInt16" || now.text == "UInt32" || now.text == "UInt64" ||
      now.text == "DateTime64") {
    found.add(Dialect::clickhouse, "UInt64", kChance);
  }

  if (is("go") && tokens.alone_on_line(now))
    found.add(Dialect::mssql, "GO", w.is(1, ";") || w.is(1, ")") ? kEnough : kChance);
  if (is("nonclustered")) found.add(Dialect::mssql, "NONCLUSTERED", kEnough);
  if (is("uniqueidentifier") || is("datetime2"))
    found.add(Dialect::mssql, "UNIQUEIDENTIFIER, DATETIME2", kChance + kChance);
  if (is("sysdate") || (is("dual") && w.is(1, "from"))) found.add(Dialect::oracle, "SYSDATE, FROM DUAL", kChance);
  if (is("clob")) found.add(Dialect::oracle, "CLOB", kChance);
}

void look_at_symbol(const Window& w, Evidence& found) {
  const Token& now = w.back();
  if (now.text == "::") {
    found.structure += kEnough;
  } else if (now.text == "(") {
    const std::string_view word = w.back(1).text;
    if (w.back(1).kind != TokenKind::word) return;
    if (word == "Nullable" || word == "LowCardinality") found.add(Dialect::clickhouse, "Nullable(…)", kEnough);
    if (equals_ignoring_case(word, "nvarchar")) found.add(Dialect::mssql, "NVARCHAR(…)", kEnough);
    if (equals_ignoring_case(word, "varchar2") || equals_ignoring_case(word, "nvarchar2")) {
      found.add(Dialect::oracle, "VARCHAR2(…)", kEnough);
    }
  } else if (now.text == "." && w.back(1).kind == TokenKind::bracket_name &&
             equals_ignoring_case(w.back(1).text, "[dbo]")) {
    found.add(Dialect::mssql, "[dbo].", kConclusive);
  }
}

Evidence look_at(std::string_view text) {
  Evidence found;
  Tokens tokens(text);
  Window w;
  for (Token now = tokens.next(); now.kind != TokenKind::end; now = tokens.next()) {
    w.push(now);
    switch (now.kind) {
      case TokenKind::end:
      case TokenKind::quoted_name:
        break;
      case TokenKind::word:
        look_at_word(w, tokens, found);
        if (w.is(0, "stdin") && w.is(1, "from")) {
          found.structure += kEnough;
          tokens.skip_copy_data();
        }
        break;
      case TokenKind::number:
        if (w.is(1, "(") && w.is(2, "identity") && !w.is(3, "as")) found.add(Dialect::mssql, "IDENTITY(1,1)", kEnough);
        if (w.is(1, "(") && w.is(2, "number")) found.add(Dialect::oracle, "NUMBER(…)", kEnough);
        break;
      case TokenKind::symbol:
        look_at_symbol(w, found);
        break;
      case TokenKind::string:
        if (w.is(1, "cluster") && w.is(2, "on")) found.add(Dialect::clickhouse, "ON CLUSTER", kEnough);
        break;
      case TokenKind::backtick_name:
        found.add(Dialect::mysql, "backticks", kEnough);
        break;
      case TokenKind::bracket_name:
        if (!w.is(1, "array") && ++found.brackets == 3) found.add(Dialect::mssql, "[names] in brackets", kEnough);
        break;
      case TokenKind::dollar_quote:
        found.structure += kEnough;
        break;
      case TokenKind::conditional_comment:
        found.add(Dialect::mysql, "/*!40101 … */", kEnough);
        break;
    }
  }
  return found;
}

// ---- the path
// -----------------------------------------------------------------------------------------------------------

struct PathWord {
  std::string_view word;
  Dialect dialect;
};
constexpr std::array kPathWords{
    PathWord{"mysql", Dialect::mysql},           PathWord{"mysql8", Dialect::mysql},
    PathWord{"mariadb", Dialect::mysql},         PathWord{"sqlite", Dialect::sqlite},
    PathWord{"sqlite3", Dialect::sqlite},        PathWord{"clickhouse", Dialect::clickhouse},
    PathWord{"mssql", Dialect::mssql},           PathWord{"sqlserver", Dialect::mssql},
    PathWord{"oracle", Dialect::oracle},         PathWord{"cockroach", Dialect::cockroach},
    PathWord{"cockroachdb", Dialect::cockroach}, PathWord{"crdb", Dialect::cockroach},
    PathWord{"hsqldb", Dialect::other},          PathWord{"db2", Dialect::other},
    PathWord{"bigquery", Dialect::other},        PathWord{"cassandra", Dialect::other},
    PathWord{"postgres", Dialect::postgres},     PathWord{"postgresql", Dialect::postgres},
    PathWord{"pg", Dialect::postgres},           PathWord{"pgsql", Dialect::postgres},
    PathWord{"psql", Dialect::postgres},         PathWord{"supabase", Dialect::postgres},
};

const PathWord* path_word(std::string_view segment) {
  const auto* const found =
      std::ranges::find_if(kPathWords, [&](const PathWord& one) { return equals_ignoring_case(segment, one.word); });
  return found == kPathWords.end() ? nullptr : found;
}

/// The word nearest to the file's end: `x/mysql/1.pg.sql` says PostgreSQL.
const PathWord* word_of_path(std::string_view path) {
  std::string_view name = file_of(path);
  while (name.find('.') != std::string_view::npos) {  // the name's own dotted parts, but not its first
    const std::size_t dot = name.rfind('.');
    if (const PathWord* word = path_word(name.substr(dot + 1))) return word;
    name = name.substr(0, dot);
  }
  for (std::string_view folder = folder_of(path); folder != "." && folder != "/"; folder = folder_of(folder)) {
    if (const PathWord* word = path_word(file_of(folder))) return word;
  }
  return nullptr;
}

}  // namespace

std::string other_dialect(std::string_view path, std::string_view text) {
  const Evidence found = look_at(text.substr(0, kLongestLook));
  const PathWord* said = word_of_path(path);
  if (said != nullptr && said->dialect != Dialect::postgres) {
    // An oracle may be a price oracle: there the content must agree. Type names prove nothing, SQLite takes any.
    const bool agrees =
        said->dialect != Dialect::oracle || found.against[static_cast<std::size_t>(Dialect::oracle)].points > 0;
    const bool cockroach = said->dialect == Dialect::cockroach;  // it has PostgreSQL's syntax
    if (agrees && (found.structure == 0 || cockroach)) {
      return fmt::format("its path says {} ({})", kDialectNames.at(static_cast<std::size_t>(said->dialect)),
                         said->word);
    }
  }
  const int postgres =
      found.postgres + found.structure + (said != nullptr && said->dialect == Dialect::postgres ? kEnough : 0);
  const auto* const best = std::ranges::max_element(found.against, {}, &Case::points);
  const bool conclusive = best->points >= kConclusive;
  const bool many = best->points >= 3 * kEnough && postgres <= kEnough;
  if (!conclusive && !many && (best->points < kEnough || postgres > 0)) return {};
  const auto dialect = static_cast<std::size_t>(best - found.against.begin());
  return fmt::format("looks like {} ({})", kDialectNames.at(dialect), best->strongest);
}

}  // namespace whimbrel::frontends::sql_files
