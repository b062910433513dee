// String constants as the text that they stand for, with the way back to the file.
#pragma once

#include <memory>

#include "lexer.h"
#include "whimbrel/sql/host_text.h"

namespace whimbrel::sql {

/// A text and what holds its bytes, where the file does not hold them as they are.
struct DecodedText {
  std::shared_ptr<const std::string> owned;
  HostText host = HostText::plain("", FileId{});
};

/// What is between the quotes of a string or dollar-quoted token, escapes undone. Bit strings and U&'' are taken as they stand.
DecodedText decode_string(const HostText& host, const Token& token);

/// Builds a text out of pieces of others.
class TextBuilder {
 public:
  explicit TextBuilder(FileId file) : file_(file) {}
  void append(const HostText& piece);
  /// Bytes that all come from one place.
  void append(std::string_view bytes, Span origin);
  [[nodiscard]] DecodedText take();

 private:
  FileId file_;
  std::string text_;
  std::vector<Segment> segments_;
};

}  // namespace whimbrel::sql
