// What a down part has to say so that the schema is as it was: SQL printed from the catalog, or Alembic's directive for it.
#include <fmt/format.h>

#include <algorithm>

#include "whimbrel/catalog/print.h"
#include "whimbrel/rule/difference.h"

namespace whimbrel::rule {
namespace {

using catalog::Difference;
using Outcome = Difference::Outcome;
using Piece = Difference::Piece;
using Aspect = Difference::Aspect;

/// The names of one difference as SQL and Python want them.
class Repair {
 public:
  Repair(Steps& steps, const Context& context, const Difference& difference)
      : steps_(steps),
        context_(context),
        difference_(difference),
        name_(context.name_of({.value = difference.name, .span = {}})),
        part_(ir::quote_identifier(difference.part)),
        table_(python_string(difference.name.name)),
        schema_(name_.find('.') == std::string::npos ? "" : ", schema=" + python_string(difference.name.schema)) {}

  void drop() {
    switch (difference_.piece) {
      case Piece::schema: return run("DROP SCHEMA {}", name_);
      case Piece::extension: return run("DROP EXTENSION {}", name_);
      case Piece::relation:
        if (difference_.other == "view" || difference_.other == "materialized view") {
          return run("DROP {} {}", difference_.other == "view" ? "VIEW" : "MATERIALIZED VIEW", name_);
        }
        steps_.run("DROP TABLE " + name_, fmt::format("op.drop_table({}{})", table_, schema_));
        return;
      case Piece::column:
        steps_.run(fmt::format("ALTER TABLE {} DROP COLUMN {}", name_, part_),
                   fmt::format("op.drop_column({}, {}{})", table_, python_string(difference_.part), schema_));
        return;
      case Piece::constraint: return drop_constraint();
      case Piece::index:
        steps_.run("DROP INDEX " + name_, fmt::format("op.drop_index({}, table_name={}{})", table_,
                                                       python_string(difference_.index_after->table.name), schema_));
        return;
      case Piece::sequence: return run("DROP SEQUENCE {}", name_);
      case Piece::type:
        if (difference_.other == "domain") return run("DROP DOMAIN {}", name_);
        return run("DROP TYPE {}", name_);
      case Piece::enum_value: return say("make the type anew without the value, and change its columns to it");
      case Piece::function: return run("DROP {} {}({})", difference_.other == "procedure" ? "PROCEDURE" : "FUNCTION", name_, difference_.part);
      case Piece::attached:
        if (difference_.other == "statistics") return run("DROP STATISTICS {}", part_);
        return run("DROP {} {} ON {}", upper(difference_.other), part_, name_);
    }
  }

  void make() {
    switch (difference_.piece) {
      case Piece::schema: return run("CREATE SCHEMA {}", name_);
      case Piece::extension: return run("CREATE EXTENSION {}", name_);
      case Piece::relation: return make_relation();
      case Piece::column: return make_column();
      case Piece::constraint: return make_constraint();
      case Piece::index: return make_index(*difference_.index_before);
      case Piece::sequence: return run("CREATE SEQUENCE {}", name_);
      case Piece::type: return make_type();
      case Piece::enum_value: return run("ALTER TYPE {} ADD VALUE {}", name_, sql_string(difference_.part));
      case Piece::function:
      case Piece::attached: return say(fmt::format("CREATE {} {} as it was", upper(difference_.other), difference_.part.empty() || difference_.piece == Piece::function ? name_ : part_));
    }
  }

  void rename() {
    const std::string old = ir::quote_identifier(difference_.before);
    const std::string& now = difference_.after;
    switch (difference_.piece) {
      case Piece::column: return run("ALTER TABLE {} RENAME COLUMN {} TO {}", name_, now, old);
      case Piece::constraint: return run("ALTER TABLE {} RENAME CONSTRAINT {} TO {}", name_, now, old);
      case Piece::index: return run("ALTER INDEX {} RENAME TO {}", now, old);
      case Piece::type: return run("ALTER TYPE {} RENAME TO {}", now, old);
      case Piece::enum_value: return run("ALTER TYPE {} RENAME VALUE {} TO {}", name_, sql_string(now), sql_string(difference_.before));
      case Piece::schema:
      case Piece::extension:
      case Piece::relation:
      case Piece::sequence:
      case Piece::function:
      case Piece::attached: return run("ALTER TABLE {} RENAME TO {}", now, old);
    }
  }

