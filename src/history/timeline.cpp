// Where a whole history makes and removes what, by name alone.
#include "whimbrel/history/timeline.h"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace whimbrel::history {

namespace {

/// Bodies inside bodies; the parser bounds them too.
constexpr unsigned kDeepest = 50;

bool is_of_relations(ir::ObjectKind kind) {
  using Kind = ir::ObjectKind;
  return kind == Kind::table || kind == Kind::foreign_table || kind == Kind::view || kind == Kind::materialized_view ||
         kind == Kind::index || kind == Kind::sequence || kind == Kind::type || kind == Kind::domain || kind == Kind::function ||
         kind == Kind::procedure;
}

void add_reads(std::vector<ir::RelationName>& names, const ir::Query& query) {
  names.insert(names.end(), query.reads.begin(), query.reads.end());
  names.insert(names.end(), query.writes.begin(), query.writes.end());
}

void add_referenced(std::vector<ir::RelationName>& names, const std::vector<ir::Constraint>& constraints) {
  for (const ir::Constraint& constraint : constraints) {
    if (!constraint.references.value.empty()) names.push_back(constraint.references);
  }
}

/// An index stands in the schema of its table; as written it has none of its own.
ir::RelationName index_name(const ir::op::CreateIndex& create) {
  return {.value = {create.table.value.schema, create.name.value}, .span = create.name.span};
}

ir::RelationName renamed(const ir::QualifiedName& from, const ir::Name& to) {
  return {.value = {from.schema, to.value}, .span = to.span};
}

}  // namespace

Timeline::Timeline(const History& history, const std::string& default_schema, Lending* lending) : default_schema_(default_schema) {
  for (std::size_t i = 0; i < history.migrations.size(); ++i) {
    const Loan loan(lending, history.migrations[i]);
    for (const ir::Statement& statement : history.migrations[i].up.statements) {
      // Bodies count as their outer statement does: what one block makes and drops again, it does at one moment.
      std::vector<std::pair<const ir::Statement*, unsigned>> open{{&statement, 0}};
      while (!open.empty()) {
        const auto [inner, depth] = open.back();
        open.pop_back();
        for (const ir::Step& step : inner->steps) read(step.operation, {i, statement.span.begin});
        if (depth >= kDeepest) continue;
        for (std::size_t at = inner->body.size(); at-- > 0;) open.emplace_back(&inner->body[at], depth + 1);
      }
    }
  }
}

void Timeline::note(const ir::RelationName& name, const std::string& part, Event event) {
  if (name.value.empty()) return;
  event.span = name.span;
  ir::QualifiedName resolved = name.value;
  if (resolved.schema.empty()) resolved.schema = default_schema_;
  events_[{std::move(resolved), part}].push_back(event);
}

void Timeline::read(const ir::Operation& operation, TimelinePlace place) {
  namespace op = ir::op;
  const Event made{.place = place, .made = true, .renamed = false, .span = {}};
  const Event gone{.place = place, .made = false, .renamed = false, .span = {}};
  const Event moved{.place = place, .made = false, .renamed = true, .span = {}};
  const auto part = [&](const ir::RelationName& table, const ir::Name& name, const Event& event) {
    note({.value = table.value, .span = name.span}, name.value, event);
  };
  if (const auto* table = std::get_if<op::CreateTable>(&operation)) {
    note(table->table, "", made);
  } else if (const auto* as = std::get_if<op::CreateTableAs>(&operation)) {
    note(as->table, "", made);
  } else if (const auto* view = std::get_if<op::CreateView>(&operation)) {
    note(view->view, "", made);
  } else if (const auto* sequence = std::get_if<op::CreateSequence>(&operation)) {
    note(sequence->sequence, "", made);
  } else if (const auto* type = std::get_if<op::CreateType>(&operation)) {
    note(type->type, "", made);
  } else if (const auto* domain = std::get_if<op::CreateDomain>(&operation)) {
    note(domain->domain, "", made);
  } else if (const auto* function = std::get_if<op::CreateFunction>(&operation)) {
    note(function->function, "", made);
  } else if (const auto* index = std::get_if<op::CreateIndex>(&operation)) {
    note(index_name(*index), "", made);
  } else if (const auto* column = std::get_if<op::AddColumn>(&operation)) {
    part(column->table, column->column.name, made);
  } else if (const auto* drop_table = std::get_if<op::DropTable>(&operation)) {
    note(drop_table->table, "", gone);
  } else if (const auto* drop_view = std::get_if<op::DropView>(&operation)) {
    note(drop_view->view, "", gone);
  } else if (const auto* drop_sequence = std::get_if<op::DropSequence>(&operation)) {
    note(drop_sequence->sequence, "", gone);
  } else if (const auto* drop_type = std::get_if<op::DropType>(&operation)) {
    note(drop_type->type, "", gone);
  } else if (const auto* drop_function = std::get_if<op::DropFunction>(&operation)) {
    note(drop_function->function, "", gone);
  } else if (const auto* drop_index = std::get_if<op::DropIndex>(&operation)) {
    note(drop_index->index, "", gone);
  } else if (const auto* drop_column = std::get_if<op::DropColumn>(&operation)) {
    part(drop_column->table, drop_column->column, gone);
  } else if (const auto* rename_column = std::get_if<op::RenameColumn>(&operation)) {
    part(rename_column->table, rename_column->column, moved);
    part(rename_column->table, rename_column->new_name, made);
  } else if (const auto* rename_table = std::get_if<op::RenameTable>(&operation)) {
    note(rename_table->table, "", moved);
    note(renamed(rename_table->table.value, rename_table->new_name), "", made);
  } else if (const auto* rename = std::get_if<op::RenameObject>(&operation); rename != nullptr && is_of_relations(rename->kind)) {
    note(rename->object, "", moved);
    note(renamed(rename->object.value, rename->new_name), "", made);
  } else if (const auto* move = std::get_if<op::SetSchema>(&operation); move != nullptr && is_of_relations(move->kind)) {
    note(move->object, "", moved);
    note({.value = {move->schema.value, move->object.value.name}, .span = move->schema.span}, "", made);
  }
}

