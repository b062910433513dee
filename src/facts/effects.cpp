// effects_of: every operation finds its function here; a statement's shares come together.
//
// The visitor is exhaustive on purpose: an operation added to ir breaks the build here, where its facts are owed.
#include "whimbrel/facts/effects.h"

#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "alter_table.h"
#include "gather.h"
#include "in_transaction.h"
#include "operations.h"
#include "version_facts.h"
#include "whimbrel/catalog/apply.h"

namespace whimbrel::facts {
namespace {

namespace op = ir::op;

/// Bodies nest: DO in DO, schema elements. Deeper is nobody's migration.
constexpr int kMaxBodyDepth = 16;

template <class Operation>
constexpr bool kHasWork =
    requires(const Batch& batch, Gather& gather, const Operation& operation) { work(batch, gather, operation); };
template <class Operation>
constexpr bool kIsAction =
    requires(Alter& alter, Gather& gather, const Operation& operation) { work(alter, gather, operation); };

/// Operations that change no relation and take no lock on one: listed, so that a new one is not silently among them.
template <class Operation>
constexpr bool kIsQuiet = false;
template <>
constexpr bool kIsQuiet<op::CreateType> = true;
template <>
constexpr bool kIsQuiet<op::RenameEnumValue> = true;
template <>
constexpr bool kIsQuiet<op::CreateDomain> = true;
template <>
constexpr bool kIsQuiet<op::CreateSchema> = true;
template <>
constexpr bool kIsQuiet<op::CreateExtension> = true;
template <>
constexpr bool kIsQuiet<op::OwnerTo> = true;
template <>
constexpr bool kIsQuiet<op::Checkpoint> = true;
template <>
constexpr bool kIsQuiet<op::Discard> = true;
template <>
constexpr bool kIsQuiet<op::SetParameter> = true;
template <>
constexpr bool kIsQuiet<op::SetRoleParameter> = true;
template <>
constexpr bool kIsQuiet<op::Transaction> = true;
template <>
constexpr bool kIsQuiet<op::Do> = true;  // what it does is the statement's body
template <>
constexpr bool kIsQuiet<op::Notify> = true;

void visit(const Batch& batch, Gather& gather, const ir::Operation& operation) {
  std::visit(
      [&](const auto& one) {
        using Operation = std::decay_t<decltype(one)>;
        if constexpr (kHasWork<Operation>) {
          work(batch, gather, one);
        } else if constexpr (std::is_same_v<Operation, op::Opaque>) {
          gather.uncertain();
        } else if constexpr (std::is_same_v<Operation, op::Explain>) {
          // The statement is planned, which locks what it names; only with ANALYZE it is read: the body.
          if (!one.analyze) gather.uncertain();
        } else if constexpr (std::is_same_v<Operation, op::Prepare>) {
          const std::string& kind = batch.statement.kind;
          if (kind == "Prepare" || kind == "Execute" || kind == "DeclareCursor") gather.uncertain();
        } else if constexpr (std::is_same_v<Operation, op::Invalid>) {
          // gram.y itself refuses some marks of constraints, as not supported: unique.not_valid.
          const bool unsupported = one.message.find("cannot be marked") != std::string::npos;
          gather.fail(unsupported ? "0A000" : "42601", one.message);
        } else {
          static_assert(kIsQuiet<Operation> || kIsAction<Operation>, "facts are owed for this operation");
        }
      },
      operation);
}

/// DISCARD ALL and what rebuilds the cluster itself.
bool forbids_transaction(const ir::Statement& statement) {
  for (const ir::Step& step : statement.steps) {
    if (const auto* discard = std::get_if<op::Discard>(&step.operation); discard != nullptr && discard->what == "all")
      return true;
  }
  return statement.kind == "AlterSystem";
}

std::set<QualifiedName> together_in(const ir::Statement& statement, const World& world) {
  std::set<QualifiedName> names;
  const auto add = [&](const ir::RelationName& name) {
    const Target target = world.target(name);
    names.insert(target.name);
    if (!target.is(catalog::RelationKind::partitioned_table) &&
        !std::holds_alternative<op::Truncate>(statement.steps.front().operation))
      return;
    for (const QualifiedName& one : world.with_children(target.name)) names.insert(one);
  };
  for (const ir::Step& step : statement.steps) {
    if (const auto* drop = std::get_if<op::DropTable>(&step.operation)) add(drop->table);
    if (const auto* drop = std::get_if<op::DropView>(&step.operation)) add(drop->view);
    if (const auto* truncate = std::get_if<op::Truncate>(&step.operation)) add(truncate->table);
  }
  return names;
}

StatementEffects effects_at(const ir::Statement& statement, const World& world, catalog::Catalog& catalog, int depth);

/// Steps through a body on the catalog itself, and undoes it all at the end.
class Rehearsal {
 public:
  explicit Rehearsal(catalog::Catalog& catalog) : catalog_(catalog), before_(catalog.now()) {}
  Rehearsal(const Rehearsal&) = delete;
  Rehearsal& operator=(const Rehearsal&) = delete;
  ~Rehearsal() { catalog_.rollback_to(before_); }

