// Evidence for and against each database, in the file's tokens and in its path, and the weighing of it.
#include "dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "naming.h"
#include "tokens.h"
#include "word_scan.h"
#include "whimbrel/base/text.h"
#include "whimbrel/base/word_sieve.h"
#include "whimbrel/frontend/database.h"

namespace whimbrel::frontends::sql_files {

namespace {

using frontend::Database;
constexpr std::size_t kDatabases = 5;  // those that content can tell: the first of the enumeration

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
  std::array<Case, kDatabases> against{};
  int postgres = 0;  ///< words of PostgreSQL's own
  int brackets = 0;
  int structure = 0;  ///< its syntax, which no other database takes for a type or a name

  void add(Database dialect, std::string_view kind, int weight) {
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

/// The last tokens, newest last: clues look back, so that the walk needs no look ahead.
struct Window {
  std::array<Token, 8> tokens{};
  std::size_t pushed = 0;
  void push(Token token) { tokens[++pushed % tokens.size()] = token; }
  [[nodiscard]] const Token& back(std::size_t steps = 0) const { return tokens[(pushed - steps) % tokens.size()]; }
  [[nodiscard]] bool is(std::size_t steps, const Word& word) const { return is_word(back(steps), word); }
  [[nodiscard]] bool is_any(std::size_t steps, std::initializer_list<Word> words) const {
    return std::ranges::any_of(words, [&](const Word& word) { return is(steps, word); });
  }
  /// The statement begins with the token `steps` back.
  [[nodiscard]] bool begins(std::size_t steps) const {
    return back(steps + 1).kind == TokenKind::end || is(steps + 1, ";");
  }
};

// ---- what surrounds a word, for it to tell something
// ---------------------------------------------------------------------------------------------------------

using Surrounded = bool (*)(const Window& w, const Tokens& tokens);

/// ENGINE = InnoDB, but not `SET engine = …`, `WHERE engine = …`.
bool as_engine(const Window& w, const Tokens& /*tokens*/) {
  if (!(w.is(1, "=") && w.is(2, "engine")) && !(w.is(1, "engine") && w.is(2, ")"))) return false;
  return !w.is_any(w.is(1, "=") ? 3 : 2, {"set", "where", "and", "or", ",", ".", "on", "when", "("});
}

bool as_no_column(const Window& w, const Tokens& /*tokens*/) {
  return !w.is_any(1, {",", "(", ".", "column", "select", "by"});
}

bool behind_a_number_type(const Window& w, const Tokens& /*tokens*/) {
  return w.is_any(1, {"int", "integer", "bigint", "smallint", "tinyint", "mediumint", "float", "double", "decimal", ")"});
}

bool behind_on_update(const Window& w, const Tokens& /*tokens*/) { return w.is(1, "update") && w.is(2, "on"); }

/// `TABLE name ON`, `VIEW IF EXISTS schema.name ON`.
bool behind_an_object(const Window& w, const Tokens& /*tokens*/) {
  if (!w.is(1, "on")) return false;
  return w.is_any(w.is(3, ".") ? 5 : 3, {"table", "view", "exists", "database"});
}

bool alone_behind_an_end(const Window& w, const Tokens& tokens) {
  return tokens.alone_on_line(w.back()) && w.is_any(1, {";", ")"});
}

/// As ClickHouse writes its types.
bool in_capitals_and_small(const Window& w, const Tokens& /*tokens*/) {
  const std::string_view text = w.back().text;
  return text.starts_with("UInt") || text.starts_with("DateTime");
}

/// A word that tells something of a file's database, where `surrounded` holds (null: anywhere). PostgreSQL's own count each time,
/// others once a kind.
struct Clue {
  Word word;
  Word needs;                ///< a word that the file has where the clue holds: the rarest of those around it
  Database dialect = Database::postgres;
  std::string_view kind{};   ///< empty for PostgreSQL's
  int weight = kEnough;
  Surrounded surrounded = nullptr;
  bool structure = false;    ///< PostgreSQL's syntax, not only its types and functions
};

constexpr Clue mine(Word word) { return {.word = word, .needs = word}; }
constexpr Clue my_structure(Word word, Surrounded surrounded = nullptr) { return {.word = word, .needs = word, .surrounded = surrounded, .structure = true}; }
constexpr Clue mysql_engine(Word word) { return {word, "engine", Database::mysql, "ENGINE=…", kConclusive, as_engine}; }
constexpr Clue clickhouse_engine(Word word) { return {word, "engine", Database::clickhouse, "ENGINE = …", kConclusive, as_engine}; }

constexpr std::array kClues{
    mine("jsonb"), mine("timestamptz"), mine("serial"), mine("bigserial"), mine("smallserial"), mine("bytea"), mine("tsvector"),
    mine("ilike"), mine("citext"), mine("inet"), mine("gen_random_uuid"), mine("uuid_generate_v4"), mine("int4"), mine("int8"),
    mine("float8"), mine("timetz"), mine("cidr"), mine("regexp_replace"), mine("array_agg"),
    my_structure("plpgsql"), my_structure("concurrently"), my_structure("regclass"), my_structure("extension"), my_structure("nextval"),
    my_structure("gin"), my_structure("gist"), my_structure("brin"), my_structure("search_path"),
    my_structure("to", [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "owner"); }),

    mysql_engine("innodb"), mysql_engine("myisam"), mysql_engine("memory"), mysql_engine("heap"), mysql_engine("archive"),
    mysql_engine("aria"), mysql_engine("rocksdb"), mysql_engine("tokudb"), mysql_engine("ndb"), mysql_engine("ndbcluster"),
    mysql_engine("csv"), mysql_engine("federated"),
    Clue{"auto_increment", "auto_increment", Database::mysql, "AUTO_INCREMENT", kEnough, as_no_column},
    Clue{"unsigned", "unsigned", Database::mysql, "UNSIGNED", kEnough, behind_a_number_type},
    Clue{"column", "change", Database::mysql, "CHANGE COLUMN", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "change"); }},
    Clue{"column", "modify", Database::mysql, "MODIFY COLUMN", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "modify"); }},
    Clue{"tables", "unlock", Database::mysql, "UNLOCK TABLES", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "unlock") && w.begins(1); }},
    Clue{"write", "tables", Database::mysql, "LOCK TABLES … WRITE", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.is(2, "tables") && w.is(3, "lock"); }},
    Clue{"current_timestamp", "update", Database::mysql, "ON UPDATE CURRENT_TIMESTAMP", kEnough, behind_on_update},
    Clue{"now", "update", Database::mysql, "ON UPDATE CURRENT_TIMESTAMP", kEnough, behind_on_update},
    Clue{"charset", "charset", Database::mysql, "DEFAULT CHARSET", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "default"); }},
    Clue{"mediumtext", "mediumtext", Database::mysql, "TINYINT, LONGTEXT", kChance, as_no_column},
    Clue{"longtext", "longtext", Database::mysql, "TINYINT, LONGTEXT", kChance, as_no_column},
    Clue{"tinyint", "tinyint", Database::mysql, "TINYINT, LONGTEXT", kChance, as_no_column},

    Clue{"autoincrement", "autoincrement", Database::sqlite, "AUTOINCREMENT", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "key"); }},
    Clue{"autoincrement", "autoincrement", Database::sqlite, "AUTOINCREMENT", kChance, [](const Window& w, const Tokens& /*tokens*/) { return !w.is(1, "key"); }},
    Clue{"pragma", "pragma", Database::sqlite, "PRAGMA", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.begins(0); }},
    Clue{"rowid", "rowid", Database::sqlite, "WITHOUT ROWID", kEnough, [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "without"); }},
    Clue{"sqlite_master", "sqlite_master", Database::sqlite, "sqlite_master"}, Clue{"sqlite_sequence", "sqlite_sequence", Database::sqlite, "sqlite_master"},

    clickhouse_engine("distributed"), clickhouse_engine("kafka"), clickhouse_engine("null"), clickhouse_engine("buffer"),
    clickhouse_engine("materializedview"), clickhouse_engine("log"), clickhouse_engine("tinylog"), clickhouse_engine("stripelog"),
    clickhouse_engine("dictionary"), clickhouse_engine("rabbitmq"),
    Clue{"cluster", "cluster", Database::clickhouse, "ON CLUSTER", kEnough, behind_an_object},
    Clue{"uint8", "uint8", Database::clickhouse, "UInt64", kChance, in_capitals_and_small},
    Clue{"uint16", "uint16", Database::clickhouse, "UInt64", kChance, in_capitals_and_small},
    Clue{"uint32", "uint32", Database::clickhouse, "UInt64", kChance, in_capitals_and_small},
    Clue{"uint64", "uint64", Database::clickhouse, "UInt64", kChance, in_capitals_and_small},
    Clue{"datetime64", "datetime64", Database::clickhouse, "UInt64", kChance, in_capitals_and_small},

    Clue{"go", "go", Database::mssql, "GO", kEnough, alone_behind_an_end},
    Clue{"go", "go", Database::mssql, "GO", kChance, [](const Window& w, const Tokens& tokens) { return tokens.alone_on_line(w.back()) && !w.is_any(1, {";", ")"}); }},
    Clue{"nonclustered", "nonclustered", Database::mssql, "NONCLUSTERED"},
    Clue{"uniqueidentifier", "uniqueidentifier", Database::mssql, "UNIQUEIDENTIFIER, DATETIME2", kChance + kChance},
    Clue{"datetime2", "datetime2", Database::mssql, "UNIQUEIDENTIFIER, DATETIME2", kChance + kChance},
    Clue{"sysdate", "sysdate", Database::oracle, "SYSDATE, FROM DUAL", kChance},
    Clue{"dual", "dual", Database::oracle, "SYSDATE, FROM DUAL", kChance, [](const Window& w, const Tokens& /*tokens*/) { return w.is(1, "from"); }},
    Clue{"clob", "clob", Database::oracle, "CLOB", kChance},
};

