// One statement's tokens: brackets, lists, names and spans.
#include "reader.h"

namespace whimbrel::sql {

TokenIndex Reader::at(int location) const {
  if (location < 0) return tokens_.size();
  const std::uint32_t offset = base_ + static_cast<std::uint32_t>(location);
  // A tree is read nearly in the order of its text: the token is mostly the next, or one soon after the last that was asked for.
  constexpr TokenIndex kNear = 8;
  const TokenIndex from = near_ < tokens_.size() && tokens_[near_].begin <= offset ? near_ : 0;
  TokenIndex i = from;
  while (i < tokens_.size() && i - from < kNear && tokens_[i].begin < offset) ++i;
  if (i - from == kNear) {
    const auto found = std::ranges::lower_bound(tokens_.subspan(i), offset, {}, &Token::begin);
    i += static_cast<TokenIndex>(found - tokens_.subspan(i).begin());
  }
  near_ = i;
  // A location inside a token (of a type's name in a masked word, say) is that token.
  return i > 0 && tokens_[i - 1].end > offset ? i - 1 : i;
}

void Reader::build_matches() const {
  matches_.assign(tokens_.size(), static_cast<std::uint32_t>(tokens_.size()));
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    if (tokens_[i].kind != TokenKind::symbol) continue;
    const char symbol = host_.text()[tokens_[i].begin];
    if (symbol == '(' || symbol == '[') open.push_back(i);
    if ((symbol == ')' || symbol == ']') && !open.empty()) {
      matches_[i] = open.back();
      matches_[open.back()] = i;
      open.pop_back();
    }
  }
}

TokenIndex Reader::match(TokenIndex open) const {
  if (open >= tokens_.size()) return tokens_.size();
  if (matches_.empty()) build_matches();
  return matches_[open];
}

TokenIndex Reader::list_end(TokenIndex from) const {
  for (TokenIndex i = from; i < count(); ++i) {
    if (tokens_[i].kind != TokenKind::symbol) continue;
    const char symbol = host_.text()[tokens_[i].begin];
    if (symbol == ',' || symbol == ')' || symbol == ']') return i;
    if (symbol == '(' || symbol == '[') i = match(i);
  }
  return count();
}

TokenIndex Reader::find(TokenIndex from, TokenIndex to, std::string_view keyword) const {
  for (TokenIndex i = from; i < to && i < count(); ++i) {
    if (is(i, keyword)) return i;
    if (is_symbol(i, '(') || is_symbol(i, '[')) i = match(i);
  }
  return to;
}

TokenIndex Reader::name_end(TokenIndex i) const {
  if (i >= count()) return count();
  ++i;
  while (is_symbol(i, '.') && i + 1 < count()) i += 2;
  return i;
}

Span Reader::span(TokenIndex begin, TokenIndex end) const {
  if (tokens_.empty()) return host_.span(0, 0);
  end = std::min(end, tokens_.size());
  if (begin >= end) {
    const std::uint32_t offset = begin < tokens_.size() ? tokens_[begin].begin : tokens_.back().end;
    return host_.span(offset, offset);
  }
  return host_.span(tokens_[begin].begin, tokens_[end - 1].end);
}

const std::string* Reader::masked(std::string_view read) const {
  const auto found = masked_names.find(read);
  return found == masked_names.end() ? nullptr : &found->second;
}

std::string Reader::str(const char* value) const {
  if (value == nullptr) return {};
  if (!masked_names.empty()) {
    if (const std::string* source = masked(value)) return *source;
  }
  return value;
}

bool Cursor::accept(std::string_view keyword) {
  if (!reader_.is(at_, keyword)) return false;
  ++at_;
  return true;
}

bool Cursor::accept(std::initializer_list<std::string_view> keywords) {
  TokenIndex i = at_;
  for (const std::string_view keyword : keywords) {
    if (!reader_.is(i++, keyword)) return false;
  }
  at_ = i;
  return true;
}

bool Cursor::accept_symbol(char symbol) {
  if (!reader_.is_symbol(at_, symbol)) return false;
  ++at_;
  return true;
}

Span Cursor::name() {
  const TokenIndex begin = at_;
  at_ = reader_.name_end(begin);
  return reader_.span(begin, at_);
}

}  // namespace whimbrel::sql
