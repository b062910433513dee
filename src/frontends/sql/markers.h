// The comment lines by which runners divide one file into up and down parts.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runners.h"
#include "whimbrel/ir/migration.h"

namespace whimbrel::frontends::sql_files {

/// Bytes [begin, end) of a file.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// One direction's text. Several sections of one direction add up.
struct Section {
  ir::Direction direction = ir::Direction::up;
  Range marker;                 ///< the marker line without its end; the whole text where there is none
  std::vector<Range> pieces;    ///< what runs, cut where the runner cuts (StatementBegin, statement-breakpoint)
  bool no_transaction = false;  ///< `notransaction`, `transaction:false` on the marker
};

struct Division {
  const Runner* runner = &kPlain;  ///< as far as the markers tell
  std::vector<Section> sections;   ///< in order of the text; one without a marker when there are no markers
  Range prelude;                   ///< what stands before the first marker and does not run
  std::vector<Range> markers;      ///< all marker lines
  bool no_transaction = false;     ///< `+goose NO TRANSACTION`: of the whole file
  bool divided = false;            ///< by markers that say a direction
};

/// Divides a text. Linear. The tools read line by line, without regard to quotes, and so does this.
Division divide(std::string_view text);

}  // namespace whimbrel::frontends::sql_files
