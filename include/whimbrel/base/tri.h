// A truth value that may be unknown: histories are incomplete and Python is dynamic.
#pragma once

#include <cstdint>

namespace whimbrel {

enum class Tri : std::uint8_t { no, yes, unknown };

constexpr Tri to_tri(bool value) { return value ? Tri::yes : Tri::no; }
constexpr bool possibly(Tri value) { return value != Tri::no; }
constexpr bool certainly(Tri value) { return value == Tri::yes; }

constexpr Tri operator!(Tri value) {
  return value == Tri::unknown ? Tri::unknown : to_tri(value == Tri::no);
}
constexpr Tri operator&&(Tri left, Tri right) {
  if (left == Tri::no || right == Tri::no) return Tri::no;
  return left == Tri::yes && right == Tri::yes ? Tri::yes : Tri::unknown;
}
constexpr Tri operator||(Tri left, Tri right) { return !(!left && !right); }

}  // namespace whimbrel
