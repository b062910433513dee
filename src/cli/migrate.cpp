// The command migrate-config: reads files of other linters, prints or writes whimbrel's.
#include "migrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <string>

#include "output.h"
#include "run.h"
#include "whimbrel/base/files.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/migrate_config.h"

namespace whimbrel::cli {
namespace {

std::string beside(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "whimbrel.toml" : path.substr(0, slash + 1) + "whimbrel.toml";
}

/// The lines that differ: comments are translated in place, so the numbers of the lines are the same.
std::string changed_lines(const std::string& path, std::string_view before, std::string_view after) {
  std::string text;
  for (std::uint32_t number = 1; !before.empty(); ++number) {
    const std::size_t old_end = std::min(before.find('\n'), before.size());
    const std::size_t new_end = std::min(after.find('\n'), after.size());
    const std::string_view was = before.substr(0, old_end);
    const std::string_view is = after.substr(0, new_end);
    if (was != is) text += fmt::format("{}:{}\n- {}\n+ {}\n", printable(path), number, printable(trim(was)), printable(trim(is)));
    before.remove_prefix(std::min(old_end + 1, before.size()));
    after.remove_prefix(std::min(new_end + 1, after.size()));
  }
  return text;
}

void say_notes(const std::string& path, const engine::Translation& translation) {
  for (const engine::TranslationNote& note : translation.notes) complain(fmt::format("{}:{}: {}", path, note.line, note.sentence));
}

/// What is to be printed for the file; nothing where it was written.
Result<std::string> migrate(const std::string& path, const Options& options) {
  const Result<std::string> text = read_file(path);
  if (!text) return text;
  if (!engine::is_foreign_config(path)) {
    const engine::Translation comments = engine::translate_comments(*text);
    say_notes(path, comments);
    if (!options.write) return changed_lines(path, *text, comments.text);
    if (comments.text == *text) return std::string();
    const Result<void> written = write_file(path, comments.text);
    return written ? Result<std::string>(std::string()) : std::unexpected(written.error());
  }
  const Result<engine::Translation> config = engine::translate_config(path, *text);
  if (!config) return std::unexpected(config.error());
  say_notes(path, *config);
  if (!options.write) return config->text;
  const std::string target = beside(path);
  if (read_file(target) && !options.overwrite) return fail(fmt::format("{} is there already; --overwrite replaces it", target));
  const Result<void> written = write_file(target, config->text);
  return written ? Result<std::string>(std::string()) : std::unexpected(written.error());
}

}  // namespace

int migrate_config(const Options& options) {
  int code = kClean;
  std::string text;
  for (const std::string& path : options.paths) {
    const Result<std::string> one = migrate(path, options);
    if (one) {
      text += *one;
    } else {
      complain(one.error().message);
      code = kUnusable;
    }
  }
  const Result<void> printed = with_output({}, [&](std::ostream& out) { out << text; });
  if (!printed) complain(printed.error().message);
  return printed ? code : kUnusable;
}

}  // namespace whimbrel::cli
