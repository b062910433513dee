// All that rules share to say what they have found, and pieces of findings: labels, edits, and what a DROP is said to break.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/rule/context.h"
#include "whimbrel/rule/questions.h"
#include "whimbrel/rule/steps.h"
#include "whimbrel/rule/words.h"

namespace whimbrel::rule {

/// Appends a sentence's worth of label: "the table is created here".
void add_label(Finding& finding, Span span, std::string message);
/// An insertion before or behind a place of the source. Only for SQL sources.
Edit insert_at(Span place, std::string text);
Edit insert_behind(Span place, std::string text);
/// Gives the finding a fix that writes `text` behind a place of a SQL source. Does nothing where there is no such
/// place.
void offer_insertion(Finding& finding, const Context& context, Span place, std::string text, std::string title);
/// Reports at the dropped name: "Dropping view mails breaks code that still uses it", `what` being "view"; once a statement, with the names
/// that it drops behind this one.
void report_drop(Context& context, const ir::RelationName& dropped, std::string_view what, bool cascade);

}  // namespace whimbrel::rule
