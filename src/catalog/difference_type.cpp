// What differs inside a type that is there before and after; and which names an operation drops that nobody knew.
#include <algorithm>

#include "comparison.h"
#include "same.h"
#include "whimbrel/catalog/print.h"

namespace whimbrel::catalog {

namespace {

std::string print_labels(const Type* type) {
  std::string text;
  if (type == nullptr) return text;
  for (const std::string& label : type->labels) text += (text.empty() ? "'" : ", '") + label + "'";
  return text;
}

std::string print_attributes(const Type* type) {
  std::string text;
  if (type == nullptr) return text;
  for (const Column& attribute : type->attributes) {
    text += (text.empty() ? "" : ", ") + ir::quote_identifier(attribute.name) + " " +
            (attribute.type.known() ? ir::to_sql(attribute.type) : "?");
  }
  return text;
}

std::string print_domain(const Type* type) {
  if (type == nullptr || !type->domain) return {};
  std::string text = type->base.known() ? ir::to_sql(type->base) : "?";
  if (type->not_null) text += " NOT NULL";
  if (type->default_value) text += " DEFAULT " + ir::to_sql(*type->default_value);
  for (const Constraint& constraint : type->constraints) text += " CONSTRAINT " + ir::quote_identifier(constraint.name) + " " + to_text(constraint);
  return text;
}

bool contains(const std::vector<std::string>& list, const std::string& one) { return std::ranges::find(list, one) != list.end(); }

}  // namespace

void Comparison::labels(const Pair<Type>& pair) {
  const Type& before = *pair.before;
  const Type& after = *pair.after;
  const bool partly = !before.exact || !after.exact;
  const std::size_t found_before = found_.size();
  const auto add = [&](Outcome outcome, const std::string& label) -> Difference& {
    Difference& difference = add_whole(outcome, Piece::enum_value, pair);
    difference.part = label;
    difference.type_before = pair.before;
    difference.type_after = pair.after;
    place<Type>(difference, pair, [&](const Type* type) { return std::string(type != nullptr && contains(type->labels, label) ? "there" : ""); });
    return difference;
  };
  for (const std::string& label : before.labels) {
    if (!contains(after.labels, label)) add(Outcome::missing, label);
  }
  for (std::size_t i = 0; i < after.labels.size(); ++i) {
    if (contains(before.labels, after.labels[i])) continue;
    const bool by_up = i < after.label_origins.size() && made_by_up(after.label_origins[i]);
    if (!partly || by_up) add(Outcome::left_over, after.labels[i]).from_up = by_up;
  }
  // Two values where one was renamed: RENAME VALUE keeps the place.
  if (found_.size() == found_before + 2 && before.labels.size() == after.labels.size()) {
    Difference& gone = found_[found_before];
    const auto place_before = std::ranges::find(before.labels, gone.part) - before.labels.begin();
    if (after.labels[static_cast<std::size_t>(place_before)] == found_.back().part) {
      gone.outcome = Outcome::renamed;
      gone.before = gone.part;
      gone.after = found_.back().part;
      found_.pop_back();
    }
  }
  if (found_.size() == found_before && !partly && before.labels != after.labels) {
    Difference& difference = add_whole(Outcome::different, Piece::type, pair);
    difference.aspect = Aspect::label_order;
    difference.before = print_labels(&before);
    difference.after = print_labels(&after);
    place<Type>(difference, pair, print_labels);
  }
}

void Comparison::type(const Pair<Type>& pair) {
  const Type& before = *pair.before;
  const Type& after = *pair.after;
  if (before.exact && !after.exact) return;
  if (!before.domain && !after.domain && before.form == ir::op::TypeForm::enum_ && after.form == before.form) return labels(pair);
  if (!before.exact || !after.exact || before.domain != after.domain || before.form != after.form) return;
  const auto print = before.domain ? print_domain : print_attributes;
  if (print(&before) == print(&after)) return;
  Difference& difference = add_whole(Outcome::different, Piece::type, pair);
  difference.aspect = before.domain ? Aspect::base : Aspect::attributes;
  difference.other = before.domain ? "domain" : "type";
  difference.before = print(&before);
  difference.after = print(&after);
  place<Type>(difference, pair, print);
}

std::string unknown_target(const Catalog& catalog, const ir::Operation& operation) {
  namespace op = ir::op;
  const auto relation = [&](const ir::RelationName& name) { return catalog.find_relation(name.value); };
  const auto in_table = [&](const ir::RelationName& table, const std::string& part, const auto& find) {
    // A table that is known in full has no parts that nobody knows.
    const Relation* found = relation(table);
    const bool known = found != nullptr && (find(*found) || (found->exact && catalog.complete()));
    return known ? std::string() : part;
  };
  const auto has_column = [](const std::string& name) {
    return [&name](const Relation& table) { return table.find_column(name) != nullptr; };
  };
  const auto has_attached = [](const std::string& name) {
    return [&name](const Relation& table) { return std::ranges::find(table.attached, name, &Attached::name) != table.attached.end(); };
  };
  const auto object = [](const auto* found, const ir::RelationName& name) { return found == nullptr ? name.value.name : std::string(); };
  if (const auto* drop = std::get_if<op::DropTable>(&operation)) return object(relation(drop->table), drop->table);
  if (const auto* drop = std::get_if<op::DropView>(&operation)) return object(relation(drop->view), drop->view);
  if (const auto* rename = std::get_if<op::RenameTable>(&operation)) return object(relation(rename->table), rename->table);
  if (const auto* drop = std::get_if<op::DropIndex>(&operation)) return object(catalog.find_index(drop->index.value), drop->index);
  if (const auto* drop = std::get_if<op::DropSequence>(&operation)) return object(catalog.find_sequence(drop->sequence.value), drop->sequence);
  if (const auto* drop = std::get_if<op::DropType>(&operation)) return object(catalog.find_type(drop->type.value), drop->type);
  if (const auto* drop = std::get_if<op::DropFunction>(&operation)) {
    return catalog.find_functions(drop->function.value).empty() ? drop->function.value.name : "";
  }
  if (const auto* drop = std::get_if<op::DropSchema>(&operation)) return catalog.has_schema(drop->schema.value) ? "" : drop->schema.value;
  if (const auto* drop = std::get_if<op::DropExtension>(&operation)) return catalog.has_extension(drop->extension.value) ? "" : drop->extension.value;
  if (const auto* drop = std::get_if<op::DropColumn>(&operation)) return in_table(drop->table, drop->column.value, has_column(drop->column.value));
  if (const auto* rename = std::get_if<op::RenameColumn>(&operation)) return in_table(rename->table, rename->column.value, has_column(rename->column.value));
  if (const auto* drop = std::get_if<op::DropConstraint>(&operation)) {
    return in_table(drop->table, drop->constraint.value, [&](const Relation& table) { return table.find_constraint(drop->constraint.value) != nullptr; });
  }
  if (const auto* rename = std::get_if<op::RenameConstraint>(&operation)) {
    return in_table(rename->table, rename->constraint.value, [&](const Relation& table) { return table.find_constraint(rename->constraint.value) != nullptr; });
  }
  if (const auto* drop = std::get_if<op::DropTrigger>(&operation)) return in_table(drop->table, drop->trigger.value, has_attached(drop->trigger.value));
  if (const auto* drop = std::get_if<op::DropPolicy>(&operation)) return in_table(drop->table, drop->policy.value, has_attached(drop->policy.value));
  if (const auto* drop = std::get_if<op::DropRule>(&operation)) return in_table(drop->table, drop->rule.value, has_attached(drop->rule.value));
  return {};
}

bool was_there(const Changes& changes, std::string_view what) {
  const auto names = [&](const auto& past) {
    return std::ranges::any_of(past, [&](const auto& entry) {
      const bool known = std::ranges::any_of(entry.second, [](const auto& state) { return state.object != nullptr; });
      return known && what.ends_with(" " + to_text(entry.first));
    });
  };
  return names(changes.relations) || names(changes.indexes) || names(changes.sequences) || names(changes.types);
}

}  // namespace whimbrel::catalog
