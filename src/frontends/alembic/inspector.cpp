// SQLAlchemy's inspector over a catalog: the dictionaries that engine/reflection.py documents, of the PostgreSQL dialect.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "arguments.h"
#include "database.h"

namespace whimbrel::alembic {

namespace {

using catalog::Relation;
using catalog::RelationKind;
using ir::QualifiedName;
using Pairs = std::vector<std::pair<Value, Value>>;

/// One question, being answered.
class Answer {
 public:
  Answer(const Database& database, Arguments& arguments) : database_(database), arguments_(arguments), schema_(arguments.name("schema").value) {}

  // ---- about a schema ----
  Value tables() { return relations([](RelationKind kind) { return kind == RelationKind::table || kind == RelationKind::partitioned_table; }); }
  Value views() { return relations([](RelationKind kind) { return kind == RelationKind::view; }); }
  Value materialized_views() { return relations([](RelationKind kind) { return kind == RelationKind::materialized_view; }); }

  Value schemas() {
    if (!catalog().complete()) return doubt();
    std::vector<std::string> names(catalog().schemas().begin(), catalog().schemas().end());
    names.emplace_back("information_schema");
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return list(names);
  }

  Value sequences() {
    std::vector<std::string> names;
    for (const auto& [name, sequence] : catalog().sequences()) {
      if (!is_meant(name)) continue;
      if (!sequence->exact) return doubt();
      names.push_back(name.name);
    }
    return knows_all() ? list(names) : doubt();
  }

  Value enums() {
    std::vector<Value> found;
    for (const auto& [name, type] : catalog().types()) {
      if (type->form != ir::op::TypeForm::enum_ || type->domain || (schema_ != "*" && !is_meant(name))) continue;
      if (!type->exact) return doubt();
      found.push_back(dictionary({{"name", text(name.name)}, {"schema", text(name.schema)}, {"visible", flag(is_visible(name))}, {"labels", list(type->labels)}}));
    }
    return knows_all() ? sequence(std::move(found)) : doubt();
  }

  Value has_schema() {
    const std::string name = arguments_.required("schema_name").value;
    if (!arguments_.problem().empty()) return doubt();
    if (catalog().has_schema(name)) return flag(true);
    return catalog().complete() ? flag(false) : doubt();
  }

  // ---- about a thing ----
  Value has_table() { return truth(database_.has_relation(named("table_name"))); }
  Value has_sequence() { return truth(database_.has_sequence(named("sequence_name"))); }
  Value has_type() { return truth(database_.has_type(named("type_name"))); }

  Value has_index() {
    const Relation* table = relation();
    const std::string wanted = arguments_.required("index_name").value;
    if (table == nullptr || !arguments_.problem().empty() || !indexes_are_exact(*table)) return doubt();
    return flag(std::ranges::any_of(table->indexes, [&](const QualifiedName& index) { return index.name == wanted; }));
  }

  Value columns() {
    const Relation* table = relation();
    if (table == nullptr) return doubt();
    std::vector<Value> found;
    for (const catalog::Column& column : table->columns) {
      // What a default looks like in PostgreSQL's own print is not known; whether there is one is.
      const bool has_default = column.default_value != nullptr || !column.owned_sequence.empty();
      found.push_back(dictionary({{"name", text(column.name)},
                                  {"type", reflected_type(catalog(), column.type, span())},
                                  {"nullable", truth(!column.not_null)},
                                  {"default", has_default ? doubt() : none()},
                                  {"autoincrement", flag(!column.owned_sequence.empty())},
                                  {"comment", doubt()}}));
    }
    return sequence(std::move(found));
  }

  Value primary_key() {
    const Relation* table = relation();
    if (table == nullptr) return doubt();
    const catalog::Constraint* key = table->primary_key();
    return dictionary({{"constrained_columns", list(key != nullptr ? key->columns : std::vector<std::string>())},
                       {"name", key != nullptr ? text(key->name) : none()},
                       {"comment", none()}});
  }

  Value foreign_keys() {
    return constraints(ir::ConstraintKind::foreign_key, [&](const catalog::Constraint& key) {
      const bool plain = key.references.schema == catalog().default_schema() && schema_.empty();
      return Pairs{{text("name"), text(key.name)},
                   {text("constrained_columns"), list(key.columns)},
                   {text("referred_schema"), plain ? none() : text(key.references.schema)},
                   {text("referred_table"), text(key.references.name)},
                   {text("referred_columns"), key.referenced_columns.empty() ? doubt() : list(key.referenced_columns)},
                   {text("options"), options(key)},
                   {text("comment"), none()}};
    });
  }

