// [rules.naming] and [rules.schema] of a configuration: what a project has agreed on.
#pragma once

#include "config_values.h"
#include "whimbrel/rule/conventions.h"

namespace whimbrel::engine {

/// Reads the table `rules`; a mistake is left with `values`.
void read_conventions(ConfigValues& values, const toml::table& rules, rule::Conventions& conventions);

}  // namespace whimbrel::engine
