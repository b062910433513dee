// One statement while it is read: its tokens, its place in the file, and where to put what cannot be known.
#pragma once

#include <map>
#include <span>

#include "server.h"
#include "splitter.h"
#include "whimbrel/ir/migration.h"
#include "whimbrel/sql/sql.h"

namespace whimbrel::sql {

/// Index of a token of the statement; `Reader::count()` is behind the last.
using TokenIndex = std::size_t;

/// What the server read in place of masked names, and what the source says.
using MaskedNames = std::map<std::string, std::string, std::less<>>;

class Reader {
 public:
  /// Locations of the tree count from the byte `base` of the text. `sink` takes what is met on the way: unknowns, comments.
  Reader(const HostText& host, std::span<const Token> tokens, Parsed& sink, std::uint32_t base)
      : host_(host), tokens_(tokens), sink_(sink), base_(base) {}

  /// The same statement's tokens [from, to) as a statement of their own: an element of CREATE SCHEMA, what EXPLAIN runs.
  [[nodiscard]] Reader part(TokenIndex from, TokenIndex to) const {
    Reader inner(host_, tokens_.subspan(from, std::max(from, to) - from), sink_, base_);
    inner.masked_names = masked_names;
    return inner;
  }

  // ---- tokens ----
  [[nodiscard]] TokenIndex count() const { return tokens_.size(); }
  [[nodiscard]] const Token& token(TokenIndex i) const { return tokens_[i]; }
  [[nodiscard]] std::string_view word(TokenIndex i) const {
    return i < tokens_.size() ? host_.text().substr(tokens_[i].begin, tokens_[i].size()) : std::string_view();
  }
  /// Whether the token is this (lower-case) keyword, not quoted.
  [[nodiscard]] bool is(TokenIndex i, std::string_view keyword) const {
    return i < tokens_.size() && tokens_[i].size() == keyword.size() && tokens_[i].kind == TokenKind::word && is_keyword(word(i), keyword);
  }
  [[nodiscard]] bool is_symbol(TokenIndex i, char symbol) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::symbol && host_.text()[tokens_[i].begin] == symbol;
  }
  /// The first token that does not begin before a location of the tree; count() for a location that is unknown (-1).
  [[nodiscard]] TokenIndex at(int location) const;
  /// The index of the bracket that closes the one at `open` (the other way round too); count() where there is none.
  [[nodiscard]] TokenIndex match(TokenIndex open) const;
  /// The first comma or closing bracket at the depth of `from`, or count().
  [[nodiscard]] TokenIndex list_end(TokenIndex from) const;
  /// The first of [from, to) at the depth of `from` that is this keyword; `to` where there is none.
  [[nodiscard]] TokenIndex find(TokenIndex from, TokenIndex to, std::string_view keyword) const;
  /// Behind a qualified name that begins at a token: a.b.c
  [[nodiscard]] TokenIndex name_end(TokenIndex i) const;

  // ---- places ----
  /// From the first byte of a token to the last one of the token before `end`.
  [[nodiscard]] Span span(TokenIndex begin, TokenIndex end) const;
  [[nodiscard]] Span token_span(TokenIndex i) const { return span(i, i + 1); }
  [[nodiscard]] Span whole() const { return span(0, count()); }
  [[nodiscard]] const HostText& host() const { return host_; }

  // ---- names ----
  /// A string of the tree; what the source says for one that was masked.
  [[nodiscard]] std::string str(const char* value) const;
  /// What stands in the source for a masked name; null for a name that is none.
  [[nodiscard]] const std::string* masked(std::string_view read) const;
  [[nodiscard]] ir::Name name(const char* value, TokenIndex i) const { return {str(value), token_span(i)}; }
  MaskedNames masked_names;

  void unknown(Span span, std::string reason) { sink_.unknown.push_back({span, std::move(reason)}); }
  void unknown(ir::Unknown what) { sink_.unknown.push_back(std::move(what)); }
  [[nodiscard]] Parsed& sink() { return sink_; }

 private:
  void build_matches() const;

  const HostText& host_;
  std::span<const Token> tokens_;
  Parsed& sink_;
  std::uint32_t base_;
  mutable TokenIndex near_ = 0;                 ///< where `at` found its last token
  mutable std::vector<std::uint32_t> matches_;  ///< built when first asked for: long INSERTs do without
};

/// Walks along the tokens of a statement whose tree has no locations.
class Cursor {
 public:
  explicit Cursor(const Reader& reader, TokenIndex at = 0) : reader_(reader), at_(at) {}
  [[nodiscard]] TokenIndex index() const { return at_; }
  void go(TokenIndex at) { at_ = at; }
  bool accept(std::string_view keyword);
  /// All of the keywords in a row, or none.
  bool accept(std::initializer_list<std::string_view> keywords);
  bool accept_symbol(char symbol);
  /// Over a qualified name.
  Span name();

 private:
  const Reader& reader_;
  TokenIndex at_;
};

}  // namespace whimbrel::sql
