// What is reported to a person: a finding owns its text and points into no tree.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "whimbrel/base/lock_mode.h"
#include "whimbrel/base/span.h"
#include "whimbrel/finding/rule_id.h"
#include "whimbrel/finding/severity.h"

namespace whimbrel {

/// Replace [span.begin, span.end) by `text`. An insertion has an empty span.
struct Edit {
  Span span;
  std::string text;
};

enum class Applicability : std::uint8_t { safe, unsafe };

/// Edits ascend and do not overlap.
struct Fix {
  std::string title;
  Applicability applicability = Applicability::unsafe;
  std::vector<Edit> edits;
};

/// A second place that explains the finding.
struct Label {
  Span span;
  std::string message;
};

/// A lock of the operation that the finding is about. `relation` is "schema.name", quoted where SQL must.
struct FindingLock {
  std::string relation;
  LockMode mode = LockMode::none;
};

struct Finding {
  RuleId rule{};
  Severity severity = Severity::warning;
  Span span;                        ///< the culprit, underlined
  Span statement;                   ///< what a suppression above it must cover; the span itself where there is none
  std::string message;              ///< one sentence, no trailing period needed
  std::string help;                 ///< what to write instead, may be several lines; empty: the rule's own text
  std::string migration;            ///< id
  bool down = false;                ///< in the down part
  std::vector<FindingLock> locks;
  std::vector<Label> labels;
  std::optional<Fix> fix;
  std::string subject;              ///< what it is about, as little of the source's layout as can be: for the fingerprint
  std::string fingerprint;          ///< stays when lines move; set when all is settled. Two findings of a report never share one
};

}  // namespace whimbrel
