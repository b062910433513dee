// Printing a project: its files, its operations, its order.
#include "debug.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "whimbrel/base/text.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/history/replay.h"
#include "whimbrel/ir/print.h"
#include "whimbrel/report/inspect.h"

namespace whimbrel::cli {
namespace {

using nlohmann::ordered_json;

std::string dump(const ordered_json& json) { return printable_json(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace)); }

/// Prints items as a JSON document {NAME: [...]}, one line each.
class List {
 public:
  List(std::ostream& out, std::string_view name) : out_(out) { out_ << "{\"" << name << "\": ["; }
  void add(const ordered_json& item) {
    out_ << separator_ << dump(item);
    separator_ = ",\n";
  }
  void close() { out_ << "]}\n"; }

 private:
  std::ostream& out_;
  const char* separator_ = "\n";
};

std::string_view state_name(ir::PartState state) {
  switch (state) {
    case ir::PartState::present: return "present";
    case ir::PartState::empty: return "empty";
    case ir::PartState::raising: return "raising";
    case ir::PartState::missing: return "missing";
  }
  return "";
}

std::string_view mode_name(ir::TransactionMode mode) {
  switch (mode) {
    case ir::TransactionMode::none: return "none";
    case ir::TransactionMode::per_migration: return "per-migration";
    case ir::TransactionMode::single: return "single";
    case ir::TransactionMode::implicit: return "implicit";
  }
  return "";
}

std::string_view problem_name(history::OrderProblem::Kind kind) {
  using Kind = history::OrderProblem::Kind;
  switch (kind) {
    case Kind::missing_parent: return "missing parent";
    case Kind::cycle: return "cycle";
    case Kind::multiple_heads: return "multiple heads";
    case Kind::duplicate_id: return "duplicate id";
    case Kind::multiple_bases: return "multiple bases";
    case Kind::duplicate_version: return "duplicate version";
    case Kind::out_of_order: return "out of order";
    case Kind::edited: return "edited";
  }
  return "";
}

bool is_judged(const engine::Project& project, const ir::Part& part) {
  if (part.state == ir::PartState::missing) return false;
  const auto file = static_cast<std::size_t>(part.file);
  return file < project.files.size() && project.files[file].judged;
}

bool is_judged(const engine::Project& project, const ir::Migration& migration) {
  return is_judged(project, migration.up) || is_judged(project, migration.down);
}

const std::string& path_of(const engine::Project& project, const ir::Migration& migration) {
  const ir::Part& part = migration.up.state != ir::PartState::missing ? migration.up : migration.down;
  return project.sources[part.file].path;
}

ordered_json statement_json(const engine::Project& project, const ir::Statement& statement) {
  const std::string& text = project.sources[statement.span.file].text;
  const Position at = LineIndex(text).position(text, statement.span.begin);
  ordered_json operations = ordered_json::array();
  for (const ir::Step& step : statement.steps) {
    operations.push_back({{"operation", ir::operation_name(step.operation)},
                          {"text", ir::to_string(step.operation)},
                          {"start", step.span.begin},
                          {"end", step.span.end}});
  }
  ordered_json json{{"kind", statement.kind},   {"line", at.line},
                    {"column", at.column},      {"start", statement.span.begin},
                    {"end", statement.span.end}, {"conditional", statement.runs == Tri::unknown},
                    {"autocommit", statement.autocommit}, {"operations", std::move(operations)}};
  if (!statement.body.empty()) {
    ordered_json body = ordered_json::array();
    for (const ir::Statement& inner : statement.body) body.push_back(statement_json(project, inner));
    json["body"] = std::move(body);
  }
  return json;
}

ordered_json part_json(const engine::Project& project, const ir::Part& part) {
  ordered_json statements = ordered_json::array();
  for (const ir::Statement& statement : part.statements) statements.push_back(statement_json(project, statement));
  return {{"state", state_name(part.state)}, {"statements", std::move(statements)}};
}

}  // namespace

