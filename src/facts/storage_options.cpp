// Storage options of tables and indexes (reloptions.c; manual, CREATE TABLE and CREATE INDEX, "Storage Parameters").
#include "storage_options.h"

#include <algorithm>

namespace whimbrel::facts {
namespace {

struct OptionRow {
  std::string_view name;
  LockMode lock;
  int since;
};

using enum LockMode;

/// Rows set_option.*, index_option.*, view_option.*. What is not listed takes ACCESS EXCLUSIVE.
constexpr OptionRow kOptions[] = {
    {"autosummarize", access_exclusive, 10},
    {"buffering", access_exclusive, 10},
    {"check_option", access_exclusive, 10},
    {"deduplicate_items", share_update_exclusive, 13},
    {"fastupdate", access_exclusive, 10},
    {"fillfactor", share_update_exclusive, 10},
    {"gin_pending_list_limit", access_exclusive, 10},
    {"log_autovacuum_min_duration", share_update_exclusive, 10},
    {"log_autoanalyze_min_duration", share_update_exclusive, 19},
    {"parallel_workers", share_update_exclusive, 10},
    {"pages_per_range", access_exclusive, 10},
    {"security_barrier", access_exclusive, 10},
    {"security_invoker", access_exclusive, 15},
    {"toast_tuple_target", share_update_exclusive, 11},
    {"user_catalog_table", access_exclusive, 10},
    {"vacuum_cleanup_index_scale_factor", share_update_exclusive, 11},
    {"vacuum_index_cleanup", share_update_exclusive, 12},
    {"vacuum_max_eager_freeze_failure_rate", share_update_exclusive, 18},
    {"vacuum_truncate", share_update_exclusive, 12},
    {"autovacuum_vacuum_insert_threshold", share_update_exclusive, 13},
    {"autovacuum_vacuum_insert_scale_factor", share_update_exclusive, 13},
    {"autovacuum_vacuum_max_threshold", share_update_exclusive, 18},
};

OptionRow find(std::string_view name) {
  if (name.starts_with("toast.")) name.remove_prefix(6);
  const auto found = std::ranges::find(kOptions, name, &OptionRow::name);
  if (found != std::end(kOptions)) return *found;
  if (name.starts_with("autovacuum_")) return {name, share_update_exclusive, 10};
  return {name, access_exclusive, 10};
}

}  // namespace

OptionEffect option_effect(const std::vector<ir::Option>& options, ir::ObjectKind kind) {
  OptionEffect effect;
  if (kind == ir::ObjectKind::view) effect.lock = access_exclusive;
  for (const ir::Option& option : options) {
    const OptionRow row = find(option.name);
    effect.lock = std::max(effect.lock, row.lock);
    effect.since = std::max(effect.since, row.since);
  }
  return effect;
}

}  // namespace whimbrel::facts
