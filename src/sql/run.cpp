// A run of tokens that is to be one statement: parsed, and read.
#include "run.h"

#include "statements.h"

namespace whimbrel::sql {
namespace {

std::optional<ParseFailure> read_masked(const Run& run, MaskAs how, Parsed& sink, std::vector<ir::Statement>& out) {
  const std::uint32_t base = run.base();
  const std::uint32_t end = run.tokens.back().end;
  std::string sql(run.host.text().substr(base, end - base));
  if (!run.first_word.empty()) sql.replace(0, run.first_word.size(), run.first_word);
  for (const ByteRange& blank : run.blanks) {
    if (blank.begin >= base && blank.end <= end) sql.replace(blank.begin - base, blank.end - blank.begin, blank.end - blank.begin, ' ');
  }
  std::vector<MaskedName> names;
  if (!run.masks.empty()) {
    apply_masks(sql, base, run.masks, how);
    names = masked_names(sql, base, run.host.text(), run.tokens);
  }
  const ParseTree tree(sql);
  if (tree.failure()) return tree.failure();
  const Items<RawStmt> statements(tree.statements());
  for (const RawStmt* raw : statements) {
    std::size_t from = 0;
    std::size_t to = run.tokens.size();
    if (statements.size() > 1) {  // a semicolon that the splitter took for an inner one
      const std::uint32_t begin = base + static_cast<std::uint32_t>(raw->stmt_location);
      const std::uint32_t stop = raw->stmt_len == 0 ? end : begin + static_cast<std::uint32_t>(raw->stmt_len);
      while (from < to && run.tokens[from].begin < begin) ++from;
      while (to > from && run.tokens[to - 1].end > stop) --to;
    }
    Reader reader(run.host, run.tokens.subspan(from, to - from), sink, base);
    reader.masked_names = names;
    ir::Statement statement;
    statement.span = reader.whole();
    statement.runs = run.runs;
    read_statement(reader, raw->stmt, statement);
    out.push_back(std::move(statement));
  }
  return std::nullopt;
}

}  // namespace

TokenIndex Run::token_at(const ParseFailure& failure) const {
  const std::uint32_t offset = base() + failure.at;
  TokenIndex i = 0;
  while (i + 1 < tokens.size() && tokens[i].end <= offset) ++i;
  return i;
}

std::optional<ParseFailure> read_run(const Run& run, Parsed& sink, std::vector<ir::Statement>& out) {
  std::optional<ParseFailure> failure;
  for (const MaskAs how : kMaskOrder) {
    std::optional<ParseFailure> next = read_masked(run, how, sink, out);
    if (!next) return std::nullopt;
    if (!failure) failure = std::move(next);
    if (run.masks.empty()) break;
  }
  return failure;
}

void add_invalid(const Run& run, const ParseFailure& failure, Parsed& sink, std::vector<ir::Statement>& out) {
  ir::Statement statement;
  statement.span = run.host.span(run.base(), run.tokens.back().end);
  statement.runs = run.runs;
  const bool masked = std::ranges::any_of(run.tokens, &Token::masked);
  if (masked) {  // the template may well write SQL: no reason to call it broken
    statement.kind = "Other";
    sink.unknown.push_back({statement.span, "a template or variable writes more than a name or a value here"});
    add_step(statement, ir::op::Opaque{"SQL that a template or variable completes", {}, true}, statement.span);
  } else {
    statement.kind = "Invalid";
    const Token& at = run.tokens[run.token_at(failure)];
    std::string message = failure.message;
    if (message.starts_with("memory exhausted")) message = "nested too deep: " + message;
    add_step(statement, ir::op::Invalid{std::move(message), run.host.span(at.begin, at.end)}, statement.span);
  }
  out.push_back(std::move(statement));
}

}  // namespace whimbrel::sql
