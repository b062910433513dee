// The expressions of the catalog that name a type or a label of an enum: they follow when it gets another name.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "change.h"

namespace whimbrel::catalog {

/// Edits one node of an expression; null: it stays. `relation` is the table whose columns it names, null in a domain.
using NodeEdit = std::function<std::shared_ptr<ir::Expr>(const ir::Expr& node, const Relation* relation)>;

/// Goes through the defaults, generated columns, CHECKs, index expressions and predicates of the whole catalog.
void edit_expressions(Change& change, const NodeEdit& edit);
/// Constants of the enum in expressions: casts to it, comparisons with its columns, defaults of its columns.
void rename_label_in_expressions(Change& change, const QualifiedName& type, const std::string& from, const std::string& to);

}  // namespace whimbrel::catalog
