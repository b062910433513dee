// SQL text to statements: one by one, so that what does not parse costs only itself.
#include "whimbrel/sql/sql.h"

#include <fmt/format.h>

#include <algorithm>

#include "read_expr.h"
#include "read_names.h"
#include "recovery.h"
#include "run.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

/// Bytes that may be read again after a quote that turned strings inside out.
constexpr std::uint64_t kRereadBudget = 64ULL * 1024 * 1024;

class FileReader {
 public:
  FileReader(const HostText& host, const Options& options)
      : host_(host), limits_(options.limits),
        splitter_(host, {options.psql, options.templates, options.placeholders}, options.limits.statement_bytes, out_.unknown, out_.remarks) {}

  Parsed run() {
    Piece piece;
    while (splitter_.next(piece)) {
      if (out_.statements.size() + splitter_.comments().size() >= limits_.statements) {
        leave_rest(piece);
        break;
      }
      read(piece);
    }
    for (const ByteRange& comment : splitter_.comments()) {
      out_.comments.push_back({host_.span(comment.begin, comment.end), std::string(host_.text().substr(comment.begin, comment.end - comment.begin))});
    }
    std::ranges::stable_sort(out_.comments, {}, [](const Comment& comment) { return comment.span.begin; });
    std::ranges::stable_sort(out_.unknown, {}, [](const ir::Unknown& unknown) { return unknown.span; });
    return std::move(out_);
  }

 private:
  [[nodiscard]] Run run_of(const Piece& piece, TokenIndex begin, TokenIndex end) const {
    return {host_, std::span(piece.tokens).subspan(begin, end - begin), piece.masks, {}, {}, piece.conditional ? Tri::unknown : Tri::yes};
  }

  void read(const Piece& piece) {
    if (piece.too_long) return leave_out(piece);
    const Run whole = run_of(piece, 0, piece.tokens.size());
    if (const std::optional<ParseFailure> failure = read_run(whole, out_, out_.statements)) recover(piece, whole, *failure);
  }

  /// Something happens that is not told.
  void add_opaque(Span span, Tri runs, std::string reason) {
    out_.unknown.push_back({.span = span, .reason = reason, .beyond_bounds = true});
    ir::Statement& statement = append_statement(out_.statements);
    statement.span = span;
    statement.kind = "Other";
    statement.runs = runs;
    add_step(statement, ir::op::Opaque{std::move(reason), {}, true}, span);
  }

  void leave_out(const Piece& piece) {
    add_opaque(host_.span(piece.tokens.front().begin, piece.tokens.back().end), piece.conditional ? Tri::unknown : Tri::yes,
               fmt::format("this statement is longer than {} MiB", limits_.statement_bytes >> 20U));
  }

  void leave_rest(const Piece& piece) {
    add_opaque(host_.span(piece.tokens.front().begin, static_cast<std::uint32_t>(host_.text().size())), Tri::yes,
               fmt::format("more than {} statements and comments are in one file", limits_.statements));
  }

  /// The parser stopped: what can be read of the piece is.
  void recover(const Piece& piece, const Run& whole, const ParseFailure& failure) {
    const TokenIndex stopped = whole.token_at(failure);
    TokenIndex end = piece.tokens.size();
    if (const std::optional<std::uint32_t> restart = statement_in_string(host_.text(), piece.tokens, stopped)) {
      const std::uint32_t again = piece.tokens.back().end - *restart;
      if (reread_ + again <= kRereadBudget) {
        reread_ += again;
        end = stopped;
        while (end < piece.tokens.size() && piece.tokens[end].end <= *restart) ++end;
        end = std::max<TokenIndex>(end, 1);
        splitter_.restart(*restart);
      }
    }
    recover_pieces(piece, end, failure);
  }

  /// Cuts [0, end) where statements seem to begin, and reads each part alone.
  void recover_pieces(const Piece& piece, TokenIndex end, const ParseFailure& failure) {
    std::vector<TokenIndex> bounds = {0};
    for (TokenIndex i = 1; i < end; ++i) {
      if (may_begin_statement(host_.text(), piece.tokens, i)) bounds.push_back(i);
    }
    if (bounds.size() == 1) return add_invalid(run_of(piece, 0, end), failure, out_, out_.statements);
    bounds.push_back(end);
    for (std::size_t k = 0; k + 1 < bounds.size();) {
      const Run part = run_of(piece, bounds[k], bounds[k + 1]);
      const std::optional<ParseFailure> error = read_run(part, out_, out_.statements);
      ++k;
      if (!error) continue;
      // Cut too early, perhaps: one more piece belongs to it.
      const bool at_end = error->at >= part.tokens.back().end - part.base();
      if (at_end && k + 1 < bounds.size() && !read_run(run_of(piece, bounds[k - 1], bounds[k + 1]), out_, out_.statements)) {
        ++k;
      } else {
        add_invalid(part, *error, out_, out_.statements);
      }
    }
  }

