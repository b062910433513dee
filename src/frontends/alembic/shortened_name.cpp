// MD5 (RFC 1321) is here for the sake of the four digits; nothing is protected by it.
#include "shortened_name.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "whimbrel/base/text.h"
#include "whimbrel/ir/server_limits.h"

namespace whimbrel::alembic {

namespace {

using Digest = std::array<std::uint32_t, 4>;

constexpr std::size_t kBlock = 64;

/// RFC 1321, 3.4: each step's constant is the integer part of 2^32 times abs(sin(step)), in radians.
std::array<std::uint32_t, 64> sines() {
  std::array<std::uint32_t, 64> table{};
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<std::uint32_t>(std::floor(std::abs(std::sin(static_cast<double>(i + 1))) * 4294967296.0));
  return table;
}

void add_block(Digest& digest, std::string_view block) {
  static const std::array<std::uint32_t, 64> kSines = sines();
  constexpr std::array<std::array<int, 4>, 4> kShifts{{{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}};
  const auto word = [block](std::size_t index) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value |= static_cast<std::uint32_t>(static_cast<unsigned char>(block[index * 4 + i])) << (8 * i);
    return value;
  };
  auto [a, b, c, d] = digest;
  for (std::size_t i = 0; i < 64; ++i) {
    const std::size_t round = i / 16;
    const std::uint32_t mixed = round == 0 ? (b & c) | (~b & d) : round == 1 ? (d & b) | (~d & c) : round == 2 ? b ^ c ^ d : c ^ (b | ~d);
    const std::size_t index = (round == 0 ? i : round == 1 ? 5 * i + 1 : round == 2 ? 3 * i + 5 : 7 * i) % 16;
    const std::uint32_t sum = a + mixed + kSines[i] + word(index);
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, kShifts[round][i % 4]);
  }
  digest[0] += a;
  digest[1] += b;
  digest[2] += c;
  digest[3] += d;
}

Digest md5(std::string text) {
  const std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 8;
  text += '\x80';
  while (text.size() % kBlock != kBlock - 8) text += '\0';
  for (int i = 0; i < 8; ++i) text += static_cast<char>((bits >> (8 * i)) & 0xFFU);
  Digest digest{0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U};
  for (std::size_t at = 0; at < text.size(); at += kBlock) add_block(digest, std::string_view(text).substr(at, kBlock));
  return digest;
}

}  // namespace

std::string shortened_name(const std::string& name) {
  constexpr std::size_t kKept = ir::kLongestIdentifier - 8;
  if (name.size() <= ir::kLongestIdentifier) return name;
  const std::uint32_t last = md5(name)[3];
  // The digits of a word are written from its lowest byte on: the last four are those of its two highest bytes.
  return fmt::format("{}_{:02x}{:02x}", clip(name, kKept), (last >> 16U) & 0xFFU, last >> 24U);
}

}  // namespace whimbrel::alembic
