// What rules about transactions share: locks that earlier statements left behind, and work that makes them last.
#include "whimbrel/rule/held.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "whimbrel/rule/help.h"

namespace whimbrel::rule {

namespace {

ir::RelationName named(const ir::QualifiedName& resolved) { return {.value = resolved, .span = {}}; }

/// Tables and materialized views that are still there; indexes and sequences are locked beside them.
bool is_old_table(const Context& context, const ir::QualifiedName& resolved) {
  const auto& relations = context.catalog().relations();
  const auto found = relations.find(resolved);
  return found != relations.end() && found->second->kind != catalog::RelationKind::view &&
         !context.made_in_this_transaction(found->second->origin);
}

/// The server's own catalogs are small, and relations that the statement itself makes are nobody's yet.
bool is_large(const Context& context, const ir::QualifiedName& resolved) {
  if (resolved.schema == "pg_catalog" || resolved.schema == "information_schema") return false;
  const bool made_here = std::ranges::any_of(context.statement().steps, [&](const ir::Step& step) {
    const auto* create = std::get_if<ir::op::CreateTable>(&step.operation);
    const auto* as = std::get_if<ir::op::CreateTableAs>(&step.operation);
    return (create != nullptr && context.catalog().resolve_new(create->table.value, create->persistence) == resolved) ||
           (as != nullptr && context.catalog().resolve_new(as->table.value, as->persistence) == resolved);
  });
  return !made_here && !context.is_harmless(named(resolved));
}

/// A foreign key of a table that has no rows yet reads nothing of the table that it points at.
bool checks_no_rows(const Context& context, const facts::Work& work) {
  if (work.cause != facts::Cause::foreign_key) return false;
  return std::ranges::none_of(context.statement().steps, [&](const ir::Step& step) {
    const auto* key = std::get_if<ir::op::AddConstraint>(&step.operation);
    const auto* column = std::get_if<ir::op::AddColumn>(&step.operation);
    return (key != nullptr && holds_much(context, key->table)) || (column != nullptr && holds_much(context, column->table));
  });
}

/// 2: reads and writes wait, 1: writes, 0: neither.
int felt(LockMode mode) { return blocks_reads(mode) ? 2 : blocks_writes(mode) ? 1 : 0; }

}  // namespace

bool is_felt(const Context& context, const facts::RelationLock& lock) {
  using Sort = facts::RelationSort;
  const bool is_used = lock.sort == Sort::table || lock.sort == Sort::view || lock.sort == Sort::materialized_view;
  return is_used && blocks_writes(lock.mode) && !context.is_out_of_use(named(lock.relation));
}

bool holds_much(const Context& context, const ir::RelationName& table) {
  return is_large(context, context.catalog().resolve(table.value));
}

std::vector<const facts::HeldLock*> felt_locks(const Context& context) {
  constexpr std::size_t kMost = 32;  // a transaction that locks thousands of tables is told by the first of them
  std::size_t asked = 0;
  std::vector<const facts::HeldLock*> locks;
  for (const facts::HeldLock& held : context.transaction().held) {
    if (felt(held.mode) == 0 || felt(held.mode) <= felt(context.statement_effects().lock_on(held.relation))) continue;
    if (!is_old_table(context, held.relation)) continue;
    if (++asked > kMost) break;
    if (!context.is_out_of_use(named(held.relation))) locks.push_back(&held);
  }
  std::ranges::stable_sort(locks, std::ranges::greater{}, [](const facts::HeldLock* held) { return felt(held->mode); });
  return locks;
}

std::string locked_them(const std::vector<const facts::HeldLock*>& locks) {
  const auto as_strong = std::ranges::count_if(locks, [&](const facts::HeldLock* held) { return felt(held->mode) == felt(locks.front()->mode); });
  return as_strong == 1 ? "has locked it" : "has locked them";
}

std::string who_waits(const Context& context, const std::vector<const facts::HeldLock*>& locks) {
  if (locks.empty()) return "";
  std::vector<std::string> names;
  for (const facts::HeldLock* held : locks) {
    if (felt(held->mode) == felt(locks.front()->mode)) names.push_back(context.name_of(named(held->relation)));
  }
  return fmt::format("{} of {} wait", blocks_reads(locks.front()->mode) ? "reads and writes" : "writes", join_names(names));
}

void label_locks(Finding& finding, const Context& context, const std::vector<const facts::HeldLock*>& locks) {
  constexpr std::size_t kMost = 3;
  for (std::size_t i = 0; i < locks.size() && i < kMost; ++i) {
    add_label(finding, locks[i]->since,
              fmt::format("{} is locked {} from here until the transaction ends", context.name_of(named(locks[i]->relation)),
                          lock_mode_name(locks[i]->mode)));
  }
}

namespace {

/// How to let go of the locks before.
std::string let_go(const Context& context) {
  using Kind = facts::TransactionState::Kind;
  if (context.moment().outermost.kind == "Do") return "run it outside the DO block, in a transaction of its own";
  if (context.transaction().kind == Kind::explicit_block) return "put a COMMIT before it, or move it before what locks";
  if (context.moment().migration.runner == "alembic") {
    return "put it into `with op.get_context().autocommit_block():`, which commits first, or into a revision of its own where env.py "
           "sets transaction_per_migration=True";
  }
  return "make it three migrations: what it needs, this statement, and what needs it";
}

}  // namespace

void report_held(Context& context, Span span, std::string message, const std::vector<const facts::HeldLock*>& locks) {
  Finding& finding = context.remark(span, std::move(message));  // the locks are not of this statement
  for (const facts::HeldLock* held : locks) finding.locks.push_back({facts::display_name(held->relation), held->mode});
  label_locks(finding, context, locks);
  finding.help = let_go(context);
}

HeavyWork heavy_work(const Context& context) {
  const facts::Effects& effects = context.statement_effects();
  const auto table_of = [](const facts::Work& work) -> const ir::QualifiedName& {
    return work.table.empty() ? work.relation : work.table;
  };
  const auto first = [&](const std::vector<facts::Work>& works, std::string_view verb) -> HeavyWork {
    for (const facts::Work& work : works) {
      if (work.happens == Tri::no || work.cause == facts::Cause::truncate || !is_large(context, table_of(work))) continue;
      if (checks_no_rows(context, work)) continue;
      return {&work, fmt::format("{} {}", verb, context.name_of(named(table_of(work))))};
    }
    return {};
  };
  if (HeavyWork rewrite = first(effects.rewrites, "rewrites"); rewrite.work != nullptr) return rewrite;
  if (HeavyWork build = first(effects.builds, "builds an index on"); build.work != nullptr) return build;
  return first(effects.scans, "reads all of");
}

}  // namespace whimbrel::rule
