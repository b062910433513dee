// Cuts a text into statements at its semicolons, as psql does, and takes out what is no SQL.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lexer.h"
#include "whimbrel/ir/migration.h"
#include "whimbrel/sql/host_text.h"

namespace whimbrel::sql {

/// The tokens of one statement, without its semicolon.
struct Piece {
  std::vector<Token> tokens;
  std::vector<Mask> masks;
  bool conditional = false;  ///< under psql's \if, or under a template's
  bool too_long = false;     ///< than is read: only its first and last tokens are here
};

class Splitter {
 public:
  /// `longest` is the most bytes of a statement. `unknown` takes what is met between statements and cannot be known, `remarks` psql's commands.
  Splitter(const HostText& host, const LexerOptions& options, std::uint32_t longest, std::vector<ir::Unknown>& unknown,
           std::vector<ir::Remark>& remarks);

  /// The next statement that has a token; false at the end of the text.
  bool next(Piece& piece);
  /// Goes on at a byte, after a statement that turned out to end before it.
  void restart(std::uint32_t position);

  [[nodiscard]] const std::vector<ByteRange>& comments() const { return lexer_.comments; }

 private:
  bool take_meta(const Token& token, bool has_tokens);
  bool take_template(const Piece& piece, const Token& token);
  void take_copy_data(const Piece& piece);
  [[nodiscard]] std::string_view word(const Token& token) const { return text_.substr(token.begin, token.size()); }
  void keep(Piece& piece, const Token& token);
  void note(std::uint32_t begin, std::uint32_t end, std::string reason);

  const HostText& host_;
  std::string_view text_;
  LexerOptions options_;
  std::uint32_t longest_;   ///< bytes of a statement
  Lexer lexer_;
  std::vector<ir::Unknown>& unknown_;
  std::vector<ir::Remark>& remarks_;
  int conditions_ = 0;
  bool no_more_copy_ends_ = false;
};

}  // namespace whimbrel::sql
