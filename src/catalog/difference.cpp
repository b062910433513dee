// What two moments of a catalog differ in: whole objects, and which of them are one under another name.
#include "whimbrel/catalog/difference.h"

#include <algorithm>
#include <tuple>

#include "change.h"
#include "comparison.h"
#include "expressions.h"
#include "same.h"
#include "whimbrel/catalog/print.h"

namespace whimbrel::catalog {

namespace {

bool is_same_object(const Origin& left, const Origin& right) {
  return left.part != 0 && left.part == right.part && left.span == right.span;
}

std::string arguments_text(const Function& function) {
  std::string text;
  for (const ir::TypeName& argument : function.arguments) {
    if (!text.empty()) text += ", ";
    text += argument.known() ? ir::to_sql(argument) : "?";
  }
  return text;
}

std::shared_ptr<const Function> overload(const std::vector<std::shared_ptr<const Function>>& functions, const std::string& arguments) {
  const auto found = std::ranges::find_if(functions, [&](const auto& one) { return arguments_text(*one) == arguments; });
  return found == functions.end() ? nullptr : *found;
}

}  // namespace

bool Comparison::in_doubt(std::size_t entry) const {
  const auto behind = std::ranges::upper_bound(doubt_.entries, entry, {}, &std::pair<std::size_t, std::size_t>::first);
  return behind != doubt_.entries.begin() && entry < std::prev(behind)->second;
}

bool Comparison::is_dead(const QualifiedName& object) const {
  return dead_.contains(object) || dead_schemas_.contains(object.schema);
}

bool Comparison::is_dead(const QualifiedName& table, const std::string& column) const {
  return dead_columns_.contains({table, column});
}

bool Comparison::has_dead_column(const QualifiedName& table, const Index& index) const {
  const auto in = [&](const ExprPtr& expr) {
    return expr && std::ranges::any_of(columns_of(*expr), [&](const std::string& column) { return is_dead(table, column); });
  };
  return in(index.predicate) || std::ranges::any_of(index.columns, [&](const IndexColumn& one) {
           return is_dead(table, one.column) || in(one.expr);
         }) || std::ranges::any_of(index.including, [&](const std::string& column) { return is_dead(table, column); });
}

void Comparison::names(Piece piece, const std::map<std::string, std::vector<PastPresence>>& past,
                       const std::set<std::string, std::less<>>& present) {
  for (const auto& [name, states] : past) {
    const bool before = states.front().present;
    const bool after = present.contains(name);
    const bool doubtful = std::ranges::any_of(states, [&](const PastPresence& state) { return in_doubt(state.entry); });
    if (before == after || doubtful || was_perhaps_there(name) || (after && doubt_.harmless.contains(name))) continue;
    Difference& difference = found_.emplace_back();
    difference.outcome = before ? Outcome::missing : Outcome::left_over;
    difference.piece = piece;
    difference.name = {"", name};
    difference.from_up = after;
    difference.first_entry = states.front().entry;
    difference.last_entry = states.back().entry;
    if (piece == Piece::schema) dead_schemas_.insert(name);
  }
}

void Comparison::relations() {
  std::vector<Relations> gone, come, kept;
  for (Relations& pair : touched(changes_.relations, now_.relations())) {
    if (!pair.after) {
      gone.push_back(std::move(pair));
    } else if (!pair.before && pair.after->presumed) {
      // It was there all the time: what the history says of it begins here.
      auto known = std::make_shared<Relation>();
      known->name = pair.name;
      known->kind = pair.after->kind;
      known->presumed = true;
      known->exact = false;
      pair.before = std::move(known);
      kept.push_back(std::move(pair));
    } else if (!pair.before) {
      come.push_back(std::move(pair));
    } else {
      kept.push_back(std::move(pair));
    }
  }
  match_renamed<Relation>(gone, come, Piece::relation, [](const Relation& before, const Relation& after) {
    return is_same_object(before.origin, after.origin) || (before.presumed && after.presumed);
  });
  for (const Relations& pair : gone) {
    Difference& difference = add_whole(Outcome::missing, Piece::relation, pair);
    difference.other = kind_word(pair.before->kind);
    difference.relation_before = pair.before;
    dead_.insert(pair.name);
  }
  for (const Relations& pair : come) {
    if (was_perhaps_there(pair.name.name)) continue;
    Difference& difference = add_whole(Outcome::left_over, Piece::relation, pair);
    difference.other = kind_word(pair.after->kind);
    difference.relation_after = pair.after;
    difference.from_up = made_by_up(pair.after->origin);
    dead_.insert(pair.name);
  }
  // A partition goes and comes with its table, a view with what it reads.
  std::erase_if(found_, [&](const Difference& difference) {
    if (difference.piece != Piece::relation || difference.outcome == Outcome::renamed) return false;
    const Relation& relation = *(difference.relation_before ? difference.relation_before : difference.relation_after);
    const auto dead = [&](const QualifiedName& name) { return name != difference.name && dead_.contains(name); };
    return std::ranges::any_of(relation.parents, dead) ||
           (difference.outcome == Outcome::missing && std::ranges::any_of(relation.reads, dead));
  });
  inside(kept);
}

void Comparison::types() {
  std::vector<Pair<Type>> gone, come, kept;
  for (Pair<Type>& pair : touched(changes_.types, now_.types())) {
    const Type& any = pair.before ? *pair.before : *pair.after;
    if (!any.extension.empty()) continue;
    (!pair.after ? gone : !pair.before ? come : kept).push_back(std::move(pair));
  }
  match_renamed<Type>(gone, come, Piece::type, [](const Type& before, const Type& after) { return is_same_object(before.origin, after.origin); });
  for (const Pair<Type>& pair : gone) {
    Difference& difference = add_whole(Outcome::missing, Piece::type, pair);
    difference.other = pair.before->domain ? "domain" : "type";
    difference.type_before = pair.before;
    dead_.insert(pair.name);
  }
  for (const Pair<Type>& pair : come) {
    if (was_perhaps_there(pair.name.name) || !pair.after->exact) continue;
    Difference& difference = add_whole(Outcome::left_over, Piece::type, pair);
    difference.other = pair.after->domain ? "domain" : "type";
    difference.type_after = pair.after;
    difference.from_up = made_by_up(pair.after->origin);
    dead_.insert(pair.name);
  }
  for (const Pair<Type>& pair : kept) type(pair);
}

void Comparison::sequences() {
  for (const Pair<Sequence>& pair : touched(changes_.sequences, now_.sequences())) {
    if (pair.before && pair.after) continue;
    const Sequence& any = pair.before ? *pair.before : *pair.after;
    // A column's own sequence is told with the column, whose default or identity it is.
    if (!any.owner_table.empty() || !any.exact || was_perhaps_there(pair.name.name)) continue;
    add_whole(pair.before ? Outcome::missing : Outcome::left_over, Piece::sequence, pair).from_up = !pair.before && made_by_up(any.origin);
  }
}

void Comparison::indexes() {
  std::vector<Pair<Index>> gone, come;
  for (Pair<Index>& pair : touched(changes_.indexes, now_.indexes())) {
    const Index& any = pair.before ? *pair.before : *pair.after;
    const bool backing = (pair.before && !pair.before->constraint.empty()) || (pair.after && !pair.after->constraint.empty());
    if (!any.exact || !any.parent.empty() || is_dead(any.table) || in_doubt(any.table)) continue;
    if (has_dead_column(any.table, any)) continue;
    if (pair.before && pair.after) {
      if (backing) continue;  // the constraint is what is told
      const bool moved = pair.before->table != pair.after->table;
      const bool lost = pair.before->valid == Tri::yes && pair.after->valid == Tri::no;
      if (!moved && !lost && possibly(same_index(*pair.before, *pair.after))) continue;
      Difference& difference = add_whole(Outcome::different, Piece::index, pair);
      difference.aspect = Aspect::definition;
      difference.before = to_text(*pair.before);
      difference.after = to_text(*pair.after);
      difference.index_before = pair.before;
      difference.index_after = pair.after;
      place<Index>(difference, pair, [](const Index* index) { return index == nullptr ? std::string() : to_text(*index); });
      continue;
    }
    // The index that a constraint needs goes and comes with it. One that a constraint took over is gone all the same.
    if (pair.before ? !pair.before->constraint.empty() : backing) continue;
    (pair.before ? gone : come).push_back(std::move(pair));
  }
  match_renamed<Index>(gone, come, Piece::index, [](const Index& before, const Index& after) {
    return before.table == after.table && (is_same_object(before.origin, after.origin) || certainly(same_index(before, after)));
  });
  for (const Pair<Index>& pair : gone) add_whole(Outcome::missing, Piece::index, pair).index_before = pair.before;
  for (const Pair<Index>& pair : come) {
    if (was_perhaps_there(pair.name.name)) continue;
    const auto table = now_.relations().find(pair.after->table);
    const bool known = table == now_.relations().end() || table->second->exact;
    if (!known && !made_by_up(pair.after->origin)) continue;
    Difference& difference = add_whole(Outcome::left_over, Piece::index, pair);
    difference.index_after = pair.after;
    difference.from_up = made_by_up(pair.after->origin);
  }
}

void Comparison::functions() {
  for (const auto& [name, states] : changes_.functions) {
    if (dead_schemas_.contains(name.schema)) continue;
    if (std::ranges::any_of(states, [&](const PastFunctions& state) { return in_doubt(state.entry); })) continue;
    std::vector<std::shared_ptr<const Function>> after;
    const auto [begin, end] = now_.functions().equal_range(name);
    for (auto at = begin; at != end; ++at) after.push_back(at->second);
    std::set<std::string> overloads;
    for (const auto& function : states.front().functions) overloads.insert(arguments_text(*function));
    for (const auto& function : after) overloads.insert(arguments_text(*function));
    for (const std::string& arguments : overloads) {
      const auto was = overload(states.front().functions, arguments);
      const auto is = overload(after, arguments);
      if (was == is || (was && !was->extension.empty()) || (is && !is->extension.empty())) continue;
      // OR REPLACE in the down part alone: the history did not know it.
      if (!was && (was_perhaps_there(name.name) || !made_by_up(is->origin))) continue;
      Difference difference;
      difference.piece = Piece::function;
      difference.name = name;
      difference.part = arguments;
      difference.other = (was ? was : is)->procedure ? "procedure" : "function";
      difference.first_entry = states.front().entry;
      difference.last_entry = states.back().entry;
      difference.function_before = was;
      difference.function_after = is;
      difference.outcome = !is ? Outcome::missing : !was ? Outcome::left_over : Outcome::different;
      difference.from_up = is && made_by_up(is->origin);
      if (was && is) {
        if (certainly(!same_type(was->returns, is->returns))) {
          difference.aspect = Aspect::result;
          difference.before = ir::to_sql(was->returns);
          difference.after = ir::to_sql(is->returns);
        } else if (was->language != is->language || !same_body(*was, *is)) {
          difference.aspect = Aspect::body;
        } else {
          continue;
        }
      }
      found_.push_back(std::move(difference));
    }
  }
}

std::vector<Difference> Comparison::run() && {
  if (doubt_.everything) return {};
  names(Piece::schema, changes_.schemas, now_.schemas());
  names(Piece::extension, changes_.extensions, now_.extensions());
  types();
  relations();
  sequences();
  indexes();
  functions();
  std::ranges::stable_sort(found_, {}, [](const Difference& one) { return std::tuple(one.piece, one.name, one.part, one.aspect); });
  return std::move(found_);
}

std::vector<Difference> differences(const Catalog& now, Catalog::Moment moment, const Doubt& doubt) {
  return Comparison(now, moment, doubt).run();
}

}  // namespace whimbrel::catalog