  Value unique_constraints() {
    return constraints(ir::ConstraintKind::unique, [&](const catalog::Constraint& key) {
      return Pairs{{text("name"), text(key.name)}, {text("column_names"), list(key.columns)}, {text("comment"), none()}};
    });
  }

  Value check_constraints() {
    return constraints(ir::ConstraintKind::check, [&](const catalog::Constraint& check) {
      return Pairs{{text("name"), text(check.name)}, {text("sqltext"), doubt()}, {text("comment"), none()}};
    });
  }

  Value indexes() {
    const Relation* table = relation();
    if (table == nullptr || !indexes_are_exact(*table)) return doubt();
    std::vector<QualifiedName> names(table->indexes.begin(), table->indexes.end());
    std::ranges::sort(names, {}, &QualifiedName::name);
    const catalog::Constraint* key = table->primary_key();
    std::vector<Value> found;
    for (const QualifiedName& name : names) {
      const catalog::Index* index = catalog().find_index(name);
      if (index == nullptr || (key != nullptr && index->constraint == key->name)) continue;
      std::vector<Value> columns;
      for (const catalog::IndexColumn& column : index->columns) columns.push_back(column.column.empty() ? none() : text(column.column));
      Pairs entry{{text("name"), text(index->name.name)},
                  {text("unique"), flag(index->unique)},
                  {text("column_names"), sequence(std::move(columns))},
                  {text("include_columns"), list(index->including)}};
      if (!index->constraint.empty()) entry.emplace_back(text("duplicates_constraint"), text(index->constraint));
      found.push_back(python::make_dictionary(std::move(entry), span()));
    }
    return sequence(std::move(found));
  }

 private:
  [[nodiscard]] const catalog::Catalog& catalog() const { return database_.catalog(); }
  [[nodiscard]] Span span() const { return arguments_.whole(); }

  [[nodiscard]] Value text(std::string value) const { return python::make_string(std::move(value), span()); }
  [[nodiscard]] Value none() const { return python::make_none(span()); }
  [[nodiscard]] Value flag(bool value) const { return python::make_bool(value, span()); }
  [[nodiscard]] Value truth(Tri value) const { return value == Tri::unknown ? doubt() : flag(value == Tri::yes); }
  [[nodiscard]] Value sequence(std::vector<Value> items) const { return python::make_sequence(python::SequenceKind::list, std::move(items), span()); }
  [[nodiscard]] Value list(const std::vector<std::string>& names) const {
    std::vector<Value> items;
    for (const std::string& name : names) items.push_back(text(name));
    return sequence(std::move(items));
  }
  [[nodiscard]] Value dictionary(std::vector<std::pair<std::string, Value>> entries) const {
    Pairs pairs;
    for (auto& [key, value] : entries) pairs.emplace_back(text(std::move(key)), std::move(value));
    return python::make_dictionary(std::move(pairs), span());
  }
  [[nodiscard]] Value doubt() const { return python::make_unknown("an answer of the database that the history does not tell", span()); }

  QualifiedName named(std::string_view parameter) { return {schema_, arguments_.required(parameter).value}; }
  const Relation* relation() {
    const QualifiedName name = named("table_name");
    return arguments_.problem().empty() ? database_.exact_relation(name) : nullptr;
  }

  [[nodiscard]] bool is_visible(const QualifiedName& name) const { return catalog().resolve({"", name.name}) == name; }
  /// In the schema asked for; where none is, along the search path.
  [[nodiscard]] bool is_meant(const QualifiedName& name) const { return schema_.empty() ? is_visible(name) && name.schema != "pg_temp" : name.schema == schema_; }
  [[nodiscard]] bool knows_all() const { return database_.knows_all(schema_.empty() ? catalog().default_schema() : schema_); }

  template <class Wanted>
  Value relations(const Wanted& wanted) {
    std::vector<std::string> names;
    for (const auto& [name, relation] : catalog().relations()) {
      if (!wanted(relation->kind) || !is_meant(name)) continue;
      if (!relation->exact && database_.has_relation(name) != Tri::yes) return doubt();
      names.push_back(name.name);
    }
    std::ranges::sort(names);
    return knows_all() ? list(names) : doubt();
  }

