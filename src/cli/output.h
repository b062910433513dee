// Where results go: standard output or a file, in colour or without, how wide.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>

#include "options.h"
#include "whimbrel/base/result.h"
#include "whimbrel/report/write.h"

namespace whimbrel::cli {

/// Colour and width as the options and the terminal say. A file is never coloured unless asked for.
report::Style style_for(const Options& options);

/// Calls `print` with the stream to write to. A file is replaced as a whole when all is printed, or not at all. That nobody reads
/// standard output to its end is no error.
Result<void> with_output(const Options& options, const std::function<void(std::ostream&)>& print);

/// All of standard input; of what is larger than a file may be only so much that this shows.
Result<std::string> read_standard_input();

}  // namespace whimbrel::cli