/// What a number or a bracket tells something behind.
constexpr std::array<Word, 8> kBeforeSymbols{"identity", "number", "nullable", "lowcardinality", "nvarchar", "varchar2", "nvarchar2", "cluster"};

constexpr std::size_t kSlots = 1024;
constexpr std::size_t slot_of(std::uint32_t hash) { return (hash ^ (hash >> 16U)) % kSlots; }

/// Clues by the low bits of their word's hash: for nearly every word of a file there are none.
class CluesByWord {
 public:
  consteval CluesByWord() {
    std::array<std::uint8_t, kSlots + 1> counts{};
    for (const Clue& clue : kClues) ++counts[slot_of(clue.word.hash) + 1];
    for (std::size_t i = 0; i < kSlots; ++i) begin_[i + 1] = static_cast<std::uint8_t>(begin_[i] + counts[i + 1]);
    std::array<std::uint8_t, kSlots> filled{};
    for (std::size_t i = 0; i < kClues.size(); ++i) {
      const std::size_t at = slot_of(kClues[i].word.hash);
      clues_[begin_[at] + filled[at]++] = static_cast<std::uint8_t>(i);
    }
  }
  [[nodiscard]] std::span<const std::uint8_t> about(std::uint32_t hash) const {
    const std::size_t at = slot_of(hash);
    return std::span(clues_).subspan(begin_[at], begin_[at + 1] - begin_[at]);
  }

