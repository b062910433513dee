// LIKE in CREATE TABLE: what of the other table is copied, by its INCLUDING options.
#pragma once

#include "change.h"

namespace whimbrel::catalog {

/// Columns with their types and NOT NULL always; defaults, identity and generation where included.
void copy_like_columns(Change& change, const QualifiedName& table, const op::LikeClause& like);
/// CHECKs, indexes and the keys behind them where included; foreign keys never.
void copy_like_constraints(Change& change, const QualifiedName& table, const op::LikeClause& like);

}  // namespace whimbrel::catalog
