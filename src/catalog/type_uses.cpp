// Expressions follow a renamed type and a renamed label of an enum, as the server's parsed ones do.
#include "type_uses.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "expressions.h"

namespace whimbrel::catalog {

namespace {

using Rewrite = std::function<ExprPtr(const ExprPtr&)>;

/// Rewrites what differs; false: nothing does.
bool rewrite(ExprPtr& expr, const Rewrite& rewrite) {
  ExprPtr after = rewrite(expr);
  if (after == expr) return false;
  expr = std::move(after);
  return true;
}

bool rewrite_relation(Relation& relation, const Rewrite& each) {
  bool any = false;
  for (Column& column : relation.columns.edit_each()) {
    any = rewrite(column.default_value, each) || any;
    any = rewrite(column.generation, each) || any;
  }
  for (Constraint& constraint : relation.constraints.edit_each()) any = rewrite(constraint.expr, each) || any;
  return any;
}

bool rewrite_index(Index& index, const Rewrite& each) {
  bool any = rewrite(index.predicate, each);
  for (IndexColumn& column : index.columns) any = rewrite(column.expr, each) || any;
  return any;
}

bool is_type(const Catalog& catalog, const ir::TypeName& type, const QualifiedName& wanted) {
  if (type.name != wanted.name) return false;
  if (!type.schema.empty()) return type.schema == wanted.schema;
  const Type* found = catalog.find_type({"", type.name});
  return found != nullptr ? found->name == wanted : wanted.schema == catalog.default_schema();
}

std::shared_ptr<ir::Expr> relabelled(const ir::Expr& node, const std::string& from, const std::string& to) {
  if (node.kind != ir::ExprKind::string || node.text != from) return nullptr;
  auto renamed = std::make_shared<ir::Expr>(node);
  renamed->text = to;
  return renamed;
}

}  // namespace

void edit_expressions(Change& change, const NodeEdit& edit) {
  std::vector<Relation> relations;
  for (const auto& [name, relation] : change.catalog.relations()) {
    Relation copy = *relation;
    if (rewrite_relation(copy, [&](const ExprPtr& expr) { return rewritten(expr, [&](const ir::Expr& node) { return edit(node, relation.get()); }); }))
      relations.push_back(std::move(copy));
  }
  std::vector<Index> indexes;
  for (const auto& [name, index] : change.catalog.indexes()) {
    const Relation* table = change.find(index->table);
    Index copy = *index;
    if (rewrite_index(copy, [&](const ExprPtr& expr) { return rewritten(expr, [&](const ir::Expr& node) { return edit(node, table); }); }))
      indexes.push_back(std::move(copy));
  }
  std::vector<Type> types;
  for (const auto& [name, type] : change.catalog.types()) {
    Type copy = *type;
    const Rewrite each = [&](const ExprPtr& expr) { return rewritten(expr, [&](const ir::Expr& node) { return edit(node, nullptr); }); };
    bool any = rewrite(copy.default_value, each);
    for (Constraint& constraint : copy.constraints) any = rewrite(constraint.expr, each) || any;
    if (any) types.push_back(std::move(copy));
  }
  for (Relation& relation : relations) {
    const QualifiedName name = relation.name;
    change.catalog.edit_relation(name) = std::move(relation);
  }
  for (Index& index : indexes) {
    const QualifiedName name = index.name;
    change.catalog.edit_index(name) = std::move(index);
  }
  for (Type& type : types) {
    const QualifiedName name = type.name;
    change.catalog.edit_type(name) = std::move(type);
  }
}

void rename_label_in_expressions(Change& change, const QualifiedName& type, const std::string& from, const std::string& to) {
  const auto inside = [&](const ExprPtr& expr) { return rewritten(expr, [&](const ir::Expr& node) { return relabelled(node, from, to); }); };
  const auto of_type = [&](const ExprPtr& expr, const Relation* relation) {
    if (!expr || relation == nullptr || expr->kind != ir::ExprKind::column || expr->names.empty()) return false;
    const Column* column = relation->find_column(expr->names.back());
    return column != nullptr && is_type(change.catalog, column->type, type);
  };
  edit_expressions(change, [&](const ir::Expr& node, const Relation* relation) -> std::shared_ptr<ir::Expr> {
    const bool cast = node.kind == ir::ExprKind::cast && is_type(change.catalog, node.type, type);
    const bool compares = node.kind == ir::ExprKind::op &&
                          std::ranges::any_of(node.args, [&](const ExprPtr& argument) { return of_type(argument, relation); });
    if (!cast && !compares) return nullptr;
    auto renamed = std::make_shared<ir::Expr>(node);
    bool any = false;
    for (ExprPtr& argument : renamed->args) {
      ExprPtr after = inside(argument);
      any = any || after != argument;
      argument = std::move(after);
    }
    return any ? renamed : nullptr;
  });
  // A default of one of its columns that is only the constant.
  std::vector<std::pair<QualifiedName, std::string>> defaults;
  for (const auto& [name, relation] : change.catalog.relations()) {
    for (const Column& column : relation->columns) {
      if (column.default_value && column.default_value->kind == ir::ExprKind::string && column.default_value->text == from &&
          column.type.dimensions == 0 && is_type(change.catalog, column.type, type))
        defaults.emplace_back(name, column.name);
    }
  }
  for (const auto& [table, column] : defaults) {
    ExprPtr& value = change.catalog.edit_relation(table).edit_column(column)->default_value;
    value = relabelled(*value, from, to);
  }
}

}  // namespace whimbrel::catalog
