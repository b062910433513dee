// SQLAlchemy's naming conventions, token by token. SQLAlchemy's page "Configuring Constraint Naming Conventions".
#include "naming.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "render.h"
#include "shortened_name.h"
#include "whimbrel/base/text.h"

namespace whimbrel::alembic {

namespace {

using Convention = std::map<std::string, std::string>;

/// What the tokens of one name stand for.
struct Subject {
  std::string table;
  std::vector<std::string> columns;
  std::string referred_table;
  std::vector<std::string> referred_columns;
};

/// column_0_name, column_1_label, column_0N_name, column_0_N_key … over a list of names.
std::optional<std::string> columns_token(std::string_view token, const std::vector<std::string>& columns, const std::string& table) {
  std::size_t digits = 0;
  while (digits < token.size() && token[digits] >= '0' && token[digits] <= '9') ++digits;
  if (digits == 0 || digits > 3) return std::nullopt;
  const std::size_t first = std::stoul(std::string(token.substr(0, digits)));
  token.remove_prefix(digits);
  std::optional<std::string_view> all;   // what stands between all columns from the first on
  if (token.starts_with("_N_")) {
    all = "_";
    token.remove_prefix(2);
  } else if (token.starts_with("N_")) {
    all = "";
    token.remove_prefix(1);
  }
  const bool label = token == "_label";
  if (!label && token != "_name" && token != "_key") return std::nullopt;
  if (first >= columns.size()) return std::nullopt;
  std::string text;
  for (std::size_t i = first; i < (all ? columns.size() : first + 1); ++i) {
    if (i > first) text += *all;
    if (label) text += table + "_";
    text += columns[i];
  }
  return text;
}

std::optional<std::string> token_value(std::string_view token, const Subject& subject) {
  if (token == "table_name") return subject.table;
  if (token == "referred_table_name") return subject.referred_table.empty() ? std::nullopt : std::optional(subject.referred_table);
  constexpr std::string_view kColumn = "column_";
  constexpr std::string_view kReferred = "referred_column_";
  if (token.starts_with(kReferred)) return columns_token(token.substr(kReferred.size()), subject.referred_columns, subject.referred_table);
  if (token.starts_with(kColumn)) return columns_token(token.substr(kColumn.size()), subject.columns, subject.table);
  return std::nullopt;   // constraint_name of what has none, or a function of the project
}

/// Nothing where the convention needs what is not there.
std::optional<std::string> name_by(const Convention& convention, std::string_view key, const Subject& subject) {
  const auto found = convention.find(std::string(key));
  if (found == convention.end()) return std::nullopt;
  std::string name;
  for (std::string_view rest = found->second; !rest.empty();) {
    if (!rest.starts_with("%(")) {
      const std::size_t size = rest.starts_with("%%") ? 2 : 1;
      name += rest.front();
      rest.remove_prefix(size);
      continue;
    }
    const std::size_t close = rest.find(")s");
    const auto value = close == std::string_view::npos ? std::nullopt : token_value(rest.substr(2, close - 2), subject);
    if (!value) return std::nullopt;
    name += *value;
    rest.remove_prefix(close + 2);
  }
  return shortened_name(name);
}

std::string_view key_of(ir::ConstraintKind kind) {
  switch (kind) {
    case ir::ConstraintKind::primary_key: return "pk";
    case ir::ConstraintKind::unique: return "uq";
    case ir::ConstraintKind::foreign_key: return "fk";
    case ir::ConstraintKind::check: return "ck";
    case ir::ConstraintKind::exclusion: return "ex";
    case ir::ConstraintKind::not_null: return {};
  }
  return {};
}

class Namer {
 public:
  explicit Namer(const Convention& convention) : convention_(convention) {}

  /// True if something has a name now that had none.
  bool name(ir::Operation& operation) {
    named_ = false;
    if (auto* create = std::get_if<ir::op::CreateTable>(&operation)) {
      for (ir::Constraint& constraint : create->constraints) name(constraint, create->table);
      for (ir::ColumnDef& column : create->columns) name(column, create->table);
    } else if (auto* add = std::get_if<ir::op::AddConstraint>(&operation)) {
      name(add->constraint, add->table);
    } else if (auto* column = std::get_if<ir::op::AddColumn>(&operation)) {
      name(column->column, column->table);
    } else if (auto* index = std::get_if<ir::op::CreateIndex>(&operation)) {
      name(*index);
    }
    return named_;
  }

 private:
  void name(ir::ColumnDef& column, const ir::RelationName& table) {
    for (ir::Constraint& constraint : column.constraints) name(constraint, table);
  }

  void name(ir::Constraint& constraint, const ir::RelationName& table) {
    const std::string_view key = key_of(constraint.kind);
    if (!constraint.name.value.empty() || key.empty()) return;
    Subject subject{.table = table.value.name, .columns = {}, .referred_table = constraint.references.value.name, .referred_columns = {}};
    for (const ir::Name& column : constraint.columns) subject.columns.push_back(column.value);
    for (const ir::Name& column : constraint.referenced_columns) subject.referred_columns.push_back(column.value);
    give(constraint.name, key, subject);
  }

  void name(ir::op::CreateIndex& index) {
    if (!index.name.value.empty()) return;
    Subject subject{.table = index.table.value.name, .columns = {}, .referred_table = {}, .referred_columns = {}};
    for (const ir::IndexElement& element : index.elements) {
      if (element.column.empty()) return;
      subject.columns.push_back(element.column);
    }
    give(index.name, "ix", subject);
  }

  void give(ir::Name& name, std::string_view key, const Subject& subject) {
    const auto chosen = name_by(convention_, key, subject);
    if (!chosen) return;
    name.value = *chosen;
    named_ = true;
  }

  const Convention& convention_;
  bool named_ = false;
};

}  // namespace

void give_names(ir::Statement& statement, const Convention& convention) {
  if (convention.empty() || statement.call != statement.span) return;  // op.execute: PostgreSQL chooses the names
  Namer namer(convention);
  bool named = false;
  for (ir::Step& step : statement.steps) named |= namer.name(step.operation);
  if (named && !statement.sql.empty()) statement.sql = render(statement);
}

void settle(std::vector<ir::Migration>& migrations, const Sources& /*sources*/, const frontend::NearbyFile& /*nearby*/,
            const frontend::Surroundings& surroundings) {
  if (surroundings.naming_convention.empty()) return;
  for (ir::Migration& migration : migrations) {
    for (ir::Part* part : {&migration.up, &migration.down}) {
      for (ir::Statement& statement : part->statements) give_names(statement, surroundings.naming_convention);
    }
  }
}

}  // namespace whimbrel::alembic
