// How bad a finding is, and what it is about.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace whimbrel {

enum class Severity : std::uint8_t { info, warning, error };
enum class Category : std::uint8_t {
  lock, rewrite, constraint, index, destructive, compatibility, transaction, reversibility, data, schema, naming, robustness, history,
};

std::string_view severity_name(Severity severity);
std::optional<Severity> parse_severity(std::string_view name);
std::string_view category_name(Category category);
std::optional<Category> parse_category(std::string_view name);

}  // namespace whimbrel
