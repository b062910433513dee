// A half-open byte range in one of the files of a run.
#pragma once

#include <compare>
#include <cstdint>

namespace whimbrel {

/// Index of a file in `Sources`. Ids follow the sorted order of the paths, never the order of reading.
enum class FileId : std::uint32_t {};

/// Bytes [begin, end) of a file. Lines and columns are computed late, at the edges (`LineIndex`).
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr bool empty() const { return begin >= end; }
  [[nodiscard]] constexpr std::uint32_t size() const { return empty() ? 0 : end - begin; }
  [[nodiscard]] constexpr bool contains(const Span& inner) const {
    return file == inner.file && begin <= inner.begin && inner.end <= end;
  }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

/// A value and the bytes it was read from: for every field that a finding may point at.
template <class T>
struct Located {
  T value{};
  Span span{};
};

}  // namespace whimbrel
