// libFuzzer's door to one target: a promise that is broken ends the program, so that the input is kept.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/fuzz.h"

/// Of bodies that it does not take, libpg_query's PL/pgSQL parser leaks a byte; only the targets' own check asks it.
extern "C" const char* __lsan_default_suppressions() { return "leak:pg_query_parse_plpgsql\n"; }  // NOLINT: the sanitizer's name

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string broken = whimbrel::fuzz::WHIMBREL_FUZZ_TARGET(std::string_view(reinterpret_cast<const char*>(data), size));
  if (broken.empty()) return 0;
  std::fprintf(stderr, "broken promise: %s\n", broken.c_str());
  std::abort();
}
