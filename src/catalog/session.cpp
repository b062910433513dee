// search_path, temporary objects, and statements that change nothing or nobody knows what.
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apply_operation.h"
#include "whimbrel/base/text.h"

namespace whimbrel::catalog {

namespace {

/// `app, "My Schema", '$user'` as names. "$user" is left out: the role, and so its schema, is not known.
std::vector<std::string> parse_search_path(std::string_view value) {
  std::vector<std::string> schemas;
  std::size_t i = 0;
  while (i < value.size()) {
    const char first = value[i];
    if (first == ' ' || first == ',' || first == '\t' || first == '\n') {
      ++i;
      continue;
    }
    std::string name;
    if (first == '"' || first == '\'') {
      for (++i; i < value.size(); ++i) {
        if (value[i] == first) {
          if (i + 1 >= value.size() || value[i + 1] != first) break;
          ++i;
        }
        name += value[i];
      }
      ++i;
    } else {
      const std::size_t end = std::min(value.find(',', i), value.size());
      name = trim(value.substr(i, end - i));  // folded already by whoever read the statement
      i = end;
    }
    // pg_catalog comes first where it is not named; behind others, their functions hide its own.
    const bool said = name == "pg_catalog" && schemas.empty();
    if (!name.empty() && name != "$user" && name != "pg_temp" && !said) schemas.push_back(std::move(name));
  }
  return schemas;
}

/// Rows may come in.
void fill(Change& change, const ir::RelationName& written) {
  const std::optional<QualifiedName> table = change.target(written);
  if (table && change.find(*table) != nullptr && change.find(*table)->emptied != 0) change.catalog.edit_relation(*table).emptied = 0;
}

}  // namespace

void apply_operation(Change& change, const op::SetParameter& written) {
  if (written.action == op::ParameterAction::reset_all) {
    change.catalog.reset_search_path();
    return;
  }
  if (!equals_ignoring_case(written.name.value, "search_path") || change.maybe() || !written.known) return;
  // SET … TO DEFAULT and RESET; set_config('search_path', '', …) as pg_dump writes it is an empty path, which here has
  // the same effect: what is not qualified lies in the default schema.
  if (written.action == op::ParameterAction::reset || equals_ignoring_case(written.value, "default") ||
      trim(written.value).empty()) {
    change.catalog.reset_search_path(written.local);
    return;
  }
  std::vector<std::string> schemas = parse_search_path(written.value);
  if (schemas.empty()) schemas.push_back(change.catalog.default_schema());
  change.catalog.set_search_path(std::move(schemas), written.local);
}

void apply_operation(Change& change, const op::Discard& written) {
  const bool all = equals_ignoring_case(written.what, "all");
  if (!all && !starts_with_ignoring_case(written.what, "temp")) return;
  const std::vector<std::string> path = change.catalog.search_path();
  change.catalog.end_session();
  if (!all) change.catalog.set_search_path(path);
}

void apply_operation(Change& change, const op::Opaque& written) {
  for (const ir::RelationName& touched : written.touches) {
    if (touched.value.empty()) continue;
    const QualifiedName name = change.presume(touched.value);
    if (change.find(name) != nullptr) change.catalog.edit_relation(name).exact = false;
  }
  if (written.touches_any) change.catalog.mark_incomplete();
}

/// It may be newer than the grammar: then it does run.
void apply_operation(Change& change, const op::Invalid& /*written*/) { change.catalog.mark_incomplete(); }

void apply_operation(Change& change, const op::Truncate& written) {
  const std::optional<QualifiedName> table = change.target(written.table);
  if (table && !change.maybe()) change.edit(*table).emptied = change.origin.transaction;
}

void apply_operation(Change& change, const op::LockTable& written) { change.target(written.table); }
void apply_operation(Change& change, const op::Insert& written) { fill(change, written.table); }
void apply_operation(Change& change, const op::Update& written) { change.target(written.table); }
void apply_operation(Change& change, const op::Delete& written) { change.target(written.table); }
void apply_operation(Change& change, const op::Merge& written) { fill(change, written.table); }
void apply_operation(Change& change, const op::Copy& written) { fill(change, written.table); }
void apply_operation(Change& change, const op::Cluster& written) { change.target(written.table); }

}  // namespace whimbrel::catalog
