// Names of operations, of kinds of objects and of actions.
#include "whimbrel/ir/operation.h"

#include "print_parts.h"

namespace whimbrel::ir {

std::string_view object_kind_name(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::table: return "TABLE";
    case ObjectKind::foreign_table: return "FOREIGN TABLE";
    case ObjectKind::view: return "VIEW";
    case ObjectKind::materialized_view: return "MATERIALIZED VIEW";
    case ObjectKind::index: return "INDEX";
    case ObjectKind::sequence: return "SEQUENCE";
    case ObjectKind::column: return "COLUMN";
    case ObjectKind::constraint: return "CONSTRAINT";
    case ObjectKind::domain_constraint: return "CONSTRAINT";
    case ObjectKind::type: return "TYPE";
    case ObjectKind::type_attribute: return "ATTRIBUTE";
    case ObjectKind::domain: return "DOMAIN";
    case ObjectKind::function: return "FUNCTION";
    case ObjectKind::procedure: return "PROCEDURE";
    case ObjectKind::aggregate: return "AGGREGATE";
    case ObjectKind::operator_: return "OPERATOR";
    case ObjectKind::operator_class: return "OPERATOR CLASS";
    case ObjectKind::operator_family: return "OPERATOR FAMILY";
    case ObjectKind::cast: return "CAST";
    case ObjectKind::collation: return "COLLATION";
    case ObjectKind::conversion: return "CONVERSION";
    case ObjectKind::trigger: return "TRIGGER";
    case ObjectKind::event_trigger: return "EVENT TRIGGER";
    case ObjectKind::rule: return "RULE";
    case ObjectKind::policy: return "POLICY";
    case ObjectKind::schema: return "SCHEMA";
    case ObjectKind::extension: return "EXTENSION";
    case ObjectKind::language: return "LANGUAGE";
    case ObjectKind::role: return "ROLE";
    case ObjectKind::database: return "DATABASE";
    case ObjectKind::tablespace: return "TABLESPACE";
    case ObjectKind::publication: return "PUBLICATION";
    case ObjectKind::subscription: return "SUBSCRIPTION";
    case ObjectKind::server: return "SERVER";
    case ObjectKind::foreign_data_wrapper: return "FOREIGN DATA WRAPPER";
    case ObjectKind::user_mapping: return "USER MAPPING";
    case ObjectKind::statistics: return "STATISTICS";
    case ObjectKind::text_search: return "TEXT SEARCH";
    case ObjectKind::transform: return "TRANSFORM";
    case ObjectKind::access_method: return "ACCESS METHOD";
    case ObjectKind::large_object: return "LARGE OBJECT";
    case ObjectKind::default_privileges: return "DEFAULT PRIVILEGES";
    case ObjectKind::property_graph: return "PROPERTY GRAPH";
    case ObjectKind::other: return "OBJECT";
  }
  return "";
}

std::string_view table_action_name(op::TableAction action) {
  switch (action) {
    case op::TableAction::set_logged: return "set logged";
    case op::TableAction::set_unlogged: return "set unlogged";
    case op::TableAction::set_tablespace: return "set tablespace";
    case op::TableAction::set_access_method: return "set access method";
    case op::TableAction::set_options: return "set options";
    case op::TableAction::reset_options: return "reset options";
    case op::TableAction::replace_options: return "replace options";
    case op::TableAction::cluster_on: return "cluster on";
    case op::TableAction::set_without_cluster: return "set without cluster";
    case op::TableAction::replica_identity: return "replica identity";
    case op::TableAction::owner_to: return "owner to";
    case op::TableAction::set_without_oids: return "set without oids";
    case op::TableAction::enable_trigger: return "enable trigger";
    case op::TableAction::disable_trigger: return "disable trigger";
    case op::TableAction::enable_rule: return "enable rule";
    case op::TableAction::disable_rule: return "disable rule";
    case op::TableAction::enable_row_security: return "enable row security";
    case op::TableAction::disable_row_security: return "disable row security";
    case op::TableAction::force_row_security: return "force row security";
    case op::TableAction::no_force_row_security: return "no force row security";
    case op::TableAction::set_statistics: return "set statistics";
    case op::TableAction::set_column_options: return "set column options";
    case op::TableAction::reset_column_options: return "reset column options";
    case op::TableAction::set_storage: return "set storage";
    case op::TableAction::set_compression: return "set compression";
    case op::TableAction::set_identity: return "set identity";
    case op::TableAction::of_type: return "of type";
    case op::TableAction::not_of: return "not of";
    case op::TableAction::merge_partitions: return "merge partitions";
    case op::TableAction::split_partition: return "split partition";
    case op::TableAction::other: return "other";
  }
  return "";
}

