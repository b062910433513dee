// The schema as SQL that can be run on an empty database.
#pragma once

#include <iosfwd>

#include "whimbrel/base/source.h"
#include "whimbrel/catalog/catalog.h"

namespace whimbrel::report {

/// `sources`: the files that the catalog's spans point into; functions, views, triggers and policies are printed as they stand there.
void write_schema_text(std::ostream& out, const catalog::Catalog& catalog, const Sources& sources);

}  // namespace whimbrel::report