 private:
  static_assert(kClues.size() <= 255);
  std::array<std::uint8_t, kSlots + 1> begin_{};
  std::array<std::uint8_t, kClues.size()> clues_{};
};
constexpr CluesByWord kCluesByWord;

/// Where a word may tell of another database. PostgreSQL's files are full of UPDATE and IDENTITY.
enum class Telling : std::uint8_t { never, before_symbol, behind_on, anywhere };

/// A word that a file of another database has, where nothing but words tells it.
struct TellingWord {
  std::uint32_t hash;
  Telling where;
};

constexpr std::size_t kForeignClues = static_cast<std::size_t>(std::ranges::count_if(kClues, [](const Clue& clue) { return clue.dialect != Database::postgres; }));

constexpr auto kTellingWords = [] {
  std::array<TellingWord, kBeforeSymbols.size() + kForeignClues> words{};
  std::size_t count = 0;
  for (const Word& word : kBeforeSymbols) words[count++] = {word.hash, Telling::before_symbol};
  for (const Clue& clue : kClues) {
    if (clue.dialect == Database::postgres) continue;
    words[count++] = {clue.needs.hash, clue.surrounded == behind_on_update ? Telling::behind_on : Telling::anywhere};
  }
  std::ranges::sort(words, std::ranges::greater{}, &TellingWord::where);   // of one word the most telling first
  return words;
}();

