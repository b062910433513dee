// What the fuzz targets promise of any input, and the targets: libFuzzer runs them on inputs of its own, test_fuzz on testdata/invalid/.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/engine/project.h"
#include "whimbrel/finding/report.h"

namespace whimbrel::fuzz {

// The targets. Each gives one sentence that says which promise was broken; nothing where all are kept.
std::string sql(std::string_view input);           ///< a .sql file
std::string alembic(std::string_view input);       ///< an Alembic revision
std::string plpgsql(std::string_view input);       ///< the body of a DO block
std::string config(std::string_view input);        ///< whimbrel.toml, pyproject.toml, the configuration of another linter
std::string suppressions(std::string_view input);  ///< what stands behind `whimbrel:` in a comment, and further lines
std::string history(std::string_view input);       ///< several files behind `-- file: NAME`; `-- was: NAME`: as it was before; `-- option: …`

/// What a target runs.
struct Case {
  std::vector<SourceFile> files;
  engine::Config config;
  std::vector<SourceFile> was;   ///< at the ref that the run compares with
  bool since = false;            ///< whether there is one
};

/// Defaults varied by the size of the input: server version, judging of down parts, transactions. Every rule is on.
engine::Config config_for(std::string_view input);
engine::Project open(const Case& one, unsigned jobs = 1);

/// Lints and prints in every way: no span outside its file or within a character, no output that is not valid UTF-8, not well-formed or that
/// holds a control character; a baseline of all findings silences them all. Of some inputs also SARIF, of every thousandth that the number of threads
/// does not matter: chosen by what the input holds, so that it is the same in the next run. `also` may look at the same report.
std::string broken_promise(const Case& one, engine::Project project, const std::function<std::string(const Report&)>& also = {});
/// Of everything that was read: the spans of statements, steps, unknown places, comments.
std::string broken_spans(const engine::Project& project);
/// Of a settled report: its spans, the order of edits, its texts.
std::string broken_report(const engine::Project& project, const Report& report);
/// Of each format, and of what the other commands print. SARIF, which holds a table of all rules and so costs twenty times the rest, only where it
/// is asked for.
std::string broken_output(const engine::Project& project, const Report& report, bool with_sarif);

/// Statements that are known to be good, behind an input that must not hide them.
inline constexpr std::string_view kGoodSql = "CREATE TABLE whimbrel_was_here (id bigint PRIMARY KEY);\n";
/// Whether the statement that begins at the byte was read as one.
bool reads(const engine::Project& project, FileId file, std::size_t begin);
/// The same, or it is told to be unknown: a runner would not run it.
bool sees(const engine::Project& project, FileId file, std::size_t begin);
/// Whether the file was read at all: not of another database, no binary.
bool is_read(const engine::Project& project, FileId file);
/// The file of that path.
FileId file_of(const engine::Project& project, std::string_view path);

/// Nothing, or what is wrong with the text: no UTF-8, a control character other than the line's end.
std::string unprintable(std::string_view text, std::string_view keep = "\n");

}  // namespace whimbrel::fuzz
