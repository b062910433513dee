// One function a format; `write` chooses.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "whimbrel/report/write.h"

namespace whimbrel::report {

/// "2 places could not be read statically": what every format says where there are some.
std::string unknown_sentence(std::uint32_t places);

/// What to write instead: the finding's own, else its rule's example, which says that it is one. Empty: there is neither.
std::string help_of(const Finding& finding);

void write_text(std::ostream& out, const Report& report, const Sources& sources, const Style& style);
void write_json(std::ostream& out, const Report& report, const Sources& sources);
void write_sarif(std::ostream& out, const Report& report, const Sources& sources);
void write_github(std::ostream& out, const Report& report, const Sources& sources);
void write_gitlab(std::ostream& out, const Report& report, const Sources& sources);
void write_junit(std::ostream& out, const Report& report, const Sources& sources);
void write_gcc(std::ostream& out, const Report& report, const Sources& sources);
void write_markdown(std::ostream& out, const Report& report, const Sources& sources);

}  // namespace whimbrel::report
