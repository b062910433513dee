// When a value added to an enum type can be used.
#pragma once

namespace whimbrel::facts {

/// Whether a value that the open transaction added to an enum type can be used before its end. `own_type`: the transaction made the
/// type, too. Rows enum.*, tx.enum_new_value_*.
bool new_enum_value_usable(int pg_version, bool own_type);

}  // namespace whimbrel::facts
