// What queries read, write and call: a walk over the raw tree.
#include "read_query.h"

#include <map>
#include <set>
#include <utility>

#include "read_expr.h"
#include "read_names.h"

namespace whimbrel::sql {
namespace {

/// Left-deep chains of operators are cut here; the server's walker recurses.
constexpr int kDeepest = 2000;

struct Walk {
  Reader& reader;
  ir::Query& query;
  std::vector<std::string> ctes;
  std::vector<const RangeVar*> no_reads;  ///< targets, SELECT INTO
  int depth = 0;
  bool cut = false;
  bool top = true;
  std::vector<ir::ColumnUse> uses{};                       ///< as written: the relation's name is the qualifier
  std::set<std::pair<std::string, std::string>> seen{};
  std::map<std::string, ir::QualifiedName, std::less<>> aliases{};
  std::set<std::string, std::less<>> ambiguous{};
  int unnamed = 0;                                         ///< things in FROM without a name
};

bool visit(::Node* node, void* context);

bool descend(::Node* node, Walk& walk) {
  if (walk.depth >= kDeepest) {
    walk.cut = true;
    return false;
  }
  ++walk.depth;
  raw_expression_tree_walker(node, visit, &walk);
  --walk.depth;
  return false;
}

void add(std::vector<ir::RelationName>& list, ir::RelationName name) {
  for (const ir::RelationName& known : list) {
    if (known.value == name.value) return;
  }
  list.push_back(std::move(name));
}

/// What a column's qualifier stands for: a relation, or (empty) a sub-select, a function or a CTE, whose own columns are read inside it.
void take_alias(Walk& walk, const char* alias, ir::QualifiedName relation) {
  if (alias == nullptr) {
    ++walk.unnamed;
    return;
  }
  const auto [at, first] = walk.aliases.try_emplace(alias, std::move(relation));
  // One alias for two things in two sub-selects: which one a column means is not followed.
  if (!first) walk.ambiguous.insert(alias);
}

void take_relation(Walk& walk, const RangeVar* relation) {
  if (std::ranges::find(walk.no_reads, relation) != walk.no_reads.end()) return;
  const char* alias = relation->alias != nullptr ? relation->alias->aliasname : relation->relname;
  if (relation->schemaname == nullptr && std::ranges::find(walk.ctes, std::string_view(relation->relname)) != walk.ctes.end()) {
    take_alias(walk, alias, {});
    return;
  }
  ir::RelationName name = read_relation(walk.reader, relation);
  take_alias(walk, alias, name.value);
  add(walk.query.reads, std::move(name));
}

void take_column(Walk& walk, const ColumnRef* reference) {
  const Items<> fields(reference->fields);
  const ::Node* last = static_cast<const ::Node*>(llast(reference->fields));
  ir::ColumnUse use;
  use.column = tag_of(last) == T_A_Star ? "*" : walk.reader.str(as<::String>(last)->sval);
  if (fields.size() > 1) use.relation.name = walk.reader.str(as<::String>(fields[fields.size() - 2])->sval);
  if (walk.seen.insert({use.relation.name, use.column}).second) walk.uses.push_back(std::move(use));
}

/// A sub-select or function in FROM.
void take_source(Walk& walk, const ::Node* node) {
  const Alias* alias = tag_of(node) == T_RangeSubselect  ? as<RangeSubselect>(node)->alias
                       : tag_of(node) == T_RangeFunction ? as<RangeFunction>(node)->alias
                                                         : as<RangeTableFunc>(node)->alias;
  if (alias == nullptr && tag_of(node) == T_RangeSubselect) walk.query.unaliased = true;
  take_alias(walk, alias != nullptr ? alias->aliasname : nullptr, {});
}

/// Qualifiers become relations once all of FROM has been seen.
void settle_columns(Walk& walk) {
  const bool only_one = walk.aliases.size() == 1 && walk.unnamed == 0 && walk.ambiguous.empty();
  for (ir::ColumnUse& use : walk.uses) {
    const std::string alias = std::move(use.relation.name);
    use.relation = {};
    const auto found = alias.empty() && only_one ? walk.aliases.begin() : walk.aliases.find(alias);
    if (found != walk.aliases.end() && !walk.ambiguous.contains(found->first)) {
      if (found->second.empty()) continue;
      use.relation = found->second;
    }
    walk.query.columns.push_back(std::move(use));
  }
}

void take_ctes(Walk& walk, const WithClause* with) {
  if (with == nullptr) return;
  for (const CommonTableExpr* cte : Items<CommonTableExpr>(with->ctes)) walk.ctes.emplace_back(cte->ctename);
}

/// The target of a data-modifying statement: the statement's own is its operation's, one in a CTE is a write.
void take_target(Walk& walk, const RangeVar* relation, bool top) {
  walk.no_reads.push_back(relation);
  if (!top) add(walk.query.writes, read_relation(walk.reader, relation));
}

/// No local of this function has a destructor: the server's walker may leave by longjmp.
bool visit(::Node* node, void* context) {
  if (node == nullptr) return false;
  Walk& walk = *static_cast<Walk*>(context);
  const bool top = walk.top;
  walk.top = false;
  switch (tag_of(node)) {
    case T_RangeVar: take_relation(walk, as<RangeVar>(node)); return false;
    case T_SelectStmt: {
      // UNION chains nest to the left without an end: go down them by a loop.
      auto* select = reinterpret_cast<SelectStmt*>(node);
      while (select->op != SETOP_NONE && select->larg != nullptr) {
        take_ctes(walk, select->withClause);
        visit(reinterpret_cast<::Node*>(select->withClause), &walk);
        visit(reinterpret_cast<::Node*>(select->sortClause), &walk);
        if (select->lockingClause != nullptr) walk.query.for_update = true;
        visit(reinterpret_cast<::Node*>(select->rarg), &walk);
        select = select->larg;
      }
      take_ctes(walk, select->withClause);
      if (select->intoClause != nullptr) walk.no_reads.push_back(select->intoClause->rel);
      if (select->lockingClause != nullptr) walk.query.for_update = true;
      return descend(reinterpret_cast<::Node*>(select), walk);
    }
    case T_LockingClause: return false;
    case T_RangeSubselect:
    case T_RangeFunction:
    case T_RangeTableFunc: take_source(walk, node); return descend(node, walk);
    case T_ReturnStmt: return visit(as<ReturnStmt>(node)->returnval, &walk);  // a routine's SQL-standard body
    case T_InsertStmt:
      take_ctes(walk, as<InsertStmt>(node)->withClause);
      take_target(walk, as<InsertStmt>(node)->relation, top);
      return descend(node, walk);
    case T_UpdateStmt:
      take_ctes(walk, as<UpdateStmt>(node)->withClause);
      take_target(walk, as<UpdateStmt>(node)->relation, top);
      return descend(node, walk);
    case T_DeleteStmt:
      take_ctes(walk, as<DeleteStmt>(node)->withClause);
      take_target(walk, as<DeleteStmt>(node)->relation, top);
      return descend(node, walk);
    case T_MergeStmt:
      take_ctes(walk, as<MergeStmt>(node)->withClause);
      take_target(walk, as<MergeStmt>(node)->relation, top);
      return descend(node, walk);
    case T_FuncCall: walk.query.calls.push_back(read_expr(walk.reader, node)); return descend(node, walk);
    case T_SQLValueFunction: walk.query.calls.push_back(read_expr(walk.reader, node)); return false;
    case T_ColumnRef: take_column(walk, as<ColumnRef>(node)); return false;
    // Constants are most of a long INSERT.
    case T_A_Const:
    case T_ParamRef:
    case T_TypeName: return false;
    default: return descend(node, walk);
  }
}

/// The walker raises an error for a node that it does not know; the tree's reading stops there.
bool walk_safely(::Node* node, Walk& walk) {
  volatile bool whole = true;
  PG_TRY();
  {
    visit(node, &walk);
  }
  PG_CATCH();
  {
    FlushErrorState();
    whole = false;
  }
  PG_END_TRY();
  return whole;
}

const SelectStmt* leftmost(const SelectStmt* select) {
  while (select->op != SETOP_NONE && select->larg != nullptr) select = select->larg;
  return select;
}

void take_output(Reader& reader, const List* targets, ir::Query& query) {
  for (const ResTarget* target : Items<ResTarget>(targets)) {
    std::string name = target->name != nullptr ? reader.str(target->name) : output_name(reader, target->val);
    if (name == "*") {
      query.output.clear();
      return;
    }
    query.output.push_back(std::move(name));
  }
}

}  // namespace

ir::Query read_query(Reader& reader, const ::Node* node, Span span) {
  ir::Query query;
  query.span = span;
  if (node == nullptr) return query;
  Walk walk{reader, query, {}, {}, 0, false, true};
  const bool whole = walk_safely(const_cast<::Node*>(node), walk);
  if (!whole || walk.cut) reader.unknown(span, "a part of this query was not read");
  settle_columns(walk);
  if (tag_of(node) == T_SelectStmt) {
    const auto* select = as<SelectStmt>(node);
    query.has_where = leftmost(select)->whereClause != nullptr;
    query.has_limit = select->limitCount != nullptr;
    const SelectStmt* first = leftmost(select);
    if (first->valuesLists != nullptr) {
      const int columns = Items<>(as<List>(Items<>(first->valuesLists)[0])).size();
      for (int i = 1; i <= columns; ++i) query.output.push_back("column" + std::to_string(i));
    } else {
      take_output(reader, first->targetList, query);
    }
  }
  return query;
}

std::vector<ir::RelationName> relations_in(Reader& reader, const ::Node* node) {
  ir::Query query;
  Walk walk{reader, query, {}, {}, 0, false, false};
  if (node != nullptr) walk_safely(const_cast<::Node*>(node), walk);
  std::vector<ir::RelationName> all = std::move(query.reads);
  for (ir::RelationName& write : query.writes) add(all, std::move(write));
  return all;
}

}  // namespace whimbrel::sql