  template <class Entry>
  Value constraints(ir::ConstraintKind kind, const Entry& entry) {
    const Relation* table = relation();
    if (table == nullptr) return doubt();
    std::vector<std::pair<std::string, Value>> found;
    for (const catalog::Constraint& constraint : table->constraints) {
      if (constraint.kind == kind) found.emplace_back(constraint.name, python::make_dictionary(entry(constraint), span()));
    }
    std::ranges::stable_sort(found, {}, [](const auto& one) { return one.first; });
    std::vector<Value> items;
    for (auto& [name, value] : found) items.push_back(std::move(value));
    return sequence(std::move(items));
  }

  [[nodiscard]] bool indexes_are_exact(const Relation& table) const {
    return std::ranges::all_of(table.indexes, [&](const QualifiedName& name) {
      const catalog::Index* index = catalog().find_index(name);
      return index != nullptr && index->exact;
    });
  }

  /// {"ondelete": "CASCADE"}: only what is not the default.
  [[nodiscard]] Value options(const catalog::Constraint& key) const {
    std::vector<std::pair<std::string, Value>> entries;
    const auto add = [&](std::string name, ir::ReferentialAction action) {
      switch (action) {
        case ir::ReferentialAction::no_action: return;
        case ir::ReferentialAction::restrict: return entries.emplace_back(std::move(name), text("RESTRICT")), void();
        case ir::ReferentialAction::cascade: return entries.emplace_back(std::move(name), text("CASCADE")), void();
        case ir::ReferentialAction::set_null: return entries.emplace_back(std::move(name), text("SET NULL")), void();
        case ir::ReferentialAction::set_default: return entries.emplace_back(std::move(name), text("SET DEFAULT")), void();
      }
    };
    add("onupdate", key.on_update);
    add("ondelete", key.on_delete);
    if (key.deferrable) entries.emplace_back("deferrable", flag(true));
    if (key.initially_deferred) entries.emplace_back("initially", text("DEFERRED"));
    return dictionary(std::move(entries));
  }

  const Database& database_;
  Arguments& arguments_;
  std::string schema_;
};

constexpr std::string_view kSchema[] = {"schema"};
constexpr std::string_view kTable[] = {"table_name", "schema"};
constexpr std::string_view kIndex[] = {"table_name", "index_name", "schema"};
constexpr std::string_view kSequence[] = {"sequence_name", "schema"};
constexpr std::string_view kType[] = {"type_name", "schema"};
constexpr std::string_view kSchemaName[] = {"schema_name"};

struct QuestionInfo {
  std::string_view method;
  std::span<const std::string_view> parameters;
  Value (Answer::*answer)();
};

constexpr QuestionInfo kQuestions[] = {
    {"get_check_constraints", kTable, &Answer::check_constraints},
    {"get_columns", kTable, &Answer::columns},
    {"get_enums", kSchema, &Answer::enums},
    {"get_foreign_keys", kTable, &Answer::foreign_keys},
    {"get_indexes", kTable, &Answer::indexes},
    {"get_materialized_view_names", kSchema, &Answer::materialized_views},
    {"get_pk_constraint", kTable, &Answer::primary_key},
    {"get_schema_names", {}, &Answer::schemas},
    {"get_sequence_names", kSchema, &Answer::sequences},
    {"get_table_names", kSchema, &Answer::tables},
    {"get_unique_constraints", kTable, &Answer::unique_constraints},
    {"get_view_names", kSchema, &Answer::views},
    {"has_index", kIndex, &Answer::has_index},
    {"has_schema", kSchemaName, &Answer::has_schema},
    {"has_sequence", kSequence, &Answer::has_sequence},
    {"has_table", kTable, &Answer::has_table},
    {"has_type", kType, &Answer::has_type},
    {"table_names", kSchema, &Answer::tables},
};

const QuestionInfo* find_question(std::string_view method) {
  const auto found = std::find_if(std::begin(kQuestions), std::end(kQuestions), [&](const QuestionInfo& info) { return info.method == method; });
  return found != std::end(kQuestions) ? &*found : nullptr;
}

}  // namespace

bool is_question(std::string_view method) { return find_question(method) != nullptr; }

Value answer(const Database& database, std::string_view question, const python::Call& call, Span span) {
  const QuestionInfo* info = find_question(question);
  if (info == nullptr) return python::make_unknown(fmt::format("a question to the inspector ({})", question), span);
  Arguments arguments(call, span, info->parameters);
  Answer answer(database, arguments);
  Value value = (answer.*info->answer)();
  if (!arguments.problem().empty()) return python::make_unknown(fmt::format("a question to the inspector ({}): {}", question, arguments.problem()), span);
  return value;
}

}  // namespace whimbrel::alembic