constexpr auto kTellingSieve = [] {
  WordSieve sieve;
  for (const Word& word : kBeforeSymbols) sieve.add(word.text);
  for (const Clue& clue : kClues) {
    if (clue.dialect != Database::postgres) sieve.add(clue.needs.text);
  }
  return sieve;
}();

Telling telling(std::string_view word) {
  if (!kTellingSieve.may_hold(word)) return Telling::never;
  const auto* const found = std::ranges::find(kTellingWords, word_hash(word), &TellingWord::hash);
  return found == kTellingWords.end() ? Telling::never : found->where;
}

/// Whether `(`, a quote or a comment follows.
bool is_before_symbol(std::string_view text, std::size_t end) {
  while (end < text.size() && is_blank(text[end])) ++end;
  return end < text.size() && !is_in_word(text[end]) && text[end] != ',' && text[end] != ';' && text[end] != ')';
}

bool is_foreign_sign(std::string_view text, std::size_t at) {
  const char next = at + 1 < text.size() ? text[at + 1] : ' ';
  return text[at] == '`' || (text[at] == '[' && is_letter(next)) || (text[at] == '*' && next == '!');
}

/// Whether anything may speak for another database: most files have no such word or sign anywhere, and are not looked at further.
bool may_be_foreign(std::string_view text) {
  std::string_view before;
  const auto is_foreign_word = [&](std::string_view word) {
    const std::string_view last = std::exchange(before, word);
    switch (telling(word)) {
      case Telling::never: return false;
      case Telling::before_symbol: return is_before_symbol(text, static_cast<std::size_t>(word.data() - text.data()) + word.size());
      case Telling::behind_on: return equals_ignoring_case(last, "on");
      case Telling::anywhere: return true;
    }
    return true;
  };
  return any_word_or_sign(text, is_foreign_word, [&](std::size_t at) { return is_foreign_sign(text, at); });
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && equals_ignoring_case(text.substr(text.size() - end.size()), end);
}

void look_at_word(const Window& w, const Tokens& tokens, Evidence& found) {
  const Token& now = w.back();
  for (const std::uint8_t i : kCluesByWord.about(now.hash)) {
    const Clue& clue = kClues[i];
    if (!is_word(now, clue.word) || (clue.surrounded != nullptr && !clue.surrounded(w, tokens))) continue;
    if (clue.dialect != Database::postgres) {
      found.add(clue.dialect, clue.kind, clue.weight);
    } else {
      (clue.structure ? found.structure : found.postgres) += clue.weight;
    }
  }
  if (starts_with_ignoring_case(now.text, "pg_")) found.structure += kEnough;
  if (ends_with_ignoring_case(now.text, "mergetree") && as_engine(w, tokens)) found.add(Database::clickhouse, "ENGINE = …", kConclusive);
}

