// Printing what is not a finding: locks, schema, rules.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>
#include <vector>

#include "whimbrel/base/source.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/finding/rule_info.h"
#include "whimbrel/history/locks.h"
#include "whimbrel/report/write.h"

namespace whimbrel::report {

/// A table for a person, and a second one that sums each transaction; or the JSON of the contract.
void write_locks(std::ostream& out, std::span<const history::LockRow> rows, const Sources& sources, bool json, const Style& style);
/// `pg_version`: 18 names each NOT NULL. DDL that makes the schema on an empty database, or the JSON of the contract.
void write_schema(std::ostream& out, const catalog::Catalog& catalog, const Sources& sources, int pg_version, bool json);
/// `debug schema`: a line of JSON, {"migration", "direction", "schema"}.
void write_schema_line(std::ostream& out, const catalog::Catalog& catalog, int pg_version, std::string_view migration, std::string_view direction);
/// One line a rule: code, name, severity, category, whether it is on by default, summary.
void write_rules(std::ostream& out, bool json, const Style& style);
/// `explain`: one rule in full, for a terminal.
void write_rule(std::ostream& out, const RuleInfo& rule, const Style& style);
/// The same rule as a page of docs/rules/.
void write_rule_page(std::ostream& out, const RuleInfo& rule);

}  // namespace whimbrel::report