  void alter() {
    if (difference_.piece == Piece::column) return alter_column();
    if (difference_.piece == Piece::constraint && difference_.aspect == Aspect::definition) {
      drop_constraint();
      return make_constraint();
    }
    if (difference_.piece == Piece::constraint) return run("ALTER TABLE {} VALIDATE CONSTRAINT {}", name_, part_);
    if (difference_.piece == Piece::index) {
      drop();
      return make_index(*difference_.index_before);
    }
    if (difference_.aspect == Aspect::persistence) return run("ALTER TABLE {} SET {}", name_, difference_.before.empty() ? "LOGGED" : "UNLOGGED");
    if (difference_.aspect == Aspect::row_security && difference_.before.find("FORCE") == std::string::npos) {
      return run("ALTER TABLE {} {} ROW LEVEL SECURITY", name_, difference_.before.empty() ? "DISABLE" : "ENABLE");
    }
    if (difference_.piece == Piece::function) return say(fmt::format("CREATE OR REPLACE {} {} with the body that it had before", upper(difference_.other), name_));
  }

 private:
  template <class... Args>
  void run(fmt::format_string<Args...> text, Args&&... args) {
    steps_.run(fmt::format(text, std::forward<Args>(args)...));
  }
  void say(std::string_view comment) { steps_.say(comment); }

  static std::string upper(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
  }
  static std::string names(const std::vector<std::string>& list) {
    std::string text = "[";
    for (const std::string& name : list) text += (text.size() > 1 ? ", " : "") + python_string(name);
    return text + "]";
  }

  [[nodiscard]] const catalog::Constraint* constraint_before() const {
    return difference_.relation_before == nullptr ? nullptr : difference_.relation_before->find_constraint(difference_.part);
  }
  [[nodiscard]] const catalog::Column* column_before() const {
    return difference_.relation_before == nullptr ? nullptr : difference_.relation_before->find_column(difference_.part);
  }

  /// Whether PostgreSQL does not take the values as the old type by itself.
  [[nodiscard]] bool needs_using() const {
    const catalog::Column* now = difference_.relation_after == nullptr ? nullptr : difference_.relation_after->find_column(difference_.part);
    const catalog::Column* old = column_before();
    return now != nullptr && old != nullptr &&
           facts::type_change(now->type, old->type, context_.catalog(), context_.settings()) == facts::TypeChange::error;
  }

  void drop_constraint() {
    steps_.run(fmt::format("ALTER TABLE {} DROP CONSTRAINT {}", name_, part_),
               fmt::format("op.drop_constraint({}, {}{})", python_string(difference_.part), table_, schema_));
  }

  void make_constraint() {
    const catalog::Constraint* constraint = constraint_before();
    if (constraint == nullptr) return;
    // An index may have the constraint's name, and be all that it needs.
    const bool is_key = constraint->kind == ir::ConstraintKind::unique || constraint->kind == ir::ConstraintKind::primary_key;
    const catalog::Index* index = is_key ? context_.catalog().find_index({difference_.name.schema, constraint->name}) : nullptr;
    if (index != nullptr && index->unique && index->constraint.empty() && !index->predicate && index->table == difference_.name &&
        std::ranges::equal(index->columns, constraint->columns, {}, &catalog::IndexColumn::column)) {
      return run("ALTER TABLE {} ADD CONSTRAINT {} {} USING INDEX {}", name_, part_, constraint->kind == ir::ConstraintKind::primary_key ? "PRIMARY KEY" : "UNIQUE", part_);
    }
    const std::string name = python_string(constraint->name);
    std::string python;
    const bool plain = !constraint->deferrable && constraint->validated && constraint->enforced;
    if (constraint->kind == ir::ConstraintKind::unique && plain) {
      python = fmt::format("op.create_unique_constraint({}, {}, {}{})", name, table_, names(constraint->columns), schema_);
    } else if (constraint->kind == ir::ConstraintKind::primary_key && plain) {
      python = fmt::format("op.create_primary_key({}, {}, {}{})", name, table_, names(constraint->columns), schema_);
    }
    if (constraint->kind == ir::ConstraintKind::exclusion) return say(fmt::format("add constraint {} as it was", part_));
    steps_.run(fmt::format("ALTER TABLE {} ADD CONSTRAINT {} {}", name_, part_, catalog::to_text(*constraint)), python);
  }

