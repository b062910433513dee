// What a rule sees, and how it reports.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/facts/effects.h"
#include "whimbrel/finding/finding.h"
#include "whimbrel/history/history.h"
#include "whimbrel/history/lending.h"
#include "whimbrel/history/replay.h"
#include "whimbrel/history/timeline.h"
#include "whimbrel/rule/conventions.h"

namespace whimbrel::rule {

/// What the configuration tells rules.
struct Options {
  int pg_version = 14;
  std::vector<std::string> small_tables;        ///< patterns; locks on these are harmless
  bool runner_sets_lock_timeout = false;
  std::vector<std::string> dialects{"postgresql"};
  const Conventions* conventions = nullptr;     ///< what the project has agreed on; null: nothing
};

/// The up part of a migration that is judged.
struct JudgedPart {
  const ir::Migration& migration;
  const ir::Part& part;
};

/// What does not change while one history is judged, and is the same for all rules.
class HistoryView {
 public:
  /// `lending` has the statements that are not in memory; null: all are.
  HistoryView(const Options& options, const Sources& sources, history::Lending* lending) : options_(options), sources_(sources), lending_(lending) {}

  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] const Sources& sources() const { return sources_; }
  [[nodiscard]] history::Lending* lending() const { return lending_; }
  /// Where the history makes and removes what: read on the first question, which most histories never ask.
  [[nodiscard]] const history::Timeline& timeline(const history::History& history, const std::string& default_schema) const;

  /// Before a history: nothing is known of it.
  void begin();
  void add_judged(std::uint32_t part_number, const JudgedPart& part) { judged_.emplace(part_number, part); }
  /// Null where the part is a down part, or only replayed.
  [[nodiscard]] const JudgedPart* judged(std::uint32_t part_number) const;

 private:
  const Options& options_;
  const Sources& sources_;
  history::Lending* lending_;
  mutable std::optional<history::Timeline> timeline_;
  std::map<std::uint32_t, JudgedPart> judged_;
};

/// One moment of the replay, for one rule. Everything is read-only but `report`.
class Context {
 public:
  Context(const history::Moment& moment, const facts::StatementEffects& effects, std::size_t step, const HistoryView& view, RuleId rule,
          std::vector<Finding>& out);

  [[nodiscard]] const history::Moment& moment() const { return moment_; }
  [[nodiscard]] const catalog::Catalog& catalog() const { return moment_.catalog; }
  [[nodiscard]] const ir::Statement& statement() const { return moment_.statement; }
  [[nodiscard]] const ir::Step& step() const { return moment_.statement.steps[step_]; }
  [[nodiscard]] std::size_t step_index() const { return step_; }
  [[nodiscard]] const facts::TransactionState& transaction() const { return moment_.transaction; }
  [[nodiscard]] const facts::Settings& settings() const { return moment_.settings; }
  [[nodiscard]] const Options& options() const { return view_.options(); }
  [[nodiscard]] int pg_version() const { return options().pg_version; }
  [[nodiscard]] const Conventions& conventions() const;
  /// Of the whole statement, of this step alone, and of another one of the statement.
  [[nodiscard]] const facts::Effects& statement_effects() const { return effects_.whole; }
  [[nodiscard]] const facts::Effects& effects() const { return effects(step_); }
  [[nodiscard]] const facts::Effects& effects(std::size_t step) const { return effects_.steps[step]; }

  /// The relation at this moment; null where the history does not know it (it most likely exists).
  [[nodiscard]] const catalog::Relation* table(const ir::RelationName& name) const;
  /// Whether nobody else can be using the relation: made by this very part of the migration or by another migration that is new (also
  /// through CREATE TABLE AS, LIKE, PARTITION OF, and not undone), temporary, or declared small. `CREATE TABLE IF NOT EXISTS` is no proof
  /// behind something that could not be read. Or emptied by this transaction.
  [[nodiscard]] bool is_harmless(const ir::RelationName& name) const;
  /// Whether an earlier statement of this transaction has emptied the table for good: what reads all of it reads nothing.
  [[nodiscard]] bool is_emptied(const ir::RelationName& name) const;
  /// The same as `is_harmless`, but a table that is empty now may have readers that wait.
  [[nodiscard]] bool is_out_of_use(const ir::RelationName& name) const;
  [[nodiscard]] bool is_new(const ir::RelationName& name) const;
  /// Whether the object was made in the transaction that is open now.
  [[nodiscard]] bool made_in_this_transaction(const catalog::Origin& origin) const;
  /// Display name: "public.users" as the user would know it: schema only where it was written or is not the default one.
  [[nodiscard]] std::string name_of(const ir::RelationName& name) const;
  /// The bytes of the source.
  [[nodiscard]] std::string_view source(Span span) const { return view_.sources().text(span); }
  /// The path of the file that a place is in.
  [[nodiscard]] const std::string& path(Span span) const { return view_.sources()[span.file].path; }
  /// True for a migration written in SQL (a fix may then edit SQL at its spans).
  [[nodiscard]] bool is_sql_source() const;
  /// Whether this rule has already reported in this part of the migration.
  [[nodiscard]] bool reported_in_part() const;
  /// Whether this rule has already reported this statement.
  [[nodiscard]] bool reported_statement() const;

  /// A finding of this rule. The locks of this step, the migration and the severity are filled in; add help, labels and a fix to it.
  /// Where the culprit is empty, the step is.
  Finding& report(Span culprit, std::string message);
  /// The same about what is not a matter of locks: none are filled in.
  Finding& remark(Span culprit, std::string message);

  /// Whether a part that is judged made it. Only these may be reported at the history's end.
  [[nodiscard]] bool made_by_judged(const catalog::Origin& origin) const { return view_.judged(origin.part) != nullptr; }
  /// A finding at the place where a judged part made something, whenever that was.
  Finding& report_made(const catalog::Origin& origin, std::string message);

  /// Where the history makes and removes things, and the place of this step in it.
  [[nodiscard]] const history::Timeline& timeline() const { return view_.timeline(moment_.history, catalog().default_schema()); }
  [[nodiscard]] history::TimelinePlace place() const;

 private:
  const history::Moment& moment_;
  const facts::StatementEffects& effects_;
  std::size_t step_;
  const HistoryView& view_;
  RuleId rule_;
  std::vector<Finding>& out_;
};

}  // namespace whimbrel::rule