void print_files(std::ostream& out, const engine::Project& project, bool json) {
  if (!json) {
    for (const engine::ProjectFile& file : project.files) {
      out << fmt::format("{}  {}{}{}\n", printable(project.sources[file.file].path), file.front_end != nullptr ? file.front_end->name : "skipped",
                         file.front_end == nullptr ? std::string() : fmt::format(" history={}", printable(file.history.empty() ? "." : file.history)),
                         !file.remark.empty() ? ": " + printable(file.remark) : std::string(file.judged ? "" : " (replayed)"));
    }
    return;
  }
  List list(out, "files");
  for (const engine::ProjectFile& file : project.files) {
    const std::string_view kind = file.front_end != nullptr ? file.front_end->name : "skipped";
    list.add({{"file", project.sources[file.file].path}, {"kind", kind}, {"history", file.history}, {"judged", file.judged}, {"remark", file.remark}});
  }
  list.close();
}

void print_operations(std::ostream& out, const engine::Project& project, bool json) {
  if (!json) {
    for (const history::History& history : project.histories) {
      for (const ir::Migration& migration : history.migrations) {
        if (is_judged(project, migration)) out << ir::dump(migration, project.sources);
      }
    }
    return;
  }
  List list(out, "migrations");
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      if (!is_judged(project, migration)) continue;
      ordered_json unknown = ordered_json::array();
      for (const ir::Unknown& place : migration.unknown) unknown.push_back({{"start", place.span.begin}, {"reason", place.reason}});
      list.add({{"migration", migration.id},
                {"file", path_of(project, migration)},
                {"up", part_json(project, migration.up)},
                {"down", part_json(project, migration.down)},
                {"unknown", std::move(unknown)}});
    }
  }
  list.close();
}

void print_history(std::ostream& out, const engine::Project& project, bool json) {
  history::ReplayOptions options;
  options.transaction = project.config.transaction;
  ordered_json items = ordered_json::array();
  for (const history::History& history : project.histories) {
    if (!json) out << fmt::format("history {}\n", printable(history.key.empty() ? "." : history.key));
    for (const ir::Migration& migration : history.migrations) {
      const std::string_view mode = mode_name(history::transaction_mode(options, history, migration));
      if (json) {
        items.push_back({{"history", history.key}, {"migration", migration.id}, {"parents", migration.parents},
                         {"file", path_of(project, migration)},
                         {"down_file", migration.down.state == ir::PartState::missing ? ordered_json() : ordered_json(project.sources[migration.down.file].path)}, {"runner", migration.runner}, {"transaction", mode},
                         {"up", state_name(migration.up.state)}, {"down", state_name(migration.down.state)},
                         {"judged", is_judged(project, migration)}});
        continue;
      }
      out << fmt::format("  {}{}  {}  runner={} transaction={} up={} down={}{}\n", printable(migration.id),
                         migration.parents.empty() ? std::string() : printable(fmt::format(" <- {}", fmt::join(migration.parents, ", "))),
                         printable(path_of(project, migration)), migration.runner.empty() ? "none" : migration.runner, mode,
                         state_name(migration.up.state), state_name(migration.down.state), is_judged(project, migration) ? "" : " (replayed)");
    }
    for (const history::OrderProblem& problem : history.problems) {
      if (json) {
        items.push_back({{"history", history.key}, {"problem", problem_name(problem.kind)}, {"migration", problem.id}, {"detail", problem.detail}});
      } else {
        out << fmt::format("  problem: {} at {}: {}\n", problem_name(problem.kind), printable(problem.id), printable(problem.detail));
      }
    }
  }
  if (json) {
    List list(out, "history");
    for (const ordered_json& item : items) list.add(item);
    list.close();
  }
}

void print_schemas(std::ostream& out, const engine::Project& project, bool json) {
  if (json) out << "{\"schemas\": [";
  const char* separator = "\n";
  engine::each_schema(project, [&](const ir::Migration& migration, ir::Direction direction, const catalog::Catalog& catalog) {
    const std::string_view part = direction == ir::Direction::up ? "up" : "down";
    if (json) {
      out << separator;
      report::write_schema_line(out, catalog, project.config.pg_version, migration.id, part);
      separator = ",\n";
      return;
    }
    out << fmt::format("{} {}: {} relations, {} indexes, {} types, {} sequences, {} functions\n", printable(migration.id), part,
                       catalog.relations().size(), catalog.indexes().size(), catalog.types().size(), catalog.sequences().size(),
                       catalog.functions().size());
  });
  if (json) out << "]}\n";
}

}  // namespace whimbrel::cli
