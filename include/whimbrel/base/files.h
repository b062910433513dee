// The one narrow door to the disk.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/result.h"

namespace whimbrel {

/// Bytes. A larger file is not read: no one wrote it.
inline constexpr std::uint64_t kMaxFileSize = 64ULL * 1024 * 1024;

/// The whole file. The error says why, naming the path (missing, no permission, a folder, larger than `limit`).
Result<std::string> read_file(const std::string& path, std::uint64_t limit = kMaxFileSize);

/// Replaces the file (`Replacement`): a reader sees the old one or the whole new one. "-" is not special here.
Result<void> write_file(const std::string& path, std::string_view content);

/// Bytes; 0 where it cannot be told.
std::uint64_t file_size(const std::string& path);
bool is_file(const std::string& path);
bool is_folder(const std::string& path);
/// Whether the name itself is a symbolic link.
bool is_link(const std::string& path);

struct FolderEntry {
  enum class Kind : std::uint8_t { file, folder, other };   ///< other: a pipe, a device, a link that leads nowhere

  std::string name;
  Kind kind = Kind::other;   ///< of what a link leads to
  bool is_link = false;
};
/// What a folder holds, in bytewise order of the names; "." and ".." left out. The error says why it cannot be read, without the path.
Result<std::vector<FolderEntry>> read_folder(const std::string& path);
/// The names alone. Empty where the folder cannot be read.
std::vector<std::string> list_folder(const std::string& path);

}  // namespace whimbrel
