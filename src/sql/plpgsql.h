// The SQL inside a PL/pgSQL body, at its true places.
#pragma once

#include "reader.h"

namespace whimbrel::sql {

/// Appends the statements that the body may run, in order. What is dynamic is an op::Opaque and noted as unknown.
void read_plpgsql(const HostText& body, Reader& reader, std::vector<ir::Statement>& out);

}  // namespace whimbrel::sql
