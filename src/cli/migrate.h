// The command migrate-config.
#pragma once

#include "options.h"

namespace whimbrel::cli {

/// Prints what whimbrel's files would say, or writes it where that was asked for. The exit code of the contract.
int migrate_config(const Options& options);

}  // namespace whimbrel::cli
