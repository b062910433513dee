// What ON DELETE and ON UPDATE do, in words.
#include "whimbrel/ir/referential_action.h"

namespace whimbrel::ir {

std::string_view to_sql(ReferentialAction action) {
  switch (action) {
    case ReferentialAction::no_action: return "NO ACTION";
    case ReferentialAction::restrict: return "RESTRICT";
    case ReferentialAction::cascade: return "CASCADE";
    case ReferentialAction::set_null: return "SET NULL";
    case ReferentialAction::set_default: return "SET DEFAULT";
  }
  return "";
}

}  // namespace whimbrel::ir
