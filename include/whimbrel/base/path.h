// Paths as text: no look at the disk.
#pragma once

#include <string>
#include <string_view>

namespace whimbrel {

/// An absolute path without "." and "..", by the text alone (symbolic links stay): "/a/b/../c" as "/a/c"; above the root is the root.
std::string normal_path(std::string_view path);

}  // namespace whimbrel
