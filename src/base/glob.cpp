// Shell-like patterns over paths, as a set of states walked along the path: no pattern can make it slow.
#include <cstdint>
#include <vector>

#include "utf8.h"
#include "whimbrel/base/text.h"

namespace whimbrel {

namespace {

enum class Kind : std::uint8_t {
  literal,
  any_character,   // ?
  any_in_segment,  // *
  anything,        // **
  enter_folders,   // **/ at the start of a segment: no folder at all, or …
  folders,         // … any number of them, each with its slash
};

struct Token {
  Kind kind = Kind::literal;
  char32_t character = 0;
};

std::vector<Token> read_pattern(std::string_view pattern) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < pattern.size();) {
    const bool segment_start = i == 0 || pattern[i - 1] == '/';
    if (pattern[i] == '*') {
      const std::size_t begin = i;
      while (i < pattern.size() && pattern[i] == '*') ++i;
      if (i - begin == 1) {
        tokens.push_back({Kind::any_in_segment});
      } else if (segment_start && i < pattern.size() && pattern[i] == '/') {
        tokens.push_back({Kind::enter_folders});
        tokens.push_back({Kind::folders});
        ++i;
      } else {
        tokens.push_back({Kind::anything});
      }
      continue;
    }
    const CodePoint point = decode_at(pattern, i);
    tokens.push_back({pattern[i] == '?' ? Kind::any_character : Kind::literal, point.value});
    i += point.size;
  }
  return tokens;
}

/// States that can be reached without a character, added in place. All such steps go forward, so one pass is enough.
void close_over(const std::vector<Token>& tokens, std::vector<bool>& states) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!states[i]) continue;
    switch (tokens[i].kind) {
      case Kind::any_in_segment:
      case Kind::anything:
        states[i + 1] = true;
        break;
      case Kind::enter_folders:
        states[i + 1] = true;
        states[i + 2] = true;
        break;
      case Kind::literal:
      case Kind::any_character:
      case Kind::folders:
        break;
    }
  }
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view path) {
  const std::vector<Token> tokens = read_pattern(pattern);
  std::vector<bool> states(tokens.size() + 1);
  std::vector<bool> next(tokens.size() + 1);
  states[0] = true;
  close_over(tokens, states);
  for (std::size_t at = 0; at < path.size();) {
    const CodePoint point = decode_at(path, at);
    const bool slash = path[at] == '/';
    at += point.size;
    next.assign(next.size(), false);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!states[i]) continue;
      switch (tokens[i].kind) {
        case Kind::literal:
          if (point.value == tokens[i].character) next[i + 1] = true;
          break;
        case Kind::any_character:
          if (!slash) next[i + 1] = true;
          break;
        case Kind::any_in_segment:
          if (!slash) next[i] = true;
          break;
        case Kind::anything:
          next[i] = true;
          break;
        case Kind::enter_folders:
          break;
        case Kind::folders:
          next[i] = true;
          if (slash) next[i + 1] = true;
          break;
      }
    }
    close_over(tokens, next);
    states.swap(next);
  }
  return states[tokens.size()];
}

}  // namespace whimbrel
