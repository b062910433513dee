// Statements end at semicolons outside a rule's actions and a routine's BEGIN ATOMIC body.
#include "splitter.h"

#include <fmt/format.h>

#include <array>

namespace whimbrel::sql {
namespace {

/// Follows the few words that decide whether a semicolon ends the statement.
class Ends {
 public:
  void see(std::string_view word, std::size_t index) {
    if (index == 0) creates_ = is_keyword(word, "create");
    if (!creates_) return;
    if (index < 4) {
      rule_ = rule_ || is_keyword(word, "rule");
      routine_ = routine_ || is_keyword(word, "function") || is_keyword(word, "procedure");
    }
    if (!routine_) return;
    if (atomic_ == 0) {
      if (after_begin_ && is_keyword(word, "atomic")) atomic_ = 1;
      after_begin_ = is_keyword(word, "begin");
    } else if (is_keyword(word, "case")) {
      ++atomic_;
    } else if (is_keyword(word, "end")) {
      --atomic_;
    }
  }
  void see(char symbol) {
    after_begin_ = false;
    if (symbol == '(') ++depth_;
    if (symbol == ')') --depth_;
  }
  [[nodiscard]] bool at_semicolon() const { return atomic_ == 0 && (!rule_ || depth_ <= 0); }

 private:
  bool creates_ = false, rule_ = false, routine_ = false, after_begin_ = false;
  int atomic_ = 0;
  int depth_ = 0;
};

/// The command's name behind its backslash.
std::string_view command_name(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && text[end] != ' ' && text[end] != '\t' && text[end] != '\r' && text[end] != '\\') ++end;
  return text.substr(1, end - 1);
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  for (const std::string_view item : list) {
    if (word == item) return true;
  }
  return false;
}

}  // namespace

Splitter::Splitter(const HostText& host, const LexerOptions& options, std::uint32_t longest, std::vector<ir::Unknown>& unknown,
                   std::vector<ir::Remark>& remarks)
    : host_(host),
      text_(host.text()),
      options_(options),
      longest_(longest),
      lexer_(text_, options, 0, static_cast<std::uint32_t>(text_.size())),
      unknown_(unknown),
      remarks_(remarks) {
  if (text_.starts_with("\xef\xbb\xbf")) lexer_.seek(3);  // a byte order mark would stick to the first word
}

void Splitter::note(std::uint32_t begin, std::uint32_t end, std::string reason) {
  unknown_.push_back({host_.span(begin, end), std::move(reason)});
}

void Splitter::restart(std::uint32_t position) { lexer_.seek(position); }

/// The backslash commands of psql on one line. True where one of them ends the statement before it.
bool Splitter::take_meta(const Token& token, bool has_tokens) {
  const std::string_view line = word(token);
  bool ends = false;
  remarks_.push_back({ir::Remark::Kind::psql_command, host_.span(token.begin, token.end), fmt::format("\\{}", command_name(line))});
  for (std::size_t at = 0; at != std::string_view::npos; at = line.find('\\', at + 1)) {
    const std::string_view name = command_name(line.substr(at));
    ends = ends || name == ";" || one_of(name, {"g", "gx", "gexec", "gset", "gdesc", "crosstabview", "watch"});
    if (name == "if") ++conditions_;
    if (name == "endif" && conditions_ > 0) --conditions_;
    if (one_of(name, {"i", "ir", "include", "include_relative"})) {
      note(token.begin, token.end, fmt::format("\\{} runs another file", name));
    } else if (one_of(name, {"connect", "c"})) {
      note(token.begin, token.end, fmt::format("\\{} goes on in another database", name));
    } else if (name == "copy") {
      note(token.begin, token.end, "\\copy moves data by psql");
    } else if (name == "gexec") {
      note(token.begin, token.end, "\\gexec runs what the query returns");
    }
  }
  return ends && has_tokens;
}

/// Whether a template steers, or stands where a statement would begin: no token of the statement then.
bool Splitter::take_template(const Piece& piece, const Token& token) {
  const Mask& mask = lexer_.masks.back();
  if (mask.begin != token.begin || mask.end != token.end || mask.kind == Mask::Kind::variable) return false;
  if (mask.kind == Mask::Kind::control_template) return true;
  if (!piece.tokens.empty() || !mask.own_line) return false;
  note(token.begin, token.end, fmt::format("{} may write any statement here", word(token)));
  return true;
}

/// The rows behind COPY … FROM stdin: from the next line up to the line `\.`.
void Splitter::take_copy_data(const Piece& piece) {
  if (!options_.psql || piece.tokens.size() < 4 || !is_keyword(word(piece.tokens.front()), "copy")) return;
  bool from_stdin = false;
  for (std::size_t i = 2; i < piece.tokens.size() && i < 4096; ++i) {
    from_stdin = from_stdin || (is_keyword(word(piece.tokens[i]), "stdin") && is_keyword(word(piece.tokens[i - 1]), "from"));
  }
  if (!from_stdin || no_more_copy_ends_) return;
  std::size_t line = lexer_.after_line(lexer_.position());
  const std::size_t begin = line;
  while (line < text_.size()) {
    if (text_.substr(line, 2) == "\\." && (line + 2 >= text_.size() || text_[line + 2] == '\n' || text_[line + 2] == '\r')) {
      lexer_.seek(lexer_.after_line(static_cast<std::uint32_t>(line)));
      return;
    }
    const std::size_t end = text_.find('\n', line);
    if (end == std::string_view::npos) break;
    line = end + 1;
  }
  // Without its end there are no rows in the file: somebody else feeds them.
  no_more_copy_ends_ = begin < text_.size();
}

/// A statement that is too long to be read is not worth its tokens either.
void Splitter::keep(Piece& piece, const Token& token) {
  constexpr std::size_t kKept = 64;   // enough to see where COPY's rows come from
  if (!piece.too_long && !piece.tokens.empty() && token.end - piece.tokens.front().begin > longest_) {
    piece.too_long = true;
    if (piece.tokens.size() > kKept) piece.tokens.resize(kKept);
    piece.tokens.shrink_to_fit();
    piece.tokens.push_back(token);
  } else if (piece.too_long) {
    piece.tokens.back() = token;
    lexer_.masks.clear();
  } else {
    piece.tokens.push_back(token);
  }
}

bool Splitter::next(Piece& piece) {
  piece.tokens.clear();
  piece.conditional = conditions_ > 0;
  piece.too_long = false;
  lexer_.masks.clear();
  Ends ends;
  Token token;
  bool more = false;
  while ((more = lexer_.next(token))) {
    if (token.kind == TokenKind::meta) {
      if (take_meta(token, !piece.tokens.empty())) break;
      if (piece.tokens.empty()) {
        piece.conditional = conditions_ > 0;
      } else {
        lexer_.masks.push_back({token.begin, token.end, Mask::Kind::control_template, true});
      }
      continue;
    }
    if (token.masked && take_template(piece, token)) continue;
    if (token.kind == TokenKind::symbol) {
      const char symbol = text_[token.begin];
      if (symbol == ';' && ends.at_semicolon()) {
        if (piece.tokens.empty()) continue;
        take_copy_data(piece);
        break;
      }
      ends.see(symbol);
    } else if (token.kind == TokenKind::word) {
      ends.see(word(token), piece.tokens.size());
    }
    keep(piece, token);
  }
  piece.masks = lexer_.masks;
  return !piece.tokens.empty();
}

}  // namespace whimbrel::sql
