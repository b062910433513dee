// Where a statement may begin inside text that did not parse.
#include "recovery.h"

namespace whimbrel::sql {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  for (const std::string_view item : list) {
    if (is_keyword(word, item)) return true;
  }
  return false;
}

/// Words that may follow CREATE, ALTER and DROP. Not COLUMN, CONSTRAINT, DEFAULT …: those are actions of ALTER TABLE.
bool is_object_word(std::string_view word) {
  return one_of(word, {"table",    "index",     "unique",   "view",       "materialized", "sequence", "type",      "domain",      "function",
                       "procedure", "trigger",  "schema",   "extension",  "role",         "user",     "database",  "policy",      "rule",
                       "or",       "temp",      "temporary", "unlogged",  "foreign",      "global",   "local",     "aggregate",   "operator",
                       "cast",     "collation", "event",    "publication", "subscription", "server",  "statistics", "tablespace", "text",
                       "language", "conversion", "recursive", "constraint"});
}

bool two_words(std::string_view first, std::string_view second) {
  if (one_of(first, {"create"})) return is_object_word(second);
  if (one_of(first, {"alter", "drop"})) return is_object_word(second) && !one_of(second, {"or", "unique", "constraint", "recursive"});
  if (one_of(first, {"insert", "merge"})) return one_of(second, {"into"});
  if (one_of(first, {"delete"})) return one_of(second, {"from"});
  if (one_of(first, {"comment"})) return one_of(second, {"on"});
  if (one_of(first, {"refresh"})) return one_of(second, {"materialized"});
  if (one_of(first, {"truncate", "lock", "vacuum", "analyze", "reindex", "cluster", "update", "grant", "revoke", "copy", "call"})) return !second.empty();
  return false;
}

std::string_view word_at(std::string_view line, std::size_t& i) {
  while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) ++i;
  const std::size_t begin = i;
  while (i < line.size() && ((line[i] | 0x20) >= 'a' && (line[i] | 0x20) <= 'z')) ++i;
  return line.substr(begin, i - begin);
}

}  // namespace

bool may_begin_statement(std::string_view text, std::span<const Token> tokens, TokenIndex i) {
  if (!tokens[i].line_start || tokens[i].kind != TokenKind::word) return false;
  const auto word = [&](TokenIndex k) { return k < tokens.size() ? text.substr(tokens[k].begin, tokens[k].size()) : std::string_view(); };
  const std::string_view first = word(i);
  if (i > 0) {
    const std::string_view before = word(i - 1);
    const Token& previous = tokens[i - 1];
    if (previous.kind == TokenKind::op) return false;
    if (previous.kind == TokenKind::symbol && before != ")" && before != "]" && before != ";") return false;
    if (previous.kind == TokenKind::word && one_of(before, {"as", "do", "on", "explain", "analyze", "for", "then", "with", "grant", "before", "after", "or"})) return false;
  }
  if (two_words(first, word(i + 1))) return true;
  // One word is enough for these where it stands alone.
  return one_of(first, {"begin", "commit", "rollback"}) && i + 1 == tokens.size();
}

std::optional<std::uint32_t> statement_in_string(std::string_view text, std::span<const Token> tokens, TokenIndex from) {
  for (TokenIndex i = from; i < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::string && tokens[i].kind != TokenKind::quoted) continue;
    std::size_t line = text.find('\n', tokens[i].begin);
    while (line != std::string_view::npos && line < tokens[i].end) {
      ++line;
      std::size_t end = text.find('\n', line);
      if (end == std::string_view::npos) end = text.size();
      std::size_t at = 0;
      const std::string_view rest = text.substr(line, end - line);
      const std::string_view first = word_at(rest, at);
      const std::size_t begin = at - first.size();
      if (two_words(first, word_at(rest, at))) return static_cast<std::uint32_t>(line + begin);
      line = end < text.size() ? end : std::string_view::npos;
    }
  }
  return std::nullopt;
}

}  // namespace whimbrel::sql
