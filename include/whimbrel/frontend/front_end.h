// What a front end is: from one file's text to migrations. One folder under src/frontends/ each; the build finds them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/source.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::frontend {

/// A comment that speaks to whimbrel: `whimbrel: ignore …`, without the comment's own delimiters.
struct Directive {
  Span span;              ///< the whole comment
  std::string text;       ///< from "whimbrel:" on
  std::uint32_t text_begin = 0;  ///< byte offset of `text` in the file
};

/// A finding-free remark on a file: "skipped: looks like MySQL (ENGINE=)".
struct Note {
  FileId file{};
  std::string message;
};

/// What one file says. A file that holds one direction only gives a migration whose other part is `missing`; the history joins
/// those with equal `id` in one `history` (up.sql with down.sql).
struct Reading {
  std::vector<ir::Migration> migrations;
  std::vector<Directive> directives;
  std::vector<Note> notes;
  std::vector<Span> statements_without_migration;  ///< spans that a directive may cover though nothing was read there
  bool settle_needs_statements = false;            ///< `settle` looks at them: they must not be let go of before
};

/// A file as discovery hands it over. `path` is as in `Sources`, '/'-separated.
struct Candidate {
  std::string_view path;
  std::string_view text;
};

/// A front end's claim on a file.
struct Claim {
  bool reads = false;         ///< this front end reads the file
  std::string history;        ///< files with equal keys replay together: the folder of the numbered files, of the migration folders …
  std::string skipped;        ///< not empty: it would, but (another dialect); said as a note
};

/// What the surroundings of a history say of all its migrations: alembic.ini and env.py, Diesel's metadata.toml, …
struct Surroundings {
  std::optional<ir::TransactionMode> transaction;
  std::string lock_timeout;        ///< as set for every migration; empty: not; "unknown" where it is set to what cannot be told
  std::string statement_timeout;
  std::vector<std::string> version_locations;  ///< folders that belong to the same history
  bool recursive = false;                      ///< so do all their subfolders
  std::vector<std::string> module_folders;     ///< where the history's language looks for modules first; absolute
  std::map<std::string, std::string> naming_convention;  ///< SQLAlchemy's: by ix, uq, ck, fk, pk
};

/// Reads a file near a history: path relative to the history's folder or one above it, inside the linted project.
/// Nothing where it is missing or outside.
using NearbyFile = std::function<std::optional<std::string>(std::string_view path)>;

/// What the readings of one folder's files share: other files of the project, read on demand. Its owner keeps it as long as it reads; it may be
/// asked from several threads at once, and answers the same in any order.
class Shared {
 public:
  Shared() = default;
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;
  virtual ~Shared() = default;
};

/// What a part that asks is read again with.
struct Question {
  const SourceFile& source;
  FileId file{};
  Shared* shared = nullptr;               ///< of `share`
  const Surroundings& surroundings;
  ir::Direction direction = ir::Direction::up;
  catalog::Catalog& catalog;              ///< as the part finds it. What the part does on the way may be applied to it: the caller undoes that
};

/// A constant table of functions; stateless, called from several threads.
struct FrontEnd {
  std::string_view name;                                    ///< "sql", "alembic"
  std::span<const std::string_view> extensions;             ///< ".sql"; only such files are opened by discovery
  Claim (*claim)(const Candidate&) = nullptr;
  /// Makes what `read` may share; `history` as below, `surroundings` of it, `nearby` relative to it and safe from several threads. Null: its files
  /// stand for themselves.
  std::unique_ptr<Shared> (*share)(const std::string& history, const Surroundings& surroundings, NearbyFile nearby) = nullptr;
  /// Pure: the same text, among the same other files, gives the same reading. `shared` comes from `share`; null: there are no other files.
  Reading (*read)(const SourceFile& source, FileId file, Shared* shared) = nullptr;
  /// `history` is the absolute path of its folder.
  Surroundings (*surroundings)(const std::string& history, const NearbyFile&) = nullptr;
  /// What only the whole history, or files beside a migration, can tell (Diesel's metadata.toml: `transaction`; a habitual `_down.sql`
  /// that goes with no other file: its direction). Called once a history, after reading and before `arrange`, with all readings of this
  /// front end in it; `nearby` is relative to the history's folder. Null: there is nothing to settle.
  void (*settle)(std::vector<ir::Migration>& migrations, const Sources& sources, const NearbyFile& nearby, const Surroundings& surroundings) = nullptr;
  /// Reads a part with `ir::Part::asks` once more, over the schema that it finds, and puts it and its unknown places in place of the first reading's.
  /// Called in replay order, after `arrange`; names that `settle` gives are given here. Null: nothing asks.
  void (*answer)(ir::Migration& migration, const Question& question) = nullptr;
  /// How `debug`, `explain` and help text name an example's file: "example.sql", "example.py".
  std::string_view example_file;
};

}  // namespace whimbrel::frontend
