// A history in SQL and the effects of the statement behind it, for tests.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "whimbrel/catalog/apply.h"
#include "whimbrel/facts/effects.h"
#include "whimbrel/sql/sql.h"

namespace whimbrel {

/// Replays a history, then asks for the effects of one statement.
class Scenario {
 public:
  explicit Scenario(std::string history, int pg_version = 15) : text_(std::move(history)) {
    settings.pg_version = pg_version;
    for (const ir::Statement& statement : sql::parse(sql::HostText::plain(text_, FileId{})).statements) {
      for (const ir::Step& step : statement.steps) catalog::apply(catalog, step);
    }
    settings.transaction.number = 1;
  }

  /// Runs statements in the transaction of the one that is asked about.
  void before(std::string_view statements) {
    earlier_.emplace_back(statements);
    for (const ir::Statement& statement : sql::parse(sql::HostText::plain(earlier_.back(), FileId{})).statements) {
      for (const ir::Step& step : statement.steps) {
        facts::note(step, catalog, settings.pg_version, statement.runs, settings.transaction);
        catalog::apply(catalog, step, {0, settings.transaction.number, step.span});
      }
    }
  }

  [[nodiscard]] facts::StatementEffects effects(std::string_view statement) const {
    const sql::Parsed parsed = sql::parse(sql::HostText::plain(statement, FileId{}));
    return parsed.statements.empty() ? facts::StatementEffects{}
                                     : facts::effects_of(parsed.statements.front(), catalog, settings);
  }
  [[nodiscard]] facts::Effects whole(std::string_view statement) const { return effects(statement).whole; }

  /// "public.t ACCESS EXCLUSIVE, public.u SHARE".
  [[nodiscard]] std::string locks(std::string_view statement) const {
    std::string text;
    for (const facts::RelationLock& lock : whole(statement).locks) {
      text += (text.empty() ? "" : ", ") + facts::display_name(lock.relation) + " " +
              std::string(lock_mode_name(lock.mode));
    }
    return text;
  }
  /// "rewrites public.t; scans public.t; builds public.t_pkey", a "?" behind what is not certain.
  [[nodiscard]] std::string work(std::string_view statement) const {
    const facts::Effects effects = whole(statement);
    std::string text;
    const auto add = [&text](std::string_view what, const std::vector<facts::Work>& works) {
      for (const facts::Work& work : works) {
        text += (text.empty() ? "" : "; ") + std::string(what) + " " + facts::display_name(work.relation) +
                (work.happens == Tri::yes ? "" : "?");
      }
    };
    add("rewrites", effects.rewrites);
    add("scans", effects.scans);
    add("builds", effects.builds);
    return text;
  }

  mutable catalog::Catalog catalog;
  facts::Settings settings;

 private:
  std::string text_;
  std::deque<std::string> earlier_;
};

}  // namespace whimbrel