  static std::string column_text(const catalog::Column& column, bool with_not_null) {
    std::string text = fmt::format("{} {}", ir::quote_identifier(column.name), column.type.known() ? ir::to_sql(column.type) : "…");
    if (column.default_value && column.owned_sequence.empty()) text += " DEFAULT " + ir::to_sql(*column.default_value);
    if (column.identity == ir::Identity::always || !column.owned_sequence.empty()) text += " GENERATED ALWAYS AS IDENTITY";
    if (column.identity == ir::Identity::by_default) text += " GENERATED BY DEFAULT AS IDENTITY";
    if (column.generation) text += fmt::format(" GENERATED ALWAYS AS ({}) {}", ir::to_sql(*column.generation), column.generated == ir::Generated::stored ? "STORED" : "VIRTUAL");
    if (with_not_null && column.not_null == Tri::yes) text += " NOT NULL";
    return text;
  }

  void make_column() {
    const catalog::Column* column = column_before();
    if (column == nullptr) return;
    const bool filled = column->default_value || column->identity != ir::Identity::none || column->generation;
    run("ALTER TABLE {} ADD COLUMN {}", name_, column_text(*column, filled));
    if (!filled && column->not_null == Tri::yes) say("fill it before it is NOT NULL again: on a table with rows the statement fails otherwise");
  }

  void make_relation() {
    const catalog::Relation& relation = *difference_.relation_before;
    if (relation.kind != catalog::RelationKind::table || !relation.exact) {
      return say(fmt::format("make {} {} again", difference_.other, name_));
    }
    std::string text;
    for (const catalog::Column& column : relation.columns) text += (text.empty() ? "" : ", ") + column_text(column, true);
    for (const catalog::Constraint& constraint : relation.constraints) {
      if (constraint.kind == ir::ConstraintKind::not_null || constraint.kind == ir::ConstraintKind::exclusion) continue;
      text += fmt::format(", CONSTRAINT {} {}", ir::quote_identifier(constraint.name), catalog::to_text(constraint));
    }
    run("CREATE TABLE {} ({})", name_, text);
  }

  void make_type() {
    const catalog::Type& type = *difference_.type_before;
    if (type.domain || type.form != ir::op::TypeForm::enum_) return say(fmt::format("make {} {} again", difference_.other, name_));
    std::string labels;
    for (const std::string& label : type.labels) labels += (labels.empty() ? "" : ", ") + sql_string(label);
    run("CREATE TYPE {} AS ENUM ({})", name_, labels);
  }

