// What a rule sees at one moment of the replay, and how it reports.
#include "whimbrel/rule/context.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

#include "whimbrel/base/canonical.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"
#include "whimbrel/ir/print.h"

namespace whimbrel::rule {

namespace {

bool is_if_not_exists(const ir::Step& step) {
  if (const auto* create = std::get_if<ir::op::CreateTable>(&step.operation)) return create->if_not_exists;
  if (const auto* create = std::get_if<ir::op::CreateTableAs>(&step.operation)) return create->if_not_exists;
  return false;
}

/// Whether the statement, or one inside it, made something at this place, but only if there was none.
bool makes_if_missing(const ir::Statement& statement, const Span& place) {
  for (const ir::Step& step : statement.steps) {
    if (step.span == place && is_if_not_exists(step)) return true;
  }
  return std::ranges::any_of(statement.body, [&](const ir::Statement& inner) { return makes_if_missing(inner, place); });
}

/// The same for a part. Statements mostly stand in the order of their places; where they do not, all are looked at.
bool makes_if_missing(const ir::Part& part, const Span& place) {
  const auto& statements = part.statements;
  const auto behind = std::ranges::partition_point(statements, [&](const ir::Statement& one) { return one.span.begin <= place.begin; });
  if (behind != statements.begin() && std::prev(behind)->span.contains(place)) return makes_if_missing(*std::prev(behind), place);
  return std::ranges::any_of(statements, [&](const ir::Statement& one) { return makes_if_missing(one, place); });
}

/// What is run at the culprit, without layout and, in Python, without the names of variables. Of a long statement, in which there may be many
/// findings, the beginning counts.
std::string subject_of(const ir::Statement& statement, const ir::Step* step, Span culprit, bool sql_source, const Sources& sources) {
  constexpr std::size_t kBeginning = 2000;
  if (statement.span.empty()) return "migration";
  const auto text = [&](Span span) {
    const std::string_view written = sources.text(span).substr(0, kBeginning);
    return sql_source ? canonical_sql(written) : collapse_blanks(written);
  };
  if (!statement.span.contains(culprit)) return text(culprit);
  if (sql_source) return text(statement.span) + '\n' + text(culprit);
  std::string subject = statement.sql.empty() ? text(statement.span) : canonical_sql(std::string_view(statement.sql).substr(0, kBeginning));
  if (step != nullptr) subject += '\n' + std::string(ir::operation_name(step->operation));
  return subject;
}

/// What happens in a helper is told there; the calls that led there are labelled.
void add_callers(Finding& finding, const ir::Statement& statement) {
  if (!statement.span.contains(finding.span) && !statement.call.contains(finding.span)) return;
  for (const Span call : statement.callers) finding.labels.push_back({call, "called from here"});
}

/// The statement of the part that has the place; null where none has.
const ir::Statement* statement_at(const ir::Part& part, const Span& place) {
  const auto& statements = part.statements;
  const auto behind = std::ranges::partition_point(statements, [&](const ir::Statement& one) { return one.span.begin <= place.begin; });
  if (behind != statements.begin() && std::prev(behind)->span.contains(place)) return &*std::prev(behind);
  const auto found = std::ranges::find_if(statements, [&](const ir::Statement& one) { return one.span.contains(place); });
  return found == statements.end() ? nullptr : &*found;
}

}  // namespace

const history::Timeline& HistoryView::timeline(const history::History& history, const std::string& default_schema) const {
  if (!timeline_) timeline_.emplace(history, default_schema, lending_);
  return *timeline_;
}

void HistoryView::begin() {
  timeline_.reset();
  judged_.clear();
}

const JudgedPart* HistoryView::judged(std::uint32_t part_number) const {
  const auto found = judged_.find(part_number);
  return found == judged_.end() ? nullptr : &found->second;
}

Context::Context(const history::Moment& moment, const facts::StatementEffects& effects, std::size_t step, const HistoryView& view,
                 RuleId rule, std::vector<Finding>& out)
    : moment_(moment), effects_(effects), step_(step), view_(view), rule_(rule), out_(out) {}

const Conventions& Context::conventions() const {
  static const Conventions kNone;
  return options().conventions != nullptr ? *options().conventions : kNone;
}

const catalog::Relation* Context::table(const ir::RelationName& name) const { return catalog().find_relation(name.value); }

bool Context::is_new(const ir::RelationName& name) const {
  const catalog::Relation* relation = table(name);
  if (relation == nullptr || relation->presumed) return false;
  const ir::Part* maker = history::new_maker(moment_, relation->origin);
  // IF NOT EXISTS of what the history did not have makes it, unless something that could not be read may have done so before.
  return maker != nullptr && (catalog().complete() || !makes_if_missing(*maker, relation->origin.span));
}

bool Context::is_emptied(const ir::RelationName& name) const {
  const catalog::Relation* relation = table(name);
  return relation != nullptr && relation->emptied != 0 && relation->emptied == transaction().number;
}

bool Context::is_harmless(const ir::RelationName& name) const { return is_emptied(name) || is_out_of_use(name); }

bool Context::is_out_of_use(const ir::RelationName& name) const {
  const catalog::Relation* relation = table(name);
  if (relation != nullptr && relation->persistence == ir::Persistence::temporary) return true;
  if (is_new(name)) return true;
  const ir::QualifiedName resolved = catalog().resolve(name.value);
  return std::ranges::any_of(options().small_tables, [&](const std::string& pattern) {
    return matches_glob(pattern, resolved.name) || matches_glob(pattern, resolved.schema + "." + resolved.name);
  });
}

bool Context::made_in_this_transaction(const catalog::Origin& origin) const {
  return origin.transaction != 0 && origin.transaction == transaction().number;
}

std::string Context::name_of(const ir::RelationName& name) const {
  const bool written = !name.span.empty();  // a name without a place is a resolved one
  if (written && !name.value.schema.empty()) return ir::to_sql(name.value);
  const ir::QualifiedName resolved = catalog().resolve(name.value);
  const bool plain = resolved.schema.empty() || resolved.schema == catalog().default_schema() || resolved.schema == "pg_temp";
  return plain ? ir::quote_identifier(name.value.name) : ir::to_sql(resolved);
}

bool Context::is_sql_source() const {
  if (moment_.migration.runner == "alembic" || !statement().sql.empty()) return false;
  const auto file = static_cast<std::size_t>(moment_.part.file);
  return file >= view_.sources().size() || !to_lower(view_.sources()[moment_.part.file].path).ends_with(".py");
}

bool Context::reported_in_part() const {
  const bool down = moment_.direction == ir::Direction::down;
  return std::ranges::any_of(out_, [&](const Finding& finding) {
    return finding.rule == rule_ && finding.down == down && finding.migration == moment_.migration.id;
  });
}

bool Context::reported_statement() const {
  return std::ranges::any_of(out_, [&](const Finding& finding) {
    return finding.rule == rule_ && finding.statement == moment_.outermost.span && finding.migration == moment_.migration.id;
  });
}

Finding& Context::report(Span culprit, std::string message) {
  // An operation that came from elsewhere (a default of the front end) may have no place of its own.
  if (culprit.empty() && step_ < statement().steps.size() && !step().span.empty()) culprit = step().span;
  if (culprit.empty() && !statement().span.empty()) culprit = statement().span;
  Finding& finding = out_.emplace_back();
  finding.rule = rule_;
  finding.severity = rule_info(rule_).severity;
  finding.span = culprit;
  finding.statement = moment_.outermost.span.empty() ? culprit : moment_.outermost.span;
  finding.message = std::move(message);
  finding.migration = moment_.migration.id;
  finding.down = moment_.direction == ir::Direction::down;
  add_callers(finding, moment_.outermost);
  finding.subject = subject_of(statement(), step_ < statement().steps.size() ? &step() : nullptr, culprit, is_sql_source(), view_.sources());
  if (step_ < effects_.steps.size()) {
    for (const facts::RelationLock& lock : effects_.steps[step_].locks) {
      finding.locks.push_back({facts::display_name(lock.relation), lock.mode});
    }
  }
  return finding;
}

Finding& Context::remark(Span culprit, std::string message) {
  Finding& finding = report(culprit, std::move(message));
  finding.locks.clear();
  return finding;
}

Finding& Context::report_made(const catalog::Origin& origin, std::string message) {
  Finding& finding = report(origin.span, std::move(message));
  if (const JudgedPart* made = view_.judged(origin.part)) {
    const history::Loan loan(view_.lending(), made->migration);
    finding.migration = made->migration.id;
    finding.down = false;
    if (const ir::Statement* statement = statement_at(made->part, origin.span)) {
      finding.statement = statement->span;
      finding.labels.clear();
      add_callers(finding, *statement);
      const bool sql_source = made->migration.runner != "alembic" && statement->sql.empty();
      finding.subject = subject_of(*statement, nullptr, origin.span, sql_source, view_.sources());
    }
  }
  return finding;
}

history::TimelinePlace Context::place() const {
  const auto& migrations = moment_.history.migrations;
  return {static_cast<std::size_t>(&moment_.migration - migrations.data()), moment_.outermost.span.begin};
}

}  // namespace whimbrel::rule
