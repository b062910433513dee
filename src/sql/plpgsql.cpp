// The SQL inside a PL/pgSQL body: a splitter of ours, since the server's PL/pgSQL parser knows lines and no bytes.
//
// One pass over the body's tokens. Frames (BEGIN, IF, CASE, LOOP) say whether what stands inside runs for certain.
#include "plpgsql.h"

#include "execute.h"
#include "run.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

class BodyReader {
 public:
  BodyReader(const HostText& body, Parsed& sink, std::vector<ir::Statement>& out) : body_(body), sink_(sink), out_(out) {
    Lexer lexer(body.text(), {.psql = false, .templates = true, .placeholders = false}, 0, static_cast<std::uint32_t>(body.text().size()));
    Token token;
    while (lexer.next(token)) tokens_.push_back(token);
    masks_ = std::move(lexer.masks);
    for (const ByteRange& comment : lexer.comments) {
      sink_.comments.push_back({body.span(comment.begin, comment.end), std::string(body.text().substr(comment.begin, comment.end - comment.begin))});
    }
    if (tokens_.empty()) return;
    reader_.emplace(body_, tokens_, sink_, 0);
  }

  void run() {
    if (!reader_) return;
    forget_assigned();
    while (at_ < count()) {
      const TokenIndex before = at_;
      statement();
      if (at_ <= before) at_ = before + 1;
    }
  }

 private:
  enum class Frame : std::uint8_t { block, condition, choice, loop };
  struct Open {
    Frame frame;
    bool uncertain;
  };

  // ---- tokens ----
  [[nodiscard]] TokenIndex count() const { return tokens_.size(); }
  [[nodiscard]] bool is(TokenIndex i, std::string_view word) const { return reader_->is(i, word); }
  [[nodiscard]] bool is_one_of(TokenIndex i, std::initializer_list<std::string_view> words) const {
    return std::ranges::any_of(words, [&](std::string_view word) { return is(i, word); });
  }
  [[nodiscard]] bool is_op(TokenIndex i, std::string_view op) const { return i < count() && tokens_[i].kind == TokenKind::op && reader_->word(i) == op; }

  /// The semicolon that ends the statement at `from`, or the end.
  [[nodiscard]] TokenIndex semicolon(TokenIndex from) const {
    while (from < count() && !reader_->is_symbol(from, ';')) ++from;
    return from;
  }

  /// The keyword that ends an expression at `from`: THEN, LOOP. CASE expressions hide their own.
  [[nodiscard]] TokenIndex keyword_behind(TokenIndex from, std::string_view word) const {
    int cases = 0;
    for (TokenIndex i = from; i < count() && !reader_->is_symbol(i, ';'); ++i) {
      if (is(i, "case")) {
        ++cases;
      } else if (cases > 0 && is(i, "end")) {
        --cases;
      } else if (cases == 0 && is(i, word)) {
        return i;
      }
    }
    return semicolon(from);
  }

  [[nodiscard]] std::string lower(TokenIndex i) const {
    std::string word(reader_->word(i));
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return word;
  }

  [[nodiscard]] Tri runs() const {
    return std::ranges::any_of(frames_, &Open::uncertain) ? Tri::unknown : Tri::yes;
  }

  // ---- SQL ----
  void sql(TokenIndex begin, TokenIndex end, std::string_view first_word = {}, std::optional<Tri> when = std::nullopt) {
    if (begin >= end) return;
    std::vector<ByteRange> blanks = into_targets(begin, end);
    const Run run{body_, std::span(tokens_).subspan(begin, end - begin), masks_, blanks, first_word, when.value_or(runs())};
    if (const std::optional<ParseFailure> failure = read_run(run, sink_, out_)) add_invalid(run, *failure, sink_, out_);
  }

  /// An expression matters only where it reads tables.
  void expression(TokenIndex begin, TokenIndex end) {
    for (TokenIndex i = begin; i < end; ++i) {
      if (!is(i, "select")) continue;
      TokenIndex open = i;
      while (open > begin && !reader_->is_symbol(open - 1, '(')) --open;
      const TokenIndex close = open > begin ? reader_->match(open - 1) : end;
      sql(i, std::min(close, end));
      i = close;
    }
  }

