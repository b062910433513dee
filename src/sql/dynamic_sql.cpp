// The text that PL/pgSQL's EXECUTE runs, as far as it can be told without running it.
#include "dynamic_sql.h"

namespace whimbrel::sql {
namespace {

/// Calls within calls are read this deep.
constexpr int kDeepest = 16;

std::string quote_literal(std::string_view value) {
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'') quoted += c;
    quoted += c;
  }
  return quoted + "'";
}

class Evaluator {
 public:
  Evaluator(const Reader& reader, const Constants& constants) : reader_(reader), constants_(constants), builder_(reader.host().file()) {}

  void concatenation(TokenIndex begin, TokenIndex end) {
    TokenIndex from = begin;
    for (TokenIndex i = begin; i <= end; ++i) {
      const bool cut = i == end || (reader_.token(i).kind == TokenKind::op && reader_.word(i) == "||");
      if (cut) {
        term(from, i);
        from = i + 1;
      } else if (reader_.is_symbol(i, '(') || reader_.is_symbol(i, '[')) {
        i = std::min(reader_.match(i), end - 1);
      }
    }
  }

  DynamicText take() { return {builder_.take(), holes_, starts_known_}; }

 private:
  void known(const HostText& piece) {
    if (!piece.text().empty()) started(true);
    builder_.append(piece);
  }
  void known(std::string_view bytes, Span origin) {
    started(true);
    builder_.append(bytes, origin);
  }
  void hole(TokenIndex begin, TokenIndex end) { hole(reader_.span(begin, end)); }
  void hole(Span origin) {
    started(false);
    ++holes_;
    builder_.append(kHole, origin);
  }
  void started(bool as_known) {
    if (!started_) starts_known_ = as_known;
    started_ = true;
  }

  /// The literal that an argument is, or stands for.
  std::optional<DecodedText> literal(TokenIndex begin, TokenIndex end) const {
    // x::text says no more than x.
    for (TokenIndex i = begin + 1; i < end; ++i) {
      if (reader_.token(i).kind == TokenKind::op && reader_.word(i) == "::") {
        end = i;
        break;
      }
    }
    while (end > begin + 2 && reader_.is_symbol(begin, '(') && reader_.match(begin) == end - 1) {
      ++begin;
      --end;
    }
    if (end != begin + 1) return std::nullopt;
    const Token& token = reader_.token(begin);
    if (token.kind == TokenKind::string || token.kind == TokenKind::dollar) return decode_string(reader_.host(), token);
    if (token.kind == TokenKind::number) return DecodedText{nullptr, reader_.host().part(token.begin, token.end)};
    if (token.kind != TokenKind::word) return std::nullopt;
    std::string name(reader_.word(begin));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto found = constants_.find(name);
    return found == constants_.end() ? std::nullopt : std::optional(found->second);
  }

  void term(TokenIndex begin, TokenIndex end) {
    if (begin >= end) return;
    if (const std::optional<DecodedText> text = literal(begin, end)) return known(text->host);
    if (++depth_ > kDeepest) {
      --depth_;
      return hole(begin, end);
    }
    if (reader_.is_symbol(begin, '(') && reader_.match(begin) == end - 1) {
      concatenation(begin + 1, end - 1);
    } else {
      call(begin, end);
    }
    --depth_;
  }

  void call(TokenIndex begin, TokenIndex end) {
    TokenIndex name = begin;
    if (reader_.is(begin, "pg_catalog") && reader_.is_symbol(begin + 1, '.')) name += 2;
    const TokenIndex open = name + 1;
    if (!reader_.is_symbol(open, '(') || reader_.match(open) != end - 1) return hole(begin, end);
    std::vector<std::pair<TokenIndex, TokenIndex>> args;
    for (TokenIndex i = open + 1; i < end;) {
      const TokenIndex stop = reader_.list_end(i);
      args.emplace_back(i, std::min(stop, end - 1));
      i = stop + 1;
    }
    if (reader_.is(name, "format") && !args.empty()) return format(args);
    const bool identifier = reader_.is(name, "quote_ident");
    if (args.size() == 1 && (identifier || reader_.is(name, "quote_literal") || reader_.is(name, "quote_nullable"))) {
      const std::optional<DecodedText> text = literal(args[0].first, args[0].second);
      if (!text && identifier) return hole(begin, end);
      if (!text) return unknown_literal(reader_.span(begin, end));
      const std::string_view value = text->host.text();
      return known(identifier ? ir::quote_identifier(value) : quote_literal(value), reader_.span(begin, end));
    }
    if (args.size() == 1 && (reader_.is(name, "trim") || reader_.is(name, "btrim"))) return concatenation(args[0].first, args[0].second);
    hole(begin, end);
  }

  void unknown_literal(Span origin) {
    started(false);
    ++holes_;
    builder_.append("'" + std::string(kHole) + "'", origin);
  }

  /// format('…%I…', args): %s, %I, %L, %%, and n$ before the letter ("Formatting" of the manual's string functions).
  void format(const std::vector<std::pair<TokenIndex, TokenIndex>>& args) {
    Evaluator pattern_reader(reader_, constants_);
    pattern_reader.depth_ = depth_;
    pattern_reader.concatenation(args[0].first, args[0].second);
    const DynamicText pattern = pattern_reader.take();
    if (pattern.holes > 0) return hole(args[0].first, args[0].second);
    const HostText& host = pattern.text.host;
    const std::string_view text = host.text();
    owned_.push_back(pattern.text.owned);
    std::size_t next_arg = 1;
    std::uint32_t run = 0;
    for (std::uint32_t i = 0; i < text.size();) {
      if (text[i] != '%') {
        ++i;
        continue;
      }
      if (i > run) known(host.part(run, i));
      std::uint32_t at = i + 1;
      std::size_t position = 0;
      while (at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == '-')) {
        if (text[at] != '-' && position < 1000) position = position * 10 + static_cast<std::size_t>(text[at] - '0');
        ++at;
      }
      const bool numbered = at < text.size() && text[at] == '$';
      if (numbered) ++at;
      const char letter = at < text.size() ? text[at] : '%';
      const Span origin = host.span(i, std::min<std::uint32_t>(at + 1, static_cast<std::uint32_t>(text.size())));
      run = i = at + 1;
      if (letter == '%') {
        known("%", origin);
        continue;
      }
      const std::size_t index = numbered ? position : next_arg;
      if (numbered) next_arg = position;
      ++next_arg;
      substitute(letter, index < args.size() ? literal(args[index].first, args[index].second) : std::nullopt, origin);
    }
    if (run < text.size()) known(host.part(run, static_cast<std::uint32_t>(text.size())));
  }

  void substitute(char letter, const std::optional<DecodedText>& value, Span origin) {
    if (!value) return letter == 'L' ? unknown_literal(origin) : hole(origin);
    const std::string_view text = value->host.text();
    if (letter == 'I') return known(ir::quote_identifier(text), origin);
    if (letter == 'L') return known(quote_literal(text), origin);
    known(text, origin);
  }

  const Reader& reader_;
  const Constants& constants_;
  TextBuilder builder_;
  std::vector<std::shared_ptr<const std::string>> owned_;
  int holes_ = 0;
  int depth_ = 0;
  bool started_ = false;
  bool starts_known_ = false;
};

}  // namespace

DynamicText evaluate(const Reader& reader, TokenIndex begin, TokenIndex end, const Constants& constants) {
  Evaluator evaluator(reader, constants);
  evaluator.concatenation(begin, end);
  return evaluator.take();
}

}  // namespace whimbrel::sql
