// The smallest words and edits that rules share.
#include "whimbrel/rule/help.h"

#include <utility>

namespace whimbrel::rule {

std::string blocking_phrase(const facts::Effects& effects, const ir::QualifiedName& relation) {
  const LockMode mode = effects.lock_on(relation);
  if (blocks_reads(mode)) return "blocks reads and writes";
  if (blocks_writes(mode)) return "blocks writes";
  return "";
}

void add_label(Finding& finding, Span span, std::string message) {
  finding.labels.push_back({span, std::move(message)});
}

Edit insert_at(Span place, std::string text) { return {{place.file, place.begin, place.begin}, std::move(text)}; }

Edit insert_behind(Span place, std::string text) { return {{place.file, place.end, place.end}, std::move(text)}; }

}  // namespace whimbrel::rule