void look_at_symbol(const Window& w, Evidence& found) {
  const Token& now = w.back();
  if (now.text == "::") {
    found.structure += kEnough;
  } else if (now.text == "(") {
    const std::string_view word = w.back(1).text;
    if (w.back(1).kind != TokenKind::word) return;
    if (word == "Nullable" || word == "LowCardinality") found.add(Database::clickhouse, "Nullable(…)", kEnough);
    if (equals_ignoring_case(word, "nvarchar")) found.add(Database::mssql, "NVARCHAR(…)", kEnough);
    if (equals_ignoring_case(word, "varchar2") || equals_ignoring_case(word, "nvarchar2")) {
      found.add(Database::oracle, "VARCHAR2(…)", kEnough);
    }
  } else if (now.text == "." && w.back(1).kind == TokenKind::bracket_name &&
             equals_ignoring_case(w.back(1).text, "[dbo]")) {
    found.add(Database::mssql, "[dbo].", kConclusive);
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
        if (w.is(1, "(") && w.is(2, "identity") && !w.is(3, "as")) found.add(Database::mssql, "IDENTITY(1,1)", kEnough);
        if (w.is(1, "(") && w.is(2, "number")) found.add(Database::oracle, "NUMBER(…)", kEnough);
        break;
      case TokenKind::symbol:
        look_at_symbol(w, found);
        break;
      case TokenKind::string:
        if (w.is(1, "cluster") && w.is(2, "on")) found.add(Database::clickhouse, "ON CLUSTER", kEnough);
        break;
      case TokenKind::backtick_name:
        found.add(Database::mysql, "backticks", kEnough);
        break;
      case TokenKind::bracket_name:
        if (!w.is(1, "array") && ++found.brackets == 3) found.add(Database::mssql, "[names] in brackets", kEnough);
        break;
      case TokenKind::dollar_quote:
        found.structure += kEnough;
        break;
      case TokenKind::conditional_comment:
        found.add(Database::mysql, "/*!40101 … */", kEnough);
        break;
    }
  }
  return found;
}

// ---- the path
// -----------------------------------------------------------------------------------------------------------

/// The word nearest to the file's end: `x/mysql/1.pg.sql` says PostgreSQL.
std::optional<frontend::DatabaseWord> word_of_path(std::string_view path) {
  std::string_view name = file_of(path);
  while (name.find('.') != std::string_view::npos) {  // the name's own dotted parts, but not its first
    const std::size_t dot = name.rfind('.');
    if (const auto word = frontend::database_word(name.substr(dot + 1))) return word;
    name = name.substr(0, dot);
  }
  for (std::string_view folder = folder_of(path); folder != "." && folder != "/"; folder = folder_of(folder)) {
    if (const auto word = frontend::database_word(file_of(folder))) return word;
  }
  return std::nullopt;
}

}  // namespace

std::string other_dialect(std::string_view path, std::string_view text) {
  const std::optional<frontend::DatabaseWord> said = word_of_path(path);
  text = text.substr(0, kLongestLook);
  if ((!said || said->database == Database::postgres) && !may_be_foreign(text)) return {};
  const Evidence found = look_at(text);
  if (said && said->database != Database::postgres) {
    // An oracle may be a price oracle: there the content must agree. Type names prove nothing, SQLite takes any.
    const bool agrees =
        said->database != Database::oracle || found.against[static_cast<std::size_t>(Database::oracle)].points > 0;
    const bool cockroach = said->database == Database::cockroach;  // it has PostgreSQL's syntax
    if (agrees && (found.structure == 0 || cockroach)) {
      return frontend::said_by_path(*said);
    }
  }
  const int postgres =
      found.postgres + found.structure + (said && said->database == Database::postgres ? kEnough : 0);
  const auto* const best = std::ranges::max_element(found.against, {}, &Case::points);
  const bool conclusive = best->points >= kConclusive;
  const bool many = best->points >= 3 * kEnough && postgres <= kEnough;
  if (!conclusive && !many && (best->points < kEnough || postgres > 0)) return {};
  const auto database = static_cast<Database>(best - found.against.begin());
  return fmt::format("looks like {} ({})", frontend::name_of(database), best->strongest);
}

}  // namespace whimbrel::frontends::sql_files