  /// INTO [STRICT] a, b.c: the variables of PL/pgSQL, which the server's grammar would take for a table.
  [[nodiscard]] std::vector<ByteRange> into_targets(TokenIndex begin, TokenIndex end) const {
    std::vector<ByteRange> blanks;
    if (is_one_of(begin, {"create", "import", "alter"})) return blanks;
    for (TokenIndex i = begin; i < end; ++i) {
      if (!is(i, "into") || (i > begin && is_one_of(i - 1, {"insert", "merge"}))) continue;
      blanks.push_back({tokens_[i].begin, tokens_[into_end(i, end) - 1].end});
      break;
    }
    return blanks;
  }

  [[nodiscard]] TokenIndex into_end(TokenIndex into, TokenIndex end) const {
    TokenIndex i = into + 1;
    if (is(i, "strict")) ++i;
    for (;;) {
      i = reader_->name_end(i);
      while (reader_->is_symbol(i, '[')) i = reader_->match(i) + 1;
      if (i >= end || !reader_->is_symbol(i, ',')) break;
      ++i;
    }
    return std::clamp(i, into + 1, end);
  }

  /// EXECUTE text [INTO …] [USING …]: the tokens [begin, end) behind the word.
  void execute(TokenIndex word, TokenIndex end) {
    TokenIndex stop = word + 1;
    while (stop < end && !is_one_of(stop, {"into", "using"})) {
      stop = reader_->is_symbol(stop, '(') || reader_->is_symbol(stop, '[') ? reader_->match(stop) + 1 : stop + 1;
    }
    read_execute(*reader_, {word, word + 1, std::min(stop, end), end}, constants_, runs(), out_);
  }

  // ---- declarations ----
  void declarations() {
    while (at_ < count() && !is(at_, "begin")) {
      const TokenIndex end = semicolon(at_);
      declaration(at_, end);
      at_ = end + 1;
    }
  }

  void declaration(TokenIndex begin, TokenIndex end) {
    for (TokenIndex i = begin + 1; i < end; ++i) {
      if (is(i, "cursor")) {
        while (i < end && !is_one_of(i, {"for", "is"})) ++i;
        return sql(i + 1, end, {}, Tri::unknown);  // runs where it is opened
      }
      if (!is_op(i, ":=") && !is_op(i, "=") && !is(i, "default")) continue;
      if (end == i + 2 && (tokens_[i + 1].kind == TokenKind::string || tokens_[i + 1].kind == TokenKind::dollar) && !assigned_.contains(lower(begin))) {
        constants_[lower(begin)] = decode_string(body_, tokens_[i + 1]);
      }
      return expression(i + 1, end);
    }
  }

  /// Variables that a statement writes are no constants, whatever they are declared with.
  void forget_assigned() {
    for (TokenIndex i = 0; i + 1 < count(); ++i) {
      const bool at_start = i == 0 || reader_->is_symbol(i - 1, ';') || is_one_of(i - 1, {"then", "else", "loop", "begin"});
      if (at_start && (is_op(i + 1, ":=") || is_op(i + 1, "="))) assigned_[lower(i)] = true;
      if (is_one_of(i, {"for", "foreach"})) assigned_[lower(i + 1)] = true;
      if (!is(i, "into")) continue;
      for (TokenIndex k = i + 1; k < into_end(i, count()); ++k) {
        if (tokens_[k].kind == TokenKind::word) assigned_[lower(k)] = true;
      }
    }
  }

  // ---- statements ----
  void open(Frame frame, bool uncertain) { frames_.push_back({frame, uncertain}); }

  void close(TokenIndex end) {
    const bool inner = is_one_of(end + 1, {"if", "loop", "case"});
    const Frame frame = !inner ? Frame::block : is(end + 1, "if") ? Frame::condition : is(end + 1, "loop") ? Frame::loop : Frame::choice;
    // A block that was not closed ends with the one around it.
    while (!frames_.empty()) {
      const Frame top = frames_.back().frame;
      frames_.pop_back();
      if (top == frame) break;
    }
    at_ = semicolon(end) + 1;
  }