const Timeline::Event* Timeline::last_before(const ir::QualifiedName& name, const std::string& part, TimelinePlace place) const {
  const auto found = events_.find({name, part});
  if (found == events_.end()) return nullptr;
  const std::vector<Event>& events = found->second;
  const auto behind = std::ranges::find_if(events, [&](const Event& event) { return event.place >= place; });
  return behind == events.begin() ? nullptr : &*std::prev(behind);
}

const Timeline::Event* Timeline::made_after(const ir::QualifiedName& name, const std::string& part, TimelinePlace place) const {
  const auto found = events_.find({name, part});
  if (found == events_.end()) return nullptr;
  const auto next = std::ranges::find_if(found->second, [&](const Event& event) { return event.made && event.place > place; });
  return next == found->second.end() ? nullptr : &*next;
}

std::vector<ir::RelationName> needed_names(const ir::Operation& operation) {
  std::vector<ir::RelationName> names;
  std::visit(
      [&](const auto& op) {
        using Op = std::remove_cvref_t<decltype(op)>;
        if constexpr (std::is_same_v<Op, ir::op::CreateTable>) {
          for (const ir::ColumnDef& column : op.columns) add_referenced(names, column.constraints);
          add_referenced(names, op.constraints);
          for (const ir::op::LikeClause& like : op.likes) names.push_back(like.source);
          names.insert(names.end(), op.inherits.begin(), op.inherits.end());
          if (!op.partition_of.value.empty()) names.push_back(op.partition_of);
        } else if constexpr (!std::is_same_v<Op, ir::op::CreateTableAs>) {
          if constexpr (requires { op.table.value.name; }) names.push_back(op.table);
        }
        if constexpr (std::is_same_v<Op, ir::op::AddColumn>) add_referenced(names, op.column.constraints);
        if constexpr (std::is_same_v<Op, ir::op::AddConstraint>) add_referenced(names, {op.constraint});
        if constexpr (requires { op.partition.value.name; }) names.push_back(op.partition);
        if constexpr (requires { op.parent.value.name; }) names.push_back(op.parent);
        if constexpr (std::is_same_v<Op, ir::op::DropIndex>) names.push_back(op.index);
        if constexpr (std::is_same_v<Op, ir::op::DropView>) names.push_back(op.view);
        if constexpr (std::is_same_v<Op, ir::op::RefreshMaterializedView>) names.push_back(op.view);
        if constexpr (requires { op.sequence.value.name; } && !std::is_same_v<Op, ir::op::CreateSequence>) names.push_back(op.sequence);
        if constexpr (std::is_same_v<Op, ir::op::AddEnumValue> || std::is_same_v<Op, ir::op::RenameEnumValue> ||
                      std::is_same_v<Op, ir::op::AlterCompositeType> || std::is_same_v<Op, ir::op::DropType>) {
          names.push_back(op.type);
        }
        if constexpr (std::is_same_v<Op, ir::op::DropFunction>) names.push_back(op.function);
        if constexpr (std::is_same_v<Op, ir::op::RenameObject> || std::is_same_v<Op, ir::op::SetSchema>) names.push_back(op.object);
        if constexpr (requires { op.query.reads; }) add_reads(names, op.query);
      },
      operation);
  std::erase_if(names, [](const ir::RelationName& name) { return name.value.empty(); });
  return names;
}

}  // namespace whimbrel::history
