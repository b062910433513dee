// toml++ without exceptions, and without assertions: some of them (3.3's and 3.4's parse_key) take a broken document for a bug of their own, where
// the code behind them has an error for it.
#pragma once

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ASSERT(expr) static_assert(true)
#include <toml++/impl/preprocessor.h>
#undef TOML_ASSERT_ASSUME  // with NDEBUG it would promise the compiler what a document need not keep
#define TOML_ASSERT_ASSUME(expr) static_assert(true)
#include <toml++/toml.h>
