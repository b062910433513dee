// A run of tokens that is to be one statement: parsed, and read.
#include "run.h"

#include "statements.h"

namespace whimbrel::sql {
namespace {

std::optional<ParseFailure> read_masked(const Run& run, std::span<const Mask> masks, MaskAs how, Parsed& sink, std::vector<ir::Statement>& out) {
  const std::uint32_t base = run.base();
  const std::uint32_t end = run.tokens.back().end;
  std::string sql(run.host.text().substr(base, end - base));
  if (!run.first_word.empty()) sql.replace(0, run.first_word.size(), run.first_word);
  for (const ByteRange& blank : run.blanks) {
    if (blank.begin >= base && blank.end <= end) sql.replace(blank.begin - base, blank.end - blank.begin, blank.end - blank.begin, ' ');
  }
  MaskedNames names;
  if (!masks.empty()) {
    apply_masks(sql, base, masks, how);
    names = masked_names(sql, base, run.host.text(), run.tokens);
  }
  // The server's text ends at a NUL: what is behind it must not vanish.
  if (const std::size_t nul = sql.find('\0'); nul != std::string::npos) std::replace(sql.begin() + static_cast<std::ptrdiff_t>(nul), sql.end(), '\0', '\1');
  const ParseTree tree(sql);
  if (tree.failure()) return tree.failure();
  const Items<RawStmt> statements(tree.statements());
  if (statements.size() == 0) return ParseFailure{"syntax error", 0};
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
    ir::Statement& statement = append_statement(out);
    statement.span = reader.whole();
    statement.runs = run.runs;
    read_statement(reader, raw->stmt, statement);
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
  // More of them than this leave a statement that nobody can tell.
  constexpr int kMostLeftOut = 16;
  std::vector<Mask> masks(run.masks.begin(), run.masks.end());
  std::optional<ParseFailure> failure = read_masked(run, masks, MaskAs::identifiers, sink, out);
  if (!failure || masks.empty()) return failure;
  // The parser stopped at a template: it may write nothing, or a clause more. Leave it out.
  std::optional<ParseFailure> next = failure;
  for (int left_out = 0; left_out < kMostLeftOut; ++left_out) {
    const Token& at = run.tokens[run.token_at(*next)];
    Mask* culprit = nullptr;
    for (Mask& mask : masks) {
      if (mask.kind == Mask::Kind::value_template && mask.begin >= at.begin && mask.end <= at.end) culprit = &mask;
    }
    if (culprit == nullptr) break;
    culprit->kind = Mask::Kind::control_template;
    next = read_masked(run, masks, MaskAs::identifiers, sink, out);
    if (next) continue;
    sink.unknown.push_back({run.host.span(culprit->begin, culprit->end), "a template may add to this statement"});
    return std::nullopt;
  }
  for (const MaskAs how : {MaskAs::strings, MaskAs::numbers}) {
    if (!read_masked(run, run.masks, how, sink, out)) return std::nullopt;
  }
  return failure;
}

void add_invalid(const Run& run, const ParseFailure& failure, Parsed& sink, std::vector<ir::Statement>& out) {
  ir::Statement& statement = append_statement(out);
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
}

}  // namespace whimbrel::sql
