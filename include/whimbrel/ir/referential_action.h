// What ON DELETE and ON UPDATE do, in words.
#pragma once

#include <string_view>

#include "whimbrel/ir/table_parts.h"

namespace whimbrel::ir {

/// "NO ACTION", "SET NULL": as SQL writes it.
std::string_view to_sql(ReferentialAction action);

}  // namespace whimbrel::ir
