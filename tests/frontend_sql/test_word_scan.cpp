// Words and signs, sixteen bytes a step: what a step says of each byte, and words across steps.
#include "frontends/sql/word_scan.h"

#include <string>
#include <vector>

#include "support/catch.h"

using namespace whimbrel::frontends::sql_files;

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  any_word_or_sign(
      text,
      [&](std::string_view word) {
        words.emplace_back(word);
        return false;
      },
      [](std::size_t) { return false; });
  return words;
}

}  // namespace

TEST_CASE("a step says of every byte what the tokens say of it") {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(kScanStep, static_cast<char>(byte));
    const bool is_sign = text[0] == '`' || text[0] == '[' || text[0] == '*';
    INFO(byte);
    CHECK(scan_step(text.data()).in_word == (is_in_word(text[0]) ? 0xFFFFU : 0U));
    CHECK(scan_step(text.data()).signs == (is_sign ? 0xFFFFU : 0U));
  }
}

TEST_CASE("words are whole wherever they begin and end") {
  CHECK(words_of("").empty());
  CHECK(words_of(" ,; ").empty());
  for (std::size_t blanks = 0; blanks < 2 * kScanStep; ++blanks) {
    for (std::size_t length = 1; length < 3 * kScanStep; ++length) {
      const std::string word(length, 'w');
      INFO(blanks << " " << length);
      CHECK(words_of(std::string(blanks, ' ') + word + " on") == std::vector<std::string>{word, "on"});
      CHECK(words_of(std::string(blanks, ' ') + word) == std::vector<std::string>{word});
    }
  }
}

TEST_CASE("signs are asked for by their places") {
  std::vector<std::size_t> places;
  any_word_or_sign("a [b] and, behind a step, `c` * 2", [](std::string_view) { return false; },
                   [&](std::size_t at) {
                     places.push_back(at);
                     return false;
                   });
  CHECK(places == std::vector<std::size_t>{2, 26, 28, 30});
}
