// The smallest pieces of a finding: labels and edits.
#include "whimbrel/rule/help.h"

#include <utility>

namespace whimbrel::rule {

void add_label(Finding& finding, Span span, std::string message) {
  finding.labels.push_back({span, std::move(message)});
}

Edit insert_at(Span place, std::string text) { return {{place.file, place.begin, place.begin}, std::move(text)}; }

Edit insert_behind(Span place, std::string text) { return {{place.file, place.end, place.end}, std::move(text)}; }

void offer_insertion(Finding& finding, const Context& context, Span place, std::string text, std::string title) {
  if (!context.is_sql_source() || place.empty()) return;
  finding.fix = Fix{.title = std::move(title),
                    .applicability = Applicability::unsafe,
                    .edits = {insert_behind(place, std::move(text))}};
}

}  // namespace whimbrel::rule