  const HostText& host_;
  Limits limits_;
  Parsed out_;
  Splitter splitter_;
  std::uint64_t reread_ = 0;
};

std::vector<Token> all_tokens(std::string_view text, const LexerOptions& options) {
  Lexer lexer(text, options, 0, static_cast<std::uint32_t>(text.size()));
  std::vector<Token> tokens;
  Token token;
  while (lexer.next(token)) tokens.push_back(token);
  return tokens;
}

}  // namespace

std::string_view grammar_version() { return PG_VERSION; }
int grammar_major() { return WHIMBREL_PG_MAJOR; }

Parsed parse(const HostText& text, const Options& options) { return FileReader(text, options).run(); }

ir::ExprPtr parse_expression(const HostText& text) {
  constexpr std::string_view kBefore = "SELECT ";
  const std::vector<Token> tokens = all_tokens(text.text(), {});
  const ParseTree tree(std::string(kBefore) + std::string(text.text()));
  const Items<RawStmt> statements(tree.statements());
  if (tokens.empty() || statements.size() != 1 || tag_of(statements[0]->stmt) != T_SelectStmt) return nullptr;
  const auto* select = as<SelectStmt>(statements[0]->stmt);
  const Items<ResTarget> targets(select->targetList);
  const bool alone = targets.size() == 1 && targets[0]->name == nullptr && select->op == SETOP_NONE && select->fromClause == nullptr &&
                     select->whereClause == nullptr && select->groupClause == nullptr && select->havingClause == nullptr &&
                     select->distinctClause == nullptr && select->sortClause == nullptr && select->limitCount == nullptr &&
                     select->limitOffset == nullptr && select->intoClause == nullptr && select->windowClause == nullptr && select->lockingClause == nullptr;
  if (!alone) return nullptr;
  Parsed sink;
  // Locations count from before the text: the subtraction wraps around, and back in Reader::at.
  const Reader reader(text, tokens, sink, 0U - static_cast<std::uint32_t>(kBefore.size()));
  return read_expr(reader, targets[0]->val);
}

std::optional<ir::TypeName> parse_type(std::string_view text) {
  const HostText host = HostText::plain(text, FileId{});
  const std::vector<Token> tokens = all_tokens(text, {});
  const ParseTree tree(std::string(text), ParseTree::Mode::type_name);
  const Items<> types(tree.statements());
  if (tokens.empty() || types.size() != 1) return std::nullopt;
  const ::Node* node = types[0];
  if (tag_of(node) == T_RawStmt) node = as<RawStmt>(node)->stmt;
  if (tag_of(node) != T_TypeName) return std::nullopt;
  Parsed sink;
  const Reader reader(host, tokens, sink, 0);
  ir::TypeName type = read_type(reader, as<::TypeName>(node));
  if (!type.known()) return std::nullopt;
  return type;
}

std::optional<ir::QualifiedName> parse_qualified_name(std::string_view text) {
  const std::vector<Token> tokens = all_tokens(text, {});
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view word = text.substr(tokens[i].begin, tokens[i].size());
    if (i % 2 == 1) {
      if (word != ".") return std::nullopt;
      continue;
    }
    std::string part;
    if (tokens[i].kind == TokenKind::word) {
      for (const char c : word) part += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (tokens[i].kind == TokenKind::quoted && word.front() == '"') {
      for (std::size_t k = 1; k + 1 < word.size(); ++k) {
        part += word[k];
        if (word[k] == '"') ++k;
      }
    } else {
      return std::nullopt;
    }
    parts.push_back(std::move(part));
  }
  if (parts.empty() || parts.size() > 3 || tokens.size() % 2 == 0) return std::nullopt;
  ir::QualifiedName name;
  name.name = parts.back();
  if (parts.size() > 1) name.schema = parts[parts.size() - 2];
  return name;
}

}  // namespace whimbrel::sql
