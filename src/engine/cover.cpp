// Which statements a suppression comment speaks of: the one that it is above, behind or inside of.
#include "cover.h"

#include <algorithm>
#include <cstddef>

namespace whimbrel::engine {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

std::size_t line_begin_of(std::string_view text, std::size_t at) {
  const std::size_t end = at == 0 ? std::string_view::npos : text.find_last_of("\n\r", at - 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

std::size_t line_end_of(std::string_view text, std::size_t at) { return std::min(text.find_first_of("\n\r", at), text.size()); }

/// Past a block comment, which nests in PostgreSQL.
std::size_t skip_block(std::string_view text, std::size_t at) {
  for (std::size_t depth = 0; at < text.size();) {
    const std::string_view two = text.substr(at, 2);
    if (two == "/*") {
      ++depth;
      at += 2;
    } else if (two == "*/") {
      at += 2;
      if (--depth == 0) break;
    } else {
      ++at;
    }
  }
  return at;
}

/// The next byte that is neither blank nor comment; the text's end where there is none.
std::size_t next_code(std::string_view text, std::size_t at, bool python) {
  while (at < text.size()) {
    const std::string_view two = text.substr(at, 2);
    if (is_blank(text[at])) {
      ++at;
    } else if (python ? text[at] == '#' : two == "--") {
      at = line_end_of(text, at);
    } else if (!python && two == "/*") {
      at = skip_block(text, at);
    } else {
      break;
    }
  }
  return at;
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

/// Where the block ends that a line of Python opens: behind the last of the following lines that are indented deeper.
std::size_t python_block_end(std::string_view text, std::size_t code) {
  const std::size_t begin = line_begin_of(text, code);
  std::size_t end = line_end_of(text, code);
  for (std::size_t at = end; at < text.size();) {
    const std::size_t next = at + 1;
    const std::size_t next_end = line_end_of(text, next);
    const std::string_view line = text.substr(next, next_end - next);
    at = next_end;
    if (std::ranges::all_of(line, is_blank)) continue;
    const bool closes = line[indent_of(line)] == ')';  // of a header that takes several lines
    if (indent_of(line) <= code - begin && !closes) break;
    end = next_end;
  }
  return end;
}

/// The innermost statement around the comment; empty: none.
Span around(Span comment, const std::vector<Span>& statements) {
  Span found{comment.file, 0, 0};
  for (const Span& statement : statements) {
    if (statement.begin <= comment.begin && comment.end <= statement.end && (found.empty() || statement.size() < found.size())) {
      found = statement;
    }
  }
  return found;
}

/// The last statement that ends on the comment's line before it; of several the outermost.
Span ended_before(Span comment, std::size_t line, const std::vector<Span>& statements) {
  Span found{comment.file, 0, 0};
  for (const Span& statement : statements) {
    if (statement.end <= line || statement.end > comment.begin) continue;
    if (found.empty() || statement.end > found.end || (statement.end == found.end && statement.begin < found.begin)) {
      found = statement;
    }
  }
  return found;
}

/// The first statement that begins in [begin, end); of several the outermost.
Span begun_in(std::size_t begin, std::size_t end, Span comment, const std::vector<Span>& statements) {
  Span found{comment.file, 0, 0};
  for (const Span& statement : statements) {
    if (statement.begin < begin || statement.begin >= end) continue;
    if (found.empty() || statement.begin < found.begin || (statement.begin == found.begin && statement.end > found.end)) {
      found = statement;
    }
  }
  return found;
}

}  // namespace

bool Cover::takes(const Span& place) const {
  if (!statement.empty()) return statement.contains(place);
  return line_begin <= place.begin && place.begin < line_end;
}

Cover find_cover(std::string_view text, Span comment, const std::vector<Span>& statements) {
  const Span outer = around(comment, statements);
  std::vector<Span> inner;  // only what stands on the comment's own level or below
  std::ranges::copy_if(statements, std::back_inserter(inner), [&](const Span& statement) {
    return outer.empty() || (outer.contains(statement) && statement != outer);
  });
  const std::size_t line = line_begin_of(text, comment.begin);
  const bool behind = !std::ranges::all_of(text.substr(line, comment.begin - line), is_blank);
  Cover cover;
  if (behind) {
    cover.statement = ended_before(comment, line, inner);
    cover.line_begin = static_cast<std::uint32_t>(line);
    cover.line_end = comment.begin;
  } else {
    const bool python = text.substr(comment.begin, 1) == "#";
    const std::size_t code = next_code(text, comment.end, python);
    const std::size_t end = line_end_of(text, code);
    cover.statement = begun_in(code, end, comment, inner);
    cover.line_begin = static_cast<std::uint32_t>(code);
    cover.line_end = static_cast<std::uint32_t>(python && cover.statement.empty() ? python_block_end(text, code) : end);
  }
  if (cover.statement.empty()) cover.statement = outer;
  return cover;
}

}  // namespace whimbrel::engine