 private:
  catalog::Catalog& catalog_;
  catalog::Catalog::Moment before_;
};

/// What relations the body made itself is not locked for anyone who waits.
void merge_body(Gather& whole, Effects effects, const catalog::Catalog& before) {
  std::erase_if(effects.locks, [&before](const RelationLock& lock) {
    return lock.sort != RelationSort::composite_type && !before.name_is_taken(lock.relation);
  });
  whole.merge(effects);
}

bool commits(const ir::Statement& statement) {
  for (const ir::Step& step : statement.steps) {
    if (std::holds_alternative<op::Transaction>(step.operation)) return true;
  }
  return false;
}

/// The effects of the body's statements in order; stops where one certainly fails, which `whole` then says.
std::vector<Effects> rehearse(Gather& whole, const ir::Statement& statement, const World& world,
                              catalog::Catalog& catalog, int depth) {
  const bool block = statement.kind == "Do";
  const Rehearsal rehearsal(catalog);
  Settings settings = world.settings;
  const World inside{catalog, settings};
  std::vector<Effects> all;
  for (const ir::Statement& one : statement.body) {
    Effects effects = effects_at(one, inside, catalog, depth + 1).whole;
    if (effects.forbids_transaction) {  // obj.do_block_concurrently
      whole.forbid_transaction();
      if (block && one.runs == Tri::yes) {
        whole.fail("25001", "a DO block is a transaction block");
        return all;
      }
    }
    if (block && commits(one)) {  // obj.do_block_commit
      if (!holds(Fact::procedures_commit, world.version())) {
        whole.fail("0A000", "this server does not commit in a DO block");
        return all;
      }
      whole.forbid_transaction();
    }
    if (one.runs == Tri::unknown) {
      effects.error.clear();
      effects.certain = false;
    }
    all.push_back(std::move(effects));
    for (const ir::Step& step : one.steps) {
      note(step, catalog, world.version(), one.runs, settings.transaction);
      catalog::apply(catalog, step, {0, settings.transaction.number, step.span}, one.runs);
    }
  }
  return all;
}

void work_body(Gather& whole, const ir::Statement& statement, const World& world, catalog::Catalog& catalog,
               int depth) {
  if (depth > kMaxBodyDepth) return whole.uncertain();
  for (Effects& effects : rehearse(whole, statement, world, catalog, depth))
    merge_body(whole, std::move(effects), catalog);
}

StatementEffects effects_at(const ir::Statement& statement, const World& world, catalog::Catalog& catalog, int depth) {
  StatementEffects result;
  const SyntaxVersion syntax = syntax_version(statement);
  const bool actions = !statement.steps.empty() && is_table_action(statement.steps.front().operation);
  if (actions) {
    result = alter_table(statement, world);
  } else {
    const Batch batch{world, statement, together_in(statement, world)};
    Gather whole;
    for (const ir::Step& step : statement.steps) {
      Gather share;
      visit(batch, share, step.operation);
      check_new_enum_values(share, step.operation, world);
      whole.merge(share.effects());
      result.steps.push_back(std::move(share).finish());
    }
    result.whole = std::move(whole).finish();
  }
  const bool waits = !world.settings.transaction.pending_events.empty();
  if (!statement.body.empty() || forbids_transaction(statement) || waits) {
    Gather whole;
    whole.merge(result.whole);
    if (waits) check_pending_events(whole, result.whole, statement, world);
    if (forbids_transaction(statement)) whole.forbid_transaction();
    if (!statement.body.empty()) work_body(whole, statement, world, catalog, depth);
    result.whole = std::move(whole).finish();
  }
  if (syntax.since > world.version()) {
    result.whole.error = "42601";
    result.whole.error_reason = syntax.what + " is not known before PostgreSQL " + std::to_string(syntax.since);
    result.whole.forbids_transaction = false;
  }
  settle_error(result.whole);
  return result;
}

}  // namespace

StatementEffects effects_of(const ir::Statement& statement, catalog::Catalog& catalog, const Settings& settings) {
  return effects_at(statement, World{catalog, settings}, catalog, 0);
}

}  // namespace whimbrel::facts