  void make_index(const catalog::Index& index) {
    catalog::Index printed = index;
    printed.valid = Tri::yes;
    printed.unique = false;
    std::string tail = catalog::to_text(printed);
    if (index.method == "btree") tail = tail.substr(std::string_view("btree ").size());
    const std::string sql =
        fmt::format("CREATE {}INDEX {} ON {} {}{}", index.unique ? "UNIQUE " : "", ir::quote_identifier(index.name.name),
                    name_.find('.') == std::string::npos ? ir::quote_identifier(index.table.name) : ir::to_sql(index.table),
                    index.method == "btree" ? "" : "USING ", tail);
    const bool plain = index.method == "btree" && !index.predicate && index.including.empty() && index.options.empty() &&
                       std::ranges::all_of(index.columns, [](const catalog::IndexColumn& column) {
                         return !column.column.empty() && column.opclass.empty() && !column.descending && column.collation.empty();
                       });
    std::string python;
    if (plain) {
      std::vector<std::string> columns;
      for (const catalog::IndexColumn& column : index.columns) columns.push_back(column.column);
      python = fmt::format("op.create_index({}, {}, {}{}{})", python_string(index.name.name), python_string(index.table.name),
                           names(columns), index.unique ? ", unique=True" : "", schema_);
    }
    steps_.run(sql, python);
  }

  void alter_column() {
    const std::string alter = fmt::format("ALTER TABLE {} ALTER COLUMN {}", name_, part_);
    const std::string column = fmt::format("op.alter_column({}, {}, ", table_, python_string(difference_.part));
    switch (difference_.aspect) {
      case Aspect::type: return run("{} TYPE {}{}", alter, difference_.before, needs_using() ? fmt::format(" USING {}::{}", part_, difference_.before) : "");
      case Aspect::not_null: {
        const bool was = !difference_.before.empty();
        steps_.run(fmt::format("{} {} NOT NULL", alter, was ? "SET" : "DROP"), fmt::format("{}nullable={}{})", column, was ? "False" : "True", schema_));
        return;
      }
      case Aspect::default_value: {
        const bool was = !difference_.before.empty();
        steps_.run(was ? fmt::format("{} SET DEFAULT {}", alter, difference_.before) : alter + " DROP DEFAULT",
                   fmt::format("{}server_default={}{})", column, was ? fmt::format("sa.text({})", python_string(difference_.before)) : "None", schema_));
        return;
      }
      case Aspect::identity:
        if (difference_.before.empty()) return run("{} DROP IDENTITY", alter);
        return run("{} {} {}", alter, difference_.after.empty() ? "ADD" : "SET", difference_.before);
      case Aspect::none:
      case Aspect::generated:
      case Aspect::collation:
      case Aspect::definition:
      case Aspect::validity:
      case Aspect::persistence:
      case Aspect::row_security:
      case Aspect::options:
      case Aspect::parents:
      case Aspect::columns:
      case Aspect::reads:
      case Aspect::body:
      case Aspect::result:
      case Aspect::label_order:
      case Aspect::base:
      case Aspect::attributes:
      case Aspect::executes: return;
    }
  }

  Steps& steps_;
  const Context& context_;
  const Difference& difference_;
  std::string name_;     ///< as SQL, with the schema where it is needed
  std::string part_;
  std::string table_;    ///< as a Python string
  std::string schema_;   ///< `, schema="app"`
};

/// Triggers and policies are dropped first, what others may use last.
int turn(const Difference& difference) {
  if (difference.outcome != Outcome::left_over) return 1;
  if (difference.piece == Piece::attached) return 0;
  const bool used = difference.piece == Piece::function || difference.piece == Piece::type || difference.piece == Piece::schema || difference.piece == Piece::extension;
  return used ? 2 : 1;
}

void repair_one(Steps& steps, const Context& context, const Difference& difference) {
  Repair one(steps, context, difference);
  switch (difference.outcome) {
    case Outcome::left_over: return one.drop();
    case Outcome::missing: return one.make();
    case Outcome::renamed: return one.rename();
    case Outcome::different: return one.alter();
  }
}

}  // namespace

void repair(Steps& steps, const Context& context, std::vector<const Difference*> differences) {
  constexpr std::size_t kMost = 8;
  std::ranges::stable_sort(differences, {}, [](const Difference* difference) { return turn(*difference); });
  for (std::size_t i = 0; i < differences.size() && i < kMost; ++i) repair_one(steps, context, *differences[i]);
  if (differences.size() > kMost) steps.say(fmt::format("and {} more", differences.size() - kMost));
}

}  // namespace whimbrel::rule
