// The words of a text and some of its signs, whatever the text is: sixteen bytes a step.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tokens.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace whimbrel::frontends::sql_files {

inline constexpr std::size_t kScanStep = 16;

/// Of so many bytes of a text, a bit for each: whether it `is_in_word`, and whether it is one of ` [ * .
struct Scanned {
  std::uint32_t in_word = 0;
  std::uint32_t signs = 0;
};

inline Scanned scan_step(const char* bytes) {
#ifdef __SSE2__
  const __m128i text = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const auto is = [&](char c) { return _mm_cmpeq_epi8(text, _mm_set1_epi8(c)); };
  const auto between = [](__m128i one, char first, char last) {
    return _mm_and_si128(_mm_cmpgt_epi8(one, _mm_set1_epi8(static_cast<char>(first - 1))), _mm_cmplt_epi8(one, _mm_set1_epi8(static_cast<char>(last + 1))));
  };
  const __m128i letters = between(_mm_or_si128(text, _mm_set1_epi8(0x20)), 'a', 'z');
  const __m128i others = _mm_or_si128(between(text, '0', '9'), _mm_or_si128(is('_'), is('$')));
  const __m128i signs = _mm_or_si128(is('`'), _mm_or_si128(is('['), is('*')));
  // Bytes of 0x80 and more are letters: movemask takes their highest bit, which in the comparisons' results stands for "yes".
  return {static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(text, _mm_or_si128(letters, others)))),
          static_cast<std::uint32_t>(_mm_movemask_epi8(signs))};
#else
  Scanned found;
  for (std::uint32_t i = 0; i < kScanStep; ++i) {
    const char c = bytes[i];
    found.in_word |= static_cast<std::uint32_t>(is_in_word(c)) << i;
    found.signs |= static_cast<std::uint32_t>(c == '`' || c == '[' || c == '*') << i;
  }
  return found;
#endif
}

/// Whether a word of the text passes the first test, or the offset of a sign (` [ *) the second one. Words are asked in order, and so are
/// signs, but not the ones between the others.
template <class OnWord, class OnSign>
bool any_word_or_sign(std::string_view text, const OnWord& is_word_wanted, const OnSign& is_sign_wanted) {
  std::size_t begin = 0;       // of the word that goes on
  std::uint32_t goes_on = 0;   // 1: a word reaches the end of the last step
  for (std::size_t at = 0; at <= text.size(); at += kScanStep) {   // one step may begin at the end: there the last word ends
    std::array<char, kScanStep> rest{};
    const char* bytes = text.data() + at;
    if (text.size() - at < kScanStep) {
      std::ranges::copy(text.substr(at), rest.begin());
      bytes = rest.data();
    }
    const Scanned found = scan_step(bytes);
    for (std::uint32_t signs = found.signs; signs != 0; signs &= signs - 1) {
      if (is_sign_wanted(at + static_cast<std::size_t>(std::countr_zero(signs)))) return true;
    }
    // Where words begin and end, one after the other.
    for (std::uint32_t edges = (found.in_word ^ (found.in_word << 1U | goes_on)) & 0xFFFFU; edges != 0; edges &= edges - 1) {
      const std::size_t edge = at + static_cast<std::size_t>(std::countr_zero(edges));
      goes_on ^= 1U;
      if (goes_on != 0) {
        begin = edge;
      } else if (is_word_wanted(text.substr(begin, edge - begin))) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace whimbrel::frontends::sql_files
