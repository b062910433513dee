// Standard streams and the terminal.
#include "output.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <ostream>
#include <string_view>
#include <system_error>

#include "whimbrel/base/files.h"
#include "whimbrel/base/output.h"

namespace whimbrel::cli {
namespace {

bool wants_color() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  return isatty(STDOUT_FILENO) != 0 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

unsigned terminal_width() {
  winsize size{};
  if (isatty(STDOUT_FILENO) != 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

}  // namespace

report::Style style_for(const Options& options) {
  report::Style style;
  style.quiet = options.quiet;
  style.verbose = options.verbose;
  style.width = options.output.empty() ? terminal_width() : 80;
  style.color = options.color == Color::always || (options.color == Color::automatic && options.output.empty() && wants_color());
  return style;
}

Result<void> with_output(const Options& options, const std::function<void(std::ostream&)>& print) {
  if (!options.output.empty()) {
    Result<Replacement> file = Replacement::of(options.output);
    if (!file) return std::unexpected(file.error());
    print(file->stream());
    return file->finish();
  }
  DescriptorBuffer buffer(STDOUT_FILENO);
  std::ostream out(&buffer);
  print(out);
  out.flush();
  // Whoever read it has seen enough (`| head`).
  if (buffer.error() == 0 || buffer.error() == EPIPE) return {};
  return fail(fmt::format("standard output could not be written: {}", std::generic_category().message(buffer.error())));
}

Result<std::string> read_standard_input() {
  std::string text;
  std::array<char, 65536> buffer{};
  while (true) {
    const ssize_t got = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got == 0) return text;
    if (got < 0) {
      if (errno == EINTR) continue;
      return fail("standard input could not be read");
    }
    text.append(buffer.data(), static_cast<std::size_t>(got));
    if (text.size() > kMaxFileSize) return text;   // too large, whatever follows: a finding
  }
}

}  // namespace whimbrel::cli
