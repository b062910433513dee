// Text of inputs inside a Markdown document, so that it stays text: as prose, as code, as a block.
#pragma once

#include <string>
#include <string_view>

namespace whimbrel::report {

/// One line of prose: no markup, HTML, link, mention, reference to an issue, formula or control character of the input is left to work.
std::string markdown_text(std::string_view text);
/// A code span; what would end a line or drive a terminal is escaped visibly.
std::string markdown_code(std::string_view text);
/// A fenced block, with a fence that the code does not have, ending in a newline. `indent` stands before each line.
std::string markdown_block(std::string_view code, std::string_view language, std::string_view indent = "");

}  // namespace whimbrel::report