  void statement() {
    const TokenIndex begin = at_;
    if (reader_->is_symbol(begin, ';')) return;
    if (is_op(begin, "<<")) {
      at_ = begin + 3;
      return;
    }
    if (is(begin, "declare")) {
      ++at_;
      return declarations();
    }
    if (is(begin, "begin")) {
      ++at_;
      return open(Frame::block, false);
    }
    if (is(begin, "end")) return close(begin);
    if (is(begin, "exception") && !frames_.empty() && frames_.back().frame == Frame::block) {
      frames_.back().uncertain = true;
      ++at_;
      return;
    }
    if (is(begin, "if") || is_one_of(begin, {"elsif", "elseif"})) {
      const TokenIndex then = keyword_behind(begin + 1, "then");
      expression(begin + 1, then);
      if (is(begin, "if")) open(Frame::condition, true);
      at_ = then + 1;
      return;
    }
    if (is(begin, "else")) {
      ++at_;
      return;
    }
    if (is(begin, "case")) {
      open(Frame::choice, true);
      at_ = keyword_behind(begin + 1, "when");
      return;
    }
    if (is(begin, "when") && !frames_.empty()) {
      at_ = keyword_behind(begin + 1, "then") + 1;
      return;
    }
    if (is_one_of(begin, {"loop", "while", "for", "foreach"})) return loop(begin);
    simple(begin, semicolon(begin));
  }

  void loop(TokenIndex begin) {
    const TokenIndex word = is(begin, "loop") ? begin : keyword_behind(begin + 1, "loop");
    if (is(begin, "while")) expression(begin + 1, word);
    if (is(begin, "for")) {
      const TokenIndex in = reader_->find(begin, word, "in");
      TokenIndex query = in + 1;
      if (is(query, "execute")) {
        execute(query, word);
      } else {
        TokenIndex inner = query;
        while (reader_->is_symbol(inner, '(')) ++inner;
        if (is_one_of(inner, {"select", "with", "insert", "update", "delete", "values", "merge", "explain", "show", "table"})) {
          sql(query, word);
        } else {
          expression(query, word);
        }
      }
    }
    // A bare LOOP runs at least once.
    open(Frame::loop, !is(begin, "loop"));
    at_ = word + 1;
  }

  void simple(TokenIndex begin, TokenIndex end) {
    at_ = end + 1;
    if (is(begin, "perform")) return sql(begin, end, "SELECT ");
    if (is(begin, "execute")) return execute(begin, end);
    if (is(begin, "return")) {
      if (is(begin + 1, "query")) {
        if (is(begin + 2, "execute")) return execute(begin + 2, end);
        return sql(begin + 2, end);
      }
      return expression(begin + 1, end);
    }
    if (is(begin, "open")) {
      const TokenIndex source = reader_->find(begin + 1, end, "for");
      if (source == end) return;
      if (is(source + 1, "execute")) return execute(source + 1, end);
      return sql(source + 1, end);
    }
    if (is_one_of(begin, {"raise", "get", "exit", "continue", "null", "assert", "fetch", "move", "close"})) return expression(begin + 1, end);
    for (TokenIndex i = begin; i < end && i < begin + 16; ++i) {  // name[.field][subscript] := expression
      if (is_op(i, ":=") || is_op(i, "=")) return expression(i + 1, end);
      if (reader_->is_symbol(i, '[')) {
        i = reader_->match(i);
      } else if (i > begin && tokens_[i].kind != TokenKind::symbol && !reader_->is_symbol(i - 1, '.')) {
        break;
      }
    }
    sql(begin, end);
  }

  const HostText& body_;
  Parsed& sink_;
  std::vector<ir::Statement>& out_;
  std::vector<Token> tokens_;
  std::vector<Mask> masks_;
  std::optional<Reader> reader_;
  std::vector<Open> frames_;
  Constants constants_;
  std::map<std::string, bool, std::less<>> assigned_;
  TokenIndex at_ = 0;
};

}  // namespace

void read_plpgsql(const HostText& body, Reader& reader, std::vector<ir::Statement>& out) { BodyReader(body, reader.sink(), out).run(); }

}  // namespace whimbrel::sql
