// Singular or plural: what the end of an English noun tells, and the few words whose end tells wrong.
#include <algorithm>
#include <iterator>
#include <string>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/conventions.h"

namespace whimbrel::rule {

namespace {

constexpr std::string_view kPlural[] = {"people",   "children", "men",      "women", "feet",   "teeth",      "mice",   "geese",  "criteria", "phenomena",
                                        "indices",  "matrices", "vertices", "bases", "theses", "hypotheses", "alumni", "analyses"};
constexpr std::string_view kSingular[] = {"status", "bus", "bonus", "campus", "virus", "census", "corpus", "focus", "basis",  "analysis", "thesis", "axis",   "crisis",
                                          "gas",    "lens", "atlas", "alias", "canvas", "bias",  "person", "child", "man",   "woman",    "index",  "criterion", "phenomenon"};
constexpr std::string_view kBoth[] = {"data",  "metadata", "media",   "news",     "series", "species",   "sheep",    "fish",     "equipment", "information", "history", "inventory", "staff",
                                      "feedback", "content", "settings", "stats", "analytics", "statistics", "software", "hardware", "money", "progress"};

bool is_one_of(std::string_view word, const auto& list) { return std::ranges::find(list, word) != std::end(list); }

/// "order_items" → "items", "OrderItems" → "items".
std::string last_word(std::string_view table) {
  while (!table.empty() && !((table.back() >= 'a' && table.back() <= 'z') || (table.back() >= 'A' && table.back() <= 'Z'))) table.remove_suffix(1);
  std::size_t begin = table.size();
  while (begin > 0) {
    const char c = table[begin - 1];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) break;
    --begin;
    const bool camel = c >= 'A' && c <= 'Z' && begin > 0 && table[begin - 1] >= 'a' && table[begin - 1] <= 'z';
    if (camel) break;
  }
  return to_lower(table.substr(begin));
}

}  // namespace

Number number_of(std::string_view table, const std::vector<std::string>& uncountable) {
  const std::string word = last_word(table);
  if (word.size() < 3 || is_one_of(word, kBoth) || is_one_of(word, uncountable)) return {};
  if (is_one_of(word, kPlural)) return {.singular = false, .plural = true};
  if (is_one_of(word, kSingular)) return {.singular = true, .plural = false};
  const std::string_view end = std::string_view(word).substr(word.size() - 2);
  if (end == "ss") return {.singular = true, .plural = false};
  if (end == "us" || end == "is") return {};
  const bool plural = word.back() == 's';
  return {.singular = !plural, .plural = plural};
}

}  // namespace whimbrel::rule
