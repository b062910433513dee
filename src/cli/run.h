// The commands: each returns the exit code of the contract.
#pragma once

#include "options.h"

namespace whimbrel::cli {

inline constexpr int kClean = 0;
inline constexpr int kFindings = 1;
inline constexpr int kUnusable = 2;
inline constexpr int kBug = 70;
inline constexpr int kInterrupted = 130;

/// Runs what the options say. Trouble is said on standard error, one line each.
int run(const Options& options);

/// "whimbrel: MESSAGE" on standard error, printable.
void complain(const std::string& message);

}  // namespace whimbrel::cli
