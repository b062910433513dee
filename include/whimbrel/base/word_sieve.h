// Tells most words from a few known ones at a glance.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace whimbrel {

/// Made of some words of ASCII letters, two at least each, at compile time. Of any other word it says nearly always, by its first two
/// letters and its length, that it is none of them; letters count without their case.
class WordSieve {
 public:
  constexpr void add(std::string_view word) { lengths_[row_of(word)] |= length_of(word); }
  /// False: it is none of the words.
  [[nodiscard]] constexpr bool may_hold(std::string_view word) const {
    return word.size() > 1 && (lengths_[row_of(word)] & length_of(word)) != 0;
  }

 private:
  static constexpr std::size_t kLetters = 32;   // what is left of a letter without the bits that its case is in
  static constexpr std::size_t letter_of(char c) { return static_cast<unsigned char>(c) % kLetters; }
  static constexpr std::size_t row_of(std::string_view word) { return letter_of(word[0]) * kLetters + letter_of(word[1]); }
  static constexpr std::uint32_t length_of(std::string_view word) { return 1U << (word.size() % 32); }

  std::array<std::uint32_t, kLetters * kLetters> lengths_{};   ///< by the first two letters, a bit for each length
};

}  // namespace whimbrel
