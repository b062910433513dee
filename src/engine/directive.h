// What a suppression comment says: `whimbrel: ignore RULE[, RULE] (reason)`, `whimbrel: ignore-file RULE… (reason)`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whimbrel/base/source.h"
#include "whimbrel/finding/rule_id.h"
#include "whimbrel/frontend/front_end.h"

namespace whimbrel::engine {

/// Something in the comment that names no rule.
struct DirectiveMistake {
  Span span;
  std::string message;
};

struct ParsedDirective {
  bool whole_file = false;
  std::vector<Located<RuleId>> rules;
  std::vector<DirectiveMistake> mistakes;
};

ParsedDirective parse_directive(const frontend::Directive& directive);

}  // namespace whimbrel::engine
