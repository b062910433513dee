// Catch2, whichever of its two shapes the system has: 2 is one header, 3 is many. Tests include only this.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;
#else
#include <catch2/catch.hpp>
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

/// The name that Catch 3 gave it.
inline auto ContainsSubstring(const std::string& part) { return Catch::Matchers::Contains(part); }
#endif