std::string_view operation_name(const Operation& operation) {
  struct {
    std::string_view operator()(const op::CreateTable& /*op*/) const { return "CreateTable"; }
    std::string_view operator()(const op::CreateTableAs& /*op*/) const { return "CreateTableAs"; }
    std::string_view operator()(const op::DropTable& /*op*/) const { return "DropTable"; }
    std::string_view operator()(const op::RenameTable& /*op*/) const { return "RenameTable"; }
    std::string_view operator()(const op::RenameColumn& /*op*/) const { return "RenameColumn"; }
    std::string_view operator()(const op::Truncate& /*op*/) const { return "Truncate"; }
    std::string_view operator()(const op::LockTable& /*op*/) const { return "LockTable"; }
    std::string_view operator()(const op::AddColumn& /*op*/) const { return "AddColumn"; }
    std::string_view operator()(const op::DropColumn& /*op*/) const { return "DropColumn"; }
    std::string_view operator()(const op::AlterColumnType& /*op*/) const { return "AlterColumnType"; }
    std::string_view operator()(const op::SetDefault& /*op*/) const { return "SetDefault"; }
    std::string_view operator()(const op::DropDefault& /*op*/) const { return "DropDefault"; }
    std::string_view operator()(const op::SetNotNull& /*op*/) const { return "SetNotNull"; }
    std::string_view operator()(const op::DropNotNull& /*op*/) const { return "DropNotNull"; }
    std::string_view operator()(const op::AddIdentity& /*op*/) const { return "AddIdentity"; }
    std::string_view operator()(const op::DropIdentity& /*op*/) const { return "DropIdentity"; }
    std::string_view operator()(const op::SetExpression& /*op*/) const { return "SetExpression"; }
    std::string_view operator()(const op::DropExpression& /*op*/) const { return "DropExpression"; }
    std::string_view operator()(const op::AddConstraint& /*op*/) const { return "AddConstraint"; }
    std::string_view operator()(const op::DropConstraint& /*op*/) const { return "DropConstraint"; }
    std::string_view operator()(const op::ValidateConstraint& /*op*/) const { return "ValidateConstraint"; }
    std::string_view operator()(const op::AlterConstraint& /*op*/) const { return "AlterConstraint"; }
    std::string_view operator()(const op::RenameConstraint& /*op*/) const { return "RenameConstraint"; }
    std::string_view operator()(const op::AttachPartition& /*op*/) const { return "AttachPartition"; }
    std::string_view operator()(const op::DetachPartition& /*op*/) const { return "DetachPartition"; }
    std::string_view operator()(const op::AlterInherit& /*op*/) const { return "AlterInherit"; }
    std::string_view operator()(const op::AlterTable& /*op*/) const { return "AlterTable"; }
    std::string_view operator()(const op::MoveAllInTablespace& /*op*/) const { return "MoveAllInTablespace"; }
    std::string_view operator()(const op::CreateIndex& /*op*/) const { return "CreateIndex"; }
    std::string_view operator()(const op::DropIndex& /*op*/) const { return "DropIndex"; }
    std::string_view operator()(const op::Reindex& /*op*/) const { return "Reindex"; }
    std::string_view operator()(const op::CreateView& /*op*/) const { return "CreateView"; }
    std::string_view operator()(const op::DropView& /*op*/) const { return "DropView"; }
    std::string_view operator()(const op::RefreshMaterializedView& /*op*/) const { return "RefreshMaterializedView"; }
    std::string_view operator()(const op::CreateSequence& /*op*/) const { return "CreateSequence"; }
    std::string_view operator()(const op::AlterSequence& /*op*/) const { return "AlterSequence"; }
    std::string_view operator()(const op::DropSequence& /*op*/) const { return "DropSequence"; }
    std::string_view operator()(const op::CreateType& /*op*/) const { return "CreateType"; }
    std::string_view operator()(const op::AddEnumValue& /*op*/) const { return "AddEnumValue"; }
    std::string_view operator()(const op::RenameEnumValue& /*op*/) const { return "RenameEnumValue"; }
    std::string_view operator()(const op::CreateDomain& /*op*/) const { return "CreateDomain"; }
    std::string_view operator()(const op::AlterDomain& /*op*/) const { return "AlterDomain"; }
    std::string_view operator()(const op::AlterCompositeType& /*op*/) const { return "AlterCompositeType"; }
    std::string_view operator()(const op::DropType& /*op*/) const { return "DropType"; }
    std::string_view operator()(const op::CreateSchema& /*op*/) const { return "CreateSchema"; }
    std::string_view operator()(const op::DropSchema& /*op*/) const { return "DropSchema"; }
    std::string_view operator()(const op::CreateExtension& /*op*/) const { return "CreateExtension"; }
    std::string_view operator()(const op::DropExtension& /*op*/) const { return "DropExtension"; }
    std::string_view operator()(const op::CreateFunction& /*op*/) const { return "CreateFunction"; }
    std::string_view operator()(const op::DropFunction& /*op*/) const { return "DropFunction"; }
    std::string_view operator()(const op::CreateTrigger& /*op*/) const { return "CreateTrigger"; }
    std::string_view operator()(const op::DropTrigger& /*op*/) const { return "DropTrigger"; }
    std::string_view operator()(const op::CreatePolicy& /*op*/) const { return "CreatePolicy"; }
    std::string_view operator()(const op::AlterPolicy& /*op*/) const { return "AlterPolicy"; }
    std::string_view operator()(const op::DropPolicy& /*op*/) const { return "DropPolicy"; }
    std::string_view operator()(const op::CreateRule& /*op*/) const { return "CreateRule"; }
    std::string_view operator()(const op::DropRule& /*op*/) const { return "DropRule"; }
    std::string_view operator()(const op::RenameObject& /*op*/) const { return "RenameObject"; }
    std::string_view operator()(const op::SetSchema& /*op*/) const { return "SetSchema"; }
    std::string_view operator()(const op::OwnerTo& /*op*/) const { return "OwnerTo"; }
    std::string_view operator()(const op::Comment& /*op*/) const { return "Comment"; }
    std::string_view operator()(const op::Grant& /*op*/) const { return "Grant"; }
    std::string_view operator()(const op::CreateObject& /*op*/) const { return "CreateObject"; }
    std::string_view operator()(const op::AlterObject& /*op*/) const { return "AlterObject"; }
    std::string_view operator()(const op::DropObject& /*op*/) const { return "DropObject"; }
    std::string_view operator()(const op::Insert& /*op*/) const { return "Insert"; }
    std::string_view operator()(const op::Update& /*op*/) const { return "Update"; }
    std::string_view operator()(const op::Delete& /*op*/) const { return "Delete"; }
    std::string_view operator()(const op::Merge& /*op*/) const { return "Merge"; }
    std::string_view operator()(const op::Copy& /*op*/) const { return "Copy"; }
    std::string_view operator()(const op::Select& /*op*/) const { return "Select"; }
    std::string_view operator()(const op::Call& /*op*/) const { return "Call"; }
    std::string_view operator()(const op::Vacuum& /*op*/) const { return "Vacuum"; }
    std::string_view operator()(const op::Analyze& /*op*/) const { return "Analyze"; }
    std::string_view operator()(const op::Cluster& /*op*/) const { return "Cluster"; }
    std::string_view operator()(const op::Checkpoint& /*op*/) const { return "Checkpoint"; }
    std::string_view operator()(const op::Discard& /*op*/) const { return "Discard"; }
    std::string_view operator()(const op::SetParameter& /*op*/) const { return "SetParameter"; }
    std::string_view operator()(const op::SetRoleParameter& /*op*/) const { return "SetRoleParameter"; }
    std::string_view operator()(const op::Transaction& /*op*/) const { return "Transaction"; }
    std::string_view operator()(const op::Do& /*op*/) const { return "Do"; }
    std::string_view operator()(const op::Notify& /*op*/) const { return "Notify"; }
    std::string_view operator()(const op::Explain& /*op*/) const { return "Explain"; }
    std::string_view operator()(const op::Prepare& /*op*/) const { return "Prepare"; }
    std::string_view operator()(const op::Opaque& /*op*/) const { return "Opaque"; }
    std::string_view operator()(const op::Invalid& /*op*/) const { return "Invalid"; }
  } name;
  return std::visit(name, operation);
}

std::string to_string(const Operation& operation) {
  Line line(operation_name(operation));
  std::visit([&line](const auto& alternative) { print(line, alternative); }, operation);
  return line.take();
}

}  // namespace whimbrel::ir
