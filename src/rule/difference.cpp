// Differences between two moments of the schema in words.
#include "whimbrel/rule/difference.h"

#include <fmt/format.h>

#include "whimbrel/catalog/print.h"

namespace whimbrel::rule {
namespace {

using catalog::Difference;
using Outcome = Difference::Outcome;
using Piece = Difference::Piece;
using Aspect = Difference::Aspect;

std::string table_of(const Context& context, const ir::QualifiedName& name) { return context.name_of({.value = name, .span = {}}); }

std::string constraint_word(const Difference& difference) {
  const auto find = [&](const std::shared_ptr<const catalog::Relation>& relation) {
    return relation == nullptr ? nullptr : relation->find_constraint(difference.part);
  };
  const catalog::Constraint* constraint = find(difference.relation_before);
  if (constraint == nullptr) constraint = find(difference.relation_after);
  if (constraint == nullptr) return "constraint";
  switch (constraint->kind) {
    case ir::ConstraintKind::primary_key:
      return "primary key";
    case ir::ConstraintKind::unique:
      return "unique constraint";
    case ir::ConstraintKind::foreign_key:
      return "foreign key";
    case ir::ConstraintKind::check:
      return "CHECK constraint";
    case ir::ConstraintKind::exclusion:
      return "exclusion constraint";
    case ir::ConstraintKind::not_null:
      return "NOT NULL constraint";
  }
  return "constraint";
}

/// "index", "foreign key", "view": what the thing is.
std::string word(const Difference& difference) {
  switch (difference.piece) {
    case Piece::schema:
      return "schema";
    case Piece::extension:
      return "extension";
    case Piece::relation:
      return difference.other.empty() ? "table" : difference.other;
    case Piece::column:
      return "column";
    case Piece::constraint:
      return constraint_word(difference);
    case Piece::index:
      return "index";
    case Piece::sequence:
      return "sequence";
    case Piece::type:
      return difference.other.empty() ? "type" : difference.other;
    case Piece::enum_value:
      return "value";
    case Piece::function:
    case Piece::attached:
      return difference.other;
  }
  return "";
}

/// "index users_email_idx", "column users.age", "foreign key users_org_id_fkey of users", "value 'new' of type mood".
std::string subject(const Context& context, const Difference& difference) {
  const std::string name = table_of(context, difference.name);
  switch (difference.piece) {
    case Piece::schema:
    case Piece::extension:
      return fmt::format("{} {}", word(difference), ir::quote_identifier(difference.name.name));
    case Piece::relation:
    case Piece::index:
    case Piece::sequence:
    case Piece::type:
      return fmt::format("{} {}", word(difference), name);
    case Piece::column:
      return fmt::format("column {}.{}", name, ir::quote_identifier(difference.part));
    case Piece::constraint:
    case Piece::attached:
      return fmt::format("{} {} of {}", word(difference), ir::quote_identifier(difference.part), name);
    case Piece::enum_value:
      return fmt::format("value '{}' of type {}", difference.part, name);
    case Piece::function:
      return fmt::format("{} {}({})", word(difference), name, difference.part);
  }
  return name;
}

/// "its default is 5 instead of 4", "has lost its default 4", "has kept the default 5".
std::string changed(const std::string& what, std::string_view thing, const Difference& difference) {
  if (difference.after.empty()) return fmt::format("{} has lost its {} {}", what, thing, difference.before);
  if (difference.before.empty()) return fmt::format("{} has kept the {} {}", what, thing, difference.after);
  return fmt::format("the {} of {} is {} instead of {}", thing, what, difference.after, difference.before);
}

std::string aspect_phrase(const Context& context, const Difference& difference) {
  std::string what = subject(context, difference);
  if (difference.piece == Piece::column) what = what.substr(std::string_view("column ").size());
  const std::string instead = fmt::format("{} instead of {}", difference.after, difference.before);
  switch (difference.aspect) {
    case Aspect::none:
      return what + " is another one";
    case Aspect::type:
    case Aspect::definition:
    case Aspect::base:
    case Aspect::attributes:
      return fmt::format("{} is {}", what, instead);
    case Aspect::not_null:
      return what + (difference.after.empty() ? " has lost NOT NULL" : " is still NOT NULL, which it was not before");
    case Aspect::default_value:
      return changed(what, "default", difference);
    case Aspect::generated:
      return changed(what, "expression", difference);
    case Aspect::collation:
      return changed(what, "collation", difference);
    case Aspect::options:
      return changed(what, "storage options", difference);
    case Aspect::parents:
      return changed(what, "parent", difference);
    case Aspect::identity:
      if (difference.after.empty()) return what + " is no identity column any more";
      return fmt::format("{} is {}{}", what, difference.after,
                         difference.before.empty() ? ", which it was not before" : " instead of " + difference.before);
    case Aspect::validity:
      return what + " is NOT VALID now";
    case Aspect::persistence:
      return what + (difference.after.empty() ? " is logged, which it was not before" : " is still UNLOGGED");
    case Aspect::row_security:
      return difference.after.empty() ? fmt::format("{} has lost {}", what, difference.before)
                                      : fmt::format("{} has kept {}", what, difference.after);
    case Aspect::columns:
      return fmt::format("{} has the columns ({}) instead of ({})", what, difference.after, difference.before);
    case Aspect::reads:
      return fmt::format("{} reads {}", what, instead);
    case Aspect::body:
      return what + " has another body";
    case Aspect::result:
      return fmt::format("{} returns {}", what, instead);
    case Aspect::label_order:
      return fmt::format("the values of {} are in the order {} instead of {}", what, difference.after, difference.before);
    case Aspect::executes:
      return fmt::format("{} executes {}", what, instead);
  }
  return what;
}

}  // namespace

std::string difference_phrase(const Context& context, const Difference& difference) {
  switch (difference.outcome) {
    case Outcome::left_over:
      return subject(context, difference) + " is left over";
    case Outcome::missing:
      return subject(context, difference) + " is missing";
    case Outcome::renamed:
      return fmt::format("{} is called {}", subject(context, difference), difference.after);
    case Outcome::different:
      return aspect_phrase(context, difference);
  }
  return "";
}

std::string cause_phrase(const Difference& difference) {
  switch (difference.outcome) {
    case Outcome::left_over:
      return fmt::format("the {} is made here", word(difference));
    case Outcome::missing:
      return fmt::format("the {} is dropped here", word(difference));
    case Outcome::renamed:
      return fmt::format("the {} gets its new name, or goes, here", word(difference));
    case Outcome::different:
      return fmt::format("the {} is changed here", word(difference));
  }
  return "";
}

}  // namespace whimbrel::rule
