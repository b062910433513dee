// The program: arguments in, exit code out, and the last catch.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "run.h"

/// Read by jemalloc, which the static program allocates with. A run is short and grows: huge pages save a fault for each 4 KiB, and few arenas
/// keep what several threads read together (measured: 8 % of one new file in 2,000, 25 % of 20,000 statements).
extern "C" {
extern const char* const malloc_conf;
const char* const malloc_conf = "thp:always,narenas:2";
}

namespace {

extern "C" void interrupted(int /*signal*/) { _exit(whimbrel::cli::kInterrupted); }

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, interrupted);
  std::signal(SIGPIPE, SIG_IGN);   // a reader that has gone is told by the write
  try {
    const auto options = whimbrel::cli::parse_options(std::vector<std::string>(argv + 1, argv + argc));
    if (!options) {
      whimbrel::cli::complain(options.error().message + " (whimbrel --help lists what there is)");
      return whimbrel::cli::kUnusable;
    }
    return whimbrel::cli::run(*options);
  } catch (const std::exception& error) {
    whimbrel::cli::complain(std::string("a bug in whimbrel: ") + error.what());
    return whimbrel::cli::kBug;
  }
}
