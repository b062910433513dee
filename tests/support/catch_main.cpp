// main() of every test program: runs Catch, says how many cases passed, and takes "nothing ran" for a failure.
#define CATCH_CONFIG_RUNNER
#include "support/catch.h"

#include <cstddef>
#include <cstdio>

namespace {

/// The counts of the run, filled by the listener: Catch itself returns only a status.
struct Counts {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

Counts& counts() {
  static Counts the_counts;
  return the_counts;
}

#if __has_include(<catch2/catch_all.hpp>)
using ListenerBase = Catch::EventListenerBase;
#else
using ListenerBase = Catch::TestEventListenerBase;
#endif

struct CountingListener : ListenerBase {
  using ListenerBase::ListenerBase;

  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    stats.totals.assertions.allOk() ? ++counts().passed : ++counts().failed;
  }
};

CATCH_REGISTER_LISTENER(CountingListener)

}  // namespace

int main(int argc, char** argv) {
  Catch::Session session;
  if (const int status = session.applyCommandLine(argc, argv); status != 0) return status;
  const auto& config = session.configData();
#if __has_include(<catch2/catch_all.hpp>)
  const bool lists = config.listTests || config.listTags || config.listReporters || config.showHelp;
#else
  const bool lists = config.listTests || config.listTestNamesOnly || config.listTags || config.listReporters || config.showHelp;
#endif
  const int status = session.run();
  if (lists) return status;
  const auto [passed, failed] = counts();
  std::printf("cases: %zu passed, %zu failed\n", passed, failed);
  if (status == 0 && passed + failed == 0) {
    std::fputs("no test ran, which is a failure\n", stderr);
    return 1;
  }
  return status;
}
