// From a file's text to migrations: the parts that plain files, divided files and changesets share.
#pragma once

#include <string_view>
#include <vector>

#include "markers.h"
#include "naming.h"
#include "whimbrel/frontend/front_end.h"
#include "whimbrel/sql/sql.h"

namespace whimbrel::frontends::sql_files {

/// Parses texts of one file and gathers what belongs to the file as a whole.
class FileReader {
 public:
  FileReader(std::string_view text, FileId file) : text_(text), file_(file) {}

  /// A part over some ranges of the file, each parsed alone. What cannot be known goes to `migration.unknown`.
  ir::Part part(const std::vector<Range>& pieces, Range span, ir::Migration& migration);
  /// The same for text that is not the file's own bytes in a row (SQL in comments).
  void add(ir::Part& part, const sql::HostText& text, ir::Migration& migration);
  /// Only the comments of a range that does not run; statements in it become unknown, for this `reason`.
  void look_at(Range range, std::string_view reason, ir::Migration& migration);

  [[nodiscard]] Span span(Range range) const { return {file_, range.begin, range.end}; }
  [[nodiscard]] std::string_view text(Range range) const { return text_.substr(range.begin, range.end - range.begin); }
  /// Comments met so far, in order of reading.
  [[nodiscard]] const std::vector<sql::Comment>& comments() const { return comments_; }

 private:
  std::string_view text_;
  FileId file_;
  std::vector<sql::Comment> comments_;
};

/// What the comment says, without delimiters and the blanks around; `offset` is where that begins in the comment.
struct CommentText {
  std::string_view text;
  std::size_t offset = 0;
};
CommentText content_of(std::string_view comment);

/// The comments that speak to whimbrel.
std::vector<frontend::Directive> directives(const std::vector<sql::Comment>& comments);
/// The lines of the comments before the first statement at `statements_begin`, as far as a person wrote them; markers are none.
std::string header_text(const std::vector<sql::Comment>& comments, std::uint32_t statements_begin);

/// `--liquibase formatted sql` on the first line.
bool is_liquibase(std::string_view text);
/// Each changeset is a migration, its `--rollback` lines are the down part.
frontend::Reading read_liquibase(std::string_view text, FileId file, const Name& name);

/// The runner that a comment at the file's head speaks to, with the mode that it asks for. Nothing: none of them.
struct HeadDirective {
  const Runner* runner = nullptr;
  ir::TransactionMode transaction = ir::TransactionMode::none;
};
HeadDirective head_directive(const std::vector<sql::Comment>& comments, std::uint32_t statements_begin);
/// Flyway runs a script outside a transaction when its statements cannot run inside one.
bool is_only_non_transactional(const ir::Part& part);
/// With Flyway's `mixed = true` one such statement is enough.
bool has_non_transactional(const ir::Part& part);

/// See frontend::FrontEnd::settle.
void settle(std::vector<ir::Migration>& migrations, const Sources& sources, const frontend::NearbyFile& nearby,
            const frontend::Surroundings& surroundings);
/// Flyway's configuration file, wherever near the history it lies.
std::optional<std::string> flyway_configuration(const frontend::NearbyFile& nearby);
/// See frontend::FrontEnd::surroundings.
frontend::Surroundings surroundings(const std::string& history, const frontend::NearbyFile& nearby);

}  // namespace whimbrel::frontends::sql_files
