// The session's settings that change what statements do, with PostgreSQL's rules for SET, SET LOCAL and ROLLBACK.
#include "session.h"

#include <utility>
#include <variant>

#include "whimbrel/base/text.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::history {

Session::Session(catalog::Catalog& catalog, int pg_version) : catalog_(catalog) { settings_.pg_version = pg_version; }

void Session::start(Values defaults) {
  defaults_ = std::move(defaults);
  reset_all();
}

void Session::reset_all() {
  lasting_ = defaults_;
  current_ = defaults_;
  publish();
}

Session::Setting Session::setting_of(std::string_view name) {
  if (equals_ignoring_case(name, "lock_timeout")) return Setting::lock_timeout;
  if (equals_ignoring_case(name, "statement_timeout")) return Setting::statement_timeout;
  if (equals_ignoring_case(name, "timezone") || equals_ignoring_case(name, "time zone")) return Setting::time_zone;
  if (equals_ignoring_case(name, "search_path")) return Setting::search_path;
  return Setting::other;
}

void Session::copy(Values& target, Setting setting, const Values& from) {
  switch (setting) {
    case Setting::lock_timeout:
      target.lock_timeout_ms = from.lock_timeout_ms;
      target.lock_timeout_known = from.lock_timeout_known;
      return;
    case Setting::statement_timeout: target.statement_timeout_ms = from.statement_timeout_ms; return;
    case Setting::time_zone: target.time_zone = from.time_zone; return;
    case Setting::search_path: target.search_path = from.search_path; return;
    case Setting::other: return;
  }
}

void Session::assign(Values& target, Setting setting, const ir::op::SetParameter& set, Tri runs) const {
  const bool to_default = set.action != ir::op::ParameterAction::set || (set.value.empty() && set.known);
  switch (setting) {
    case Setting::lock_timeout: {
      const std::int64_t before = target.lock_timeout_ms;
      const auto value = to_default ? defaults_.lock_timeout_ms : facts::parse_duration_ms(set.value);
      target.lock_timeout_ms = value.value_or(before);
      target.lock_timeout_known = value.has_value() && (runs == Tri::yes || *value == before);
      return;
    }
    case Setting::statement_timeout: {
      const auto value = to_default ? defaults_.statement_timeout_ms : facts::parse_duration_ms(set.value);
      target.statement_timeout_ms = value.value_or(target.statement_timeout_ms);
      return;
    }
    case Setting::time_zone:
      if (to_default) {
        target.time_zone = defaults_.time_zone;
      } else {
        target.time_zone = set.known && runs == Tri::yes ? set.value : "";
      }
      return;
    case Setting::search_path:  // the catalog reads the list
      target.search_path = to_default ? defaults_.search_path : catalog_.search_path();
      return;
    case Setting::other: return;
  }
}

void Session::set(const ir::Step& step, bool in_transaction, Tri runs) {
  const auto* set = std::get_if<ir::op::SetParameter>(&step.operation);
  if (set == nullptr) return;
  if (set->action == ir::op::ParameterAction::reset_all) {
    lasting_ = defaults_;
    current_ = defaults_;
    publish();
    return;
  }
  const bool local = set->local && set->action == ir::op::ParameterAction::set;
  if (local && !in_transaction) return;
  const Setting setting = setting_of(set->name.value);
  if (setting == Setting::search_path && set->action == ir::op::ParameterAction::set) {
    catalog::apply(catalog_, step, {}, runs);
  }
  assign(current_, setting, *set, runs);
  if (!local) copy(lasting_, setting, current_);
  publish();
}

void Session::restore(const Snapshot& snapshot) {
  lasting_ = snapshot.lasting;
  current_ = snapshot.current;
  settings_.new_enum_values = snapshot.new_enum_values;
  publish();
}

void Session::commit() {
  current_ = lasting_;
  settings_.new_enum_values.clear();
  publish();
}

void Session::publish() {
  settings_.time_zone = current_.time_zone;
  settings_.lock_timeout_ms = current_.lock_timeout_ms;
  settings_.lock_timeout_known = current_.lock_timeout_known;
  settings_.statement_timeout_ms = current_.statement_timeout_ms;
  if (catalog_.search_path() != current_.search_path) catalog_.set_search_path(current_.search_path);
}

}  // namespace whimbrel::history
