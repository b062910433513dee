// The session's settings that change what statements do, with PostgreSQL's rules for SET, SET LOCAL and ROLLBACK.
#include "session.h"

#include <utility>
#include <variant>

#include "whimbrel/base/text.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::history {

namespace {

/// A boolean setting's false (manual, "Parameter Names and Values"): unambiguous beginnings of the words count.
bool is_off(std::string_view value) {
  const std::string word = to_lower(value);
  return word == "0" || (!word.empty() && (std::string_view("false").starts_with(word) || std::string_view("no").starts_with(word))) ||
         word == "of" || word == "off";
}

}  // namespace

Session::Session(catalog::Catalog& catalog, int pg_version) : catalog_(catalog) { settings_.pg_version = pg_version; }

void Session::start(Values defaults) {
  defaults_ = std::move(defaults);
  catalog_.end_session();
  reset_all();
}

void Session::reset_all() {
  lasting_ = defaults_;
  current_ = defaults_;
  catalog_.reset_search_path();
  publish();
}

Session::Setting Session::setting_of(std::string_view name) {
  if (equals_ignoring_case(name, "lock_timeout")) return Setting::lock_timeout;
  if (equals_ignoring_case(name, "statement_timeout")) return Setting::statement_timeout;
  if (equals_ignoring_case(name, "timezone") || equals_ignoring_case(name, "time zone")) return Setting::time_zone;
  if (equals_ignoring_case(name, "search_path")) return Setting::search_path;
  if (equals_ignoring_case(name, "check_function_bodies")) return Setting::check_function_bodies;
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
    case Setting::check_function_bodies: target.check_function_bodies = from.check_function_bodies; return;
    case Setting::search_path:
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
    case Setting::check_function_bodies:
      target.check_function_bodies = to_default || !is_off(set.value);
      return;
    case Setting::search_path:
    case Setting::other: return;
  }
}

void Session::set(const ir::Step& step, bool in_transaction, Tri runs) {
  const auto* set = std::get_if<ir::op::SetParameter>(&step.operation);
  if (set == nullptr) return;
  if (set->action == ir::op::ParameterAction::reset_all) {
    reset_all();
    return;
  }
  const bool local = set->local && set->action == ir::op::ParameterAction::set;
  if (local && !in_transaction) return;
  const Setting setting = setting_of(set->name.value);
  if (setting == Setting::search_path) {  // the catalog reads the list, and keeps what is LOCAL apart
    catalog::apply(catalog_, step, {}, runs);
    return;
  }
  assign(current_, setting, *set, runs);
  if (!local) copy(lasting_, setting, current_);
  publish();
}

void Session::restore(const Snapshot& snapshot) {
  lasting_ = snapshot.lasting;
  current_ = snapshot.current;
  publish();
}

void Session::commit() {
  catalog_.end_transaction();
  current_ = lasting_;
  publish();
}

void Session::publish() {
  settings_.time_zone = current_.time_zone;
  settings_.lock_timeout_ms = current_.lock_timeout_ms;
  settings_.lock_timeout_known = current_.lock_timeout_known;
  settings_.statement_timeout_ms = current_.statement_timeout_ms;
  settings_.check_function_bodies = current_.check_function_bodies;
}

}  // namespace whimbrel::history
