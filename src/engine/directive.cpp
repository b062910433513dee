// Reads a suppression comment word by word, each with its place.
#include "directive.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"
#include "words.h"

namespace whimbrel::engine {

namespace {

constexpr std::string_view kPrefix = "whimbrel:";
constexpr std::array<std::string_view, 2> kVerbs{"ignore", "ignore-file"};

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

class Words {
 public:
  explicit Words(const frontend::Directive& directive) : directive_(directive), text_(directive.text) {}

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  /// The word here, possibly empty.
  std::string_view take() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    begin_ = begin;
    return text_.substr(begin, at_ - begin);
  }
  bool take_comma() {
    const bool comma = at_ < text_.size() && text_[at_] == ',';
    if (comma) ++at_;
    return comma;
  }
  void skip(std::size_t bytes) { at_ += bytes; }
  /// Where the last word stands in the file.
  [[nodiscard]] Span span() const {
    const auto offset = [&](std::size_t i) { return directive_.text_begin + static_cast<std::uint32_t>(i); };
    return {directive_.span.file, offset(begin_), offset(at_)};
  }

 private:
  const frontend::Directive& directive_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
};

std::vector<std::string_view> rule_names() {
  std::vector<std::string_view> names;
  for (const RuleInfo& rule : all_rules()) {
    names.push_back(rule.name);
    names.push_back(rule.code);
  }
  return names;
}

void read_names(Words& words, ParsedDirective& parsed, Span all) {
  bool after_comma = true;
  while (true) {
    words.skip_blanks();
    const std::string_view word = words.take();
    if (word.empty()) break;
    if (const std::optional<RuleId> rule = find_rule(word)) {
      parsed.rules.push_back({*rule, words.span()});
    } else {
      const std::vector<std::string_view> known = rule_names();
      const std::string hint = did_you_mean(word, known);
      // Behind a name and no comma, a word that is near no rule begins the reason.
      if (!after_comma && hint.empty()) break;
      parsed.mistakes.push_back({words.span(), fmt::format("'{}' is no rule{}", printable(word), hint)});
    }
    words.skip_blanks();
    after_comma = words.take_comma();
  }
  if (parsed.rules.empty() && parsed.mistakes.empty()) {
    parsed.mistakes.push_back({all, "This suppression names no rule, so it hides nothing"});
  }
}

}  // namespace

ParsedDirective parse_directive(const frontend::Directive& directive) {
  ParsedDirective parsed;
  Words words(directive);
  words.skip(kPrefix.size());
  words.skip_blanks();
  const std::string_view verb = words.take();
  if (verb == kVerbs[0] || verb == kVerbs[1]) {
    parsed.whole_file = verb == kVerbs[1];
    read_names(words, parsed, directive.span);
    return parsed;
  }
  parsed.mistakes.push_back(
      {verb.empty() ? directive.span : words.span(),
       fmt::format("'whimbrel: {}' means nothing{}; write 'whimbrel: ignore RULE (reason)' or 'whimbrel: ignore-file RULE (reason)'",
                   printable(verb), did_you_mean(verb, kVerbs))});
  return parsed;
}

}  // namespace whimbrel::engine
