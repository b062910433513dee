// One function a format; `write` chooses.
#pragma once

#include <iosfwd>

#include "whimbrel/report/write.h"

namespace whimbrel::report {

void write_text(std::ostream& out, const Report& report, const Sources& sources, const Style& style);
void write_json(std::ostream& out, const Report& report, const Sources& sources);
void write_sarif(std::ostream& out, const Report& report, const Sources& sources);
void write_github(std::ostream& out, const Report& report, const Sources& sources);
void write_gitlab(std::ostream& out, const Report& report, const Sources& sources);
void write_junit(std::ostream& out, const Report& report, const Sources& sources);
void write_gcc(std::ostream& out, const Report& report, const Sources& sources);
void write_markdown(std::ostream& out, const Report& report, const Sources& sources);

}  // namespace whimbrel::report
