// Names of severities and categories, as users write them.
#include "whimbrel/finding/severity.h"

#include <array>

namespace whimbrel {

namespace {

constexpr std::array kSeverities{Severity::info, Severity::warning, Severity::error};

constexpr std::array kCategories{
    Category::lock,          Category::rewrite,     Category::constraint,    Category::index, Category::destructive,
    Category::compatibility, Category::transaction, Category::reversibility, Category::data,  Category::schema,
    Category::naming,        Category::robustness,  Category::history,
};

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

std::optional<Severity> parse_severity(std::string_view name) {
  for (const Severity severity : kSeverities) {
    if (severity_name(severity) == name) return severity;
  }
  return std::nullopt;
}

std::string_view category_name(Category category) {
  switch (category) {
    case Category::lock:
      return "lock";
    case Category::rewrite:
      return "rewrite";
    case Category::constraint:
      return "constraint";
    case Category::index:
      return "index";
    case Category::destructive:
      return "destructive";
    case Category::compatibility:
      return "compatibility";
    case Category::transaction:
      return "transaction";
    case Category::reversibility:
      return "reversibility";
    case Category::data:
      return "data";
    case Category::schema:
      return "schema";
    case Category::naming:
      return "naming";
    case Category::robustness:
      return "robustness";
    case Category::history:
      return "history";
  }
  return "";
}

std::optional<Category> parse_category(std::string_view name) {
  for (const Category category : kCategories) {
    if (category_name(category) == name) return category;
  }
  return std::nullopt;
}

}  // namespace whimbrel
