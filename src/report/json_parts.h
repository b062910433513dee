// Pieces of JSON that several documents share.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "locator.h"
#include "whimbrel/base/lock_mode.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::report {

/// Adds file, line, column, end_line, end_column.
void put_place(nlohmann::ordered_json& json, Span span, Locator& locator);
/// {"relation", "mode", "blocks"}.
nlohmann::ordered_json lock_json(std::string_view relation, LockMode mode);
/// One line; bytes that are not UTF-8 are replaced, so that the document is always valid.
std::string dump(const nlohmann::ordered_json& json);
/// The first page that the rule refers to; empty where it refers to none.
std::string rule_url(const RuleInfo& rule);

}  // namespace whimbrel::report
