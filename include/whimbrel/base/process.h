// Running another program: no shell, no terminal, its output as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/result.h"

namespace whimbrel {

struct ProcessOutput {
  int status = 0;          ///< exit code; 128 + the signal where one ended it
  std::string output;
  std::string complaint;   ///< the beginning of what it wrote to standard error
};

struct Process {
  std::vector<std::string> command;                     ///< a program that is looked for in PATH, and its arguments
  std::string_view input;
  std::vector<std::string> environment;                 ///< "NAME=value" sets, "NAME" alone takes away; all else is as ours
  std::uint64_t largest_output = 1024ULL * 1024 * 1024;  ///< bytes; more is an error
};

/// Waits until the program ends. The error says that it could not be started, or wrote too much.
Result<ProcessOutput> run_process(const Process& process);

}  // namespace whimbrel
