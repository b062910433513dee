// ALTER TABLE as the server works it: in passes, over one picture of the table that each pass changes.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "gather.h"
#include "whimbrel/ir/migration.h"
#include "world.h"

namespace whimbrel::facts {

/// Whether the operation is an action of ALTER TABLE (INDEX, VIEW …) that may stand beside others in one statement.
bool is_table_action(const ir::Operation& operation);

/// The effects of a statement all of whose steps are actions on one relation.
StatementEffects alter_table(const ir::Statement& statement, const World& world);

/// One ALTER TABLE at work: what is known of the table after the actions worked so far.
struct Alter {
  const World& world;
  Target target;
  catalog::Relation draft;  ///< the table as it is by now; empty and inexact where it is not known
  std::set<std::string> added_columns;
  std::set<std::string> dropped_constraints;
  std::set<QualifiedName> dropped_indexes;
  std::set<QualifiedName> recursed;  ///< children that are locked as strongly as the table

  [[nodiscard]] int version() const { return world.version(); }
  void drop_index(const QualifiedName& index);
  /// Locks the table and, where the action goes down to children, these.
  void lock(Gather& gather, LockMode mode, bool recurse);
  /// The table's own picture and the catalog's of each child, constraints dropped so far left out.
  [[nodiscard]] std::vector<catalog::Relation> tree() const;
};

/// pg_get_constraintdef names: the name that PostgreSQL gives to an index made by this statement.
std::string constraint_name(const Alter& alter, const ir::Constraint& constraint);

// One function an action; each in the file that its subject gives.
void work(Alter& alter, Gather& gather, const ir::op::AddColumn& action);
void work(Alter& alter, Gather& gather, const ir::op::DropColumn& action);
void work(Alter& alter, Gather& gather, const ir::op::AlterColumnType& action);
void work(Alter& alter, Gather& gather, const ir::op::SetDefault& action);
void work(Alter& alter, Gather& gather, const ir::op::DropDefault& action);
void work(Alter& alter, Gather& gather, const ir::op::SetNotNull& action);
void work(Alter& alter, Gather& gather, const ir::op::DropNotNull& action);
void work(Alter& alter, Gather& gather, const ir::op::AddIdentity& action);
void work(Alter& alter, Gather& gather, const ir::op::DropIdentity& action);
void work(Alter& alter, Gather& gather, const ir::op::SetExpression& action);
void work(Alter& alter, Gather& gather, const ir::op::DropExpression& action);
void work(Alter& alter, Gather& gather, const ir::op::AddConstraint& action);
void work(Alter& alter, Gather& gather, const ir::op::DropConstraint& action);
void work(Alter& alter, Gather& gather, const ir::op::ValidateConstraint& action);
void work(Alter& alter, Gather& gather, const ir::op::AlterConstraint& action);
void work(Alter& alter, Gather& gather, const ir::op::AttachPartition& action);
void work(Alter& alter, Gather& gather, const ir::op::DetachPartition& action);
void work(Alter& alter, Gather& gather, const ir::op::AlterInherit& action);
void work(Alter& alter, Gather& gather, const ir::op::AlterTable& action);

/// A constraint put on the table: ADD CONSTRAINT and what stands inside ADD COLUMN.
void add_constraint(Alter& alter, Gather& gather, const ir::Constraint& constraint, bool only);
/// Reads each table of the tree in which the column may hold NULL.
void verify_not_null(Alter& alter, Gather& gather, const std::string& column, Cause cause, bool only = false);
/// The two sides of a foreign key are locked; where `verify`, both are read.
void add_foreign_key(Alter& alter, Gather& gather, const ir::Constraint& constraint, bool reads_table,
                     bool reads_referenced);

}  // namespace whimbrel::facts
