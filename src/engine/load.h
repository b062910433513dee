// From a path to a file's text and the front end that claims it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/files.h"
#include "whimbrel/frontend/front_end.h"

namespace whimbrel::engine {

/// A file on its way into a project.
struct Loaded {
  std::string path;                               ///< as in `Sources`
  std::string text;
  bool judged = false;
  bool named = false;                             ///< on the command line itself, not found in a folder
  const frontend::FrontEnd* front_end = nullptr;  ///< that claims it, to read it or to skip it
  frontend::Claim claim;
  std::string trouble;                            ///< it cannot be read at all
  std::string bad_text;                           ///< it can, but is no text: why
  std::uint32_t bad_begin = 0;                    ///< the byte that says so
  std::uint32_t bad_end = 0;
  bool unchanged = false;                         ///< says what it said at the ref that the run compares with
  bool unusable = false;                          ///< bad text of which nothing can be read
};

/// Whether the front end reads files of such a name.
bool reads_extension(const frontend::FrontEnd& front_end, std::string_view path);
/// Whether some front end reads files of such a name.
bool has_front_end(std::string_view name);

/// Puts a question mark in place of each byte that is not UTF-8, so that every offset stays right.
void replace_stray_bytes(std::string& text);

/// Reads the file, judges its bytes, asks the front ends. Safe from several threads at once.
void load_from_disk(Loaded& file);
/// The same for a text at hand.
void examine(Loaded& file);

}  // namespace whimbrel::engine
