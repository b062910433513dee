// Kinds of objects that hold no data: roles, databases, publications, servers, casts …, one generic operation each.
#include "read_names.h"
#include "read_query.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;
using ir::ObjectKind;

/// The object's name and the first words of the statement that spell it.
ir::RelationName named(const Reader& reader, ir::QualifiedName name) {
  for (TokenIndex i = 1; i < reader.count(); ++i) {
    const bool name_like = reader.token(i).kind == TokenKind::word || reader.token(i).kind == TokenKind::quoted;
    if (!name_like) continue;
    const TokenIndex end = reader.name_end(i);
    std::string_view last = reader.word(end - 1);
    if (last.size() >= 2 && last.front() == '"') last = last.substr(1, last.size() - 2);
    if (last == name.name || is_keyword(last, name.name)) return {std::move(name), reader.span(i, end)};
  }
  return {std::move(name), reader.whole()};
}

ir::RelationName named(const Reader& reader, const char* name) { return named(reader, ir::QualifiedName{"", reader.str(name)}); }
ir::RelationName named(const Reader& reader, const List* name) { return named(reader, read_qualified(reader, name)); }

void create(Reader& reader, ir::Statement& out, std::string_view kind, ObjectKind object, ir::RelationName name, std::vector<ir::RelationName> tables = {},
            bool if_not_exists = false) {
  out.kind = kind;
  add_step(out, op::CreateObject{object, std::move(name), std::move(tables), if_not_exists}, reader.whole());
}

void alter(Reader& reader, ir::Statement& out, std::string_view kind, ObjectKind object, ir::RelationName name, std::vector<ir::RelationName> tables = {}) {
  out.kind = kind;
  add_step(out, op::AlterObject{object, std::move(name), std::move(tables)}, reader.whole());
}

void drop(Reader& reader, ir::Statement& out, std::string_view kind, ObjectKind object, ir::RelationName name, bool if_exists, bool cascade = false) {
  out.kind = kind;
  add_step(out, op::DropObject{object, std::move(name), if_exists, cascade}, reader.whole());
}

void opaque(Reader& reader, ir::Statement& out, std::string_view kind, std::string what, std::vector<ir::RelationName> touches, bool any) {
  out.kind = kind;
  add_step(out, op::Opaque{std::move(what), std::move(touches), any}, reader.whole());
}

std::vector<ir::RelationName> publication_tables(const Reader& reader, const List* objects) {
  std::vector<ir::RelationName> tables;
  for (const PublicationObjSpec* object : Items<PublicationObjSpec>(objects)) {
    if (object->pubtable != nullptr) tables.push_back(read_relation(reader, object->pubtable->relation));
  }
  return tables;
}

bool has_where(const List* objects) {
  for (const PublicationObjSpec* object : Items<PublicationObjSpec>(objects)) {
    if (object->pubtable != nullptr && object->pubtable->whereClause != nullptr) return true;
  }
  return false;
}

std::vector<ir::RelationName> relations(const Reader& reader, const List* nodes) {
  std::vector<ir::RelationName> tables;
  for (const ::Node* node : Items<>(nodes)) {
    if (tag_of(node) == T_RangeVar) tables.push_back(read_relation(reader, as<RangeVar>(node)));
  }
  return tables;
}

/// CREATE COLLATION … (deterministic = false): texts that differ may be equal.
bool is_nondeterministic(const Reader& reader, const DefineStmt* stmt) {
  if (stmt->kind != OBJECT_COLLATION) return false;
  for (const DefElem* option : Items<DefElem>(stmt->definition)) {
    if (std::string_view(option->defname) != "deterministic" || option->arg == nullptr) continue;
    const std::string value = read_value(reader, option->arg);
    return is_keyword(value, "false") || is_keyword(value, "off") || value == "0";
  }
  return false;
}

void define(Reader& reader, const DefineStmt* stmt, ir::Statement& out) {
  ir::RelationName name = named(reader, stmt->defnames);
  if (stmt->kind != OBJECT_TYPE) {
    create(reader, out, "Create" + std::string(kind_word(stmt->kind)), object_kind(stmt->kind), std::move(name), {}, stmt->if_not_exists);
    if (is_nondeterministic(reader, stmt)) std::get<op::CreateObject>(out.steps.back().operation).detail = "nondeterministic";
    return;
  }
  out.kind = "CreateType";
  op::CreateType op;
  op.type = std::move(name);
  op.form = stmt->definition == nullptr ? op::TypeForm::shell : op::TypeForm::base;
  add_step(out, std::move(op), reader.whole());
}

bool read_roles(Reader& reader, const ::Node* node, ir::Statement& out) {
  switch (tag_of(node)) {
    case T_CreateRoleStmt: create(reader, out, "CreateRole", ObjectKind::role, named(reader, as<CreateRoleStmt>(node)->role)); return true;
    case T_AlterRoleStmt: alter(reader, out, "AlterRole", ObjectKind::role, named(reader, {"", std::string(read_role(as<AlterRoleStmt>(node)->role))})); return true;
    case T_AlterRoleSetStmt:
      out.kind = "AlterRoleSet";
      read_role_setting(reader, as<AlterRoleSetStmt>(node)->setstmt, out);
      return true;
    case T_DropRoleStmt:
      for (const RoleSpec* role : Items<RoleSpec>(as<DropRoleStmt>(node)->roles)) {
        drop(reader, out, "DropRole", ObjectKind::role, named(reader, {"", std::string(read_role(role))}), as<DropRoleStmt>(node)->missing_ok);
      }
      return true;
    case T_AlterDefaultPrivilegesStmt: alter(reader, out, "AlterDefaultPrivileges", ObjectKind::default_privileges, {}); return true;
    case T_DropOwnedStmt: opaque(reader, out, "DropOwned", "DROP OWNED drops whatever the roles own", {}, true); return true;
    case T_ReassignOwnedStmt: alter(reader, out, "ReassignOwned", ObjectKind::role, {}); return true;
    case T_CreatedbStmt: create(reader, out, "CreateDatabase", ObjectKind::database, named(reader, as<CreatedbStmt>(node)->dbname)); return true;
    case T_AlterDatabaseStmt: {
      const auto* stmt = as<AlterDatabaseStmt>(node);
      alter(reader, out, "AlterDatabase", ObjectKind::database, named(reader, stmt->dbname));
      for (const DefElem* option : Items<DefElem>(stmt->options)) {
        if (std::string_view(option->defname) == "tablespace") std::get<op::AlterObject>(out.steps.back().operation).detail = "tablespace";
      }
      return true;
    }
    case T_AlterDatabaseRefreshCollStmt:
      alter(reader, out, "AlterDatabase", ObjectKind::database, named(reader, as<AlterDatabaseRefreshCollStmt>(node)->dbname));
      return true;
    case T_AlterDatabaseSetStmt:
      out.kind = "AlterDatabaseSet";
      read_role_setting(reader, as<AlterDatabaseSetStmt>(node)->setstmt, out);
      return true;
    case T_DropdbStmt: drop(reader, out, "DropDatabase", ObjectKind::database, named(reader, as<DropdbStmt>(node)->dbname), as<DropdbStmt>(node)->missing_ok); return true;
    case T_CreateTableSpaceStmt: create(reader, out, "CreateTablespace", ObjectKind::tablespace, named(reader, as<CreateTableSpaceStmt>(node)->tablespacename)); return true;
    case T_AlterTableSpaceOptionsStmt: alter(reader, out, "AlterTablespace", ObjectKind::tablespace, named(reader, as<AlterTableSpaceOptionsStmt>(node)->tablespacename)); return true;
    case T_DropTableSpaceStmt:
      drop(reader, out, "DropTablespace", ObjectKind::tablespace, named(reader, as<DropTableSpaceStmt>(node)->tablespacename), as<DropTableSpaceStmt>(node)->missing_ok);
      return true;
    case T_AlterSystemStmt:
      out.kind = "AlterSystem";
      read_role_setting(reader, as<AlterSystemStmt>(node)->setstmt, out);
      return true;
    default: return false;
  }
}

bool read_foreign_data(Reader& reader, const ::Node* node, ir::Statement& out) {
  switch (tag_of(node)) {
    case T_CreateFdwStmt: create(reader, out, "CreateForeignDataWrapper", ObjectKind::foreign_data_wrapper, named(reader, as<CreateFdwStmt>(node)->fdwname)); return true;
    case T_AlterFdwStmt: alter(reader, out, "AlterForeignDataWrapper", ObjectKind::foreign_data_wrapper, named(reader, as<AlterFdwStmt>(node)->fdwname)); return true;
    case T_CreateForeignServerStmt: {
      const auto* stmt = as<CreateForeignServerStmt>(node);
      create(reader, out, "CreateServer", ObjectKind::server, named(reader, stmt->servername), {}, stmt->if_not_exists);
      return true;
    }
    case T_AlterForeignServerStmt: alter(reader, out, "AlterServer", ObjectKind::server, named(reader, as<AlterForeignServerStmt>(node)->servername)); return true;
    case T_CreateUserMappingStmt: {
      const auto* stmt = as<CreateUserMappingStmt>(node);
      create(reader, out, "CreateUserMapping", ObjectKind::user_mapping, named(reader, stmt->servername), {}, stmt->if_not_exists);
      return true;
    }
    case T_AlterUserMappingStmt: alter(reader, out, "AlterUserMapping", ObjectKind::user_mapping, named(reader, as<AlterUserMappingStmt>(node)->servername)); return true;
    case T_DropUserMappingStmt: {
      const auto* stmt = as<DropUserMappingStmt>(node);
      drop(reader, out, "DropUserMapping", ObjectKind::user_mapping, named(reader, stmt->servername), stmt->missing_ok);
      return true;
    }
    case T_ImportForeignSchemaStmt: {
      const auto* stmt = as<ImportForeignSchemaStmt>(node);
      opaque(reader, out, "ImportForeignSchema", "IMPORT FOREIGN SCHEMA creates the tables that the foreign server has", relations(reader, stmt->table_list), true);
      return true;
    }
    case T_CreatePublicationStmt: {
      const auto* stmt = as<CreatePublicationStmt>(node);
      create(reader, out, "CreatePublication", ObjectKind::publication, named(reader, stmt->pubname), publication_tables(reader, stmt->pubobjects));
      if (has_where(stmt->pubobjects)) std::get<op::CreateObject>(out.steps.back().operation).detail = "where";
      return true;
    }
    case T_AlterPublicationStmt: {
      const auto* stmt = as<AlterPublicationStmt>(node);
      alter(reader, out, "AlterPublication", ObjectKind::publication, named(reader, stmt->pubname), publication_tables(reader, stmt->pubobjects));
      if (has_where(stmt->pubobjects)) std::get<op::AlterObject>(out.steps.back().operation).detail = "where";
      return true;
    }
    case T_CreateSubscriptionStmt: create(reader, out, "CreateSubscription", ObjectKind::subscription, named(reader, as<CreateSubscriptionStmt>(node)->subname)); return true;
    case T_AlterSubscriptionStmt: alter(reader, out, "AlterSubscription", ObjectKind::subscription, named(reader, as<AlterSubscriptionStmt>(node)->subname)); return true;
    case T_DropSubscriptionStmt: {
      const auto* stmt = as<DropSubscriptionStmt>(node);
      drop(reader, out, "DropSubscription", ObjectKind::subscription, named(reader, stmt->subname), stmt->missing_ok, stmt->behavior == DROP_CASCADE);
      return true;
    }
    default: return false;
  }
}

bool read_operators(Reader& reader, const ::Node* node, ir::Statement& out) {
  switch (tag_of(node)) {
    case T_DefineStmt: define(reader, as<DefineStmt>(node), out); return true;
    case T_CreateOpClassStmt: create(reader, out, "CreateOperatorClass", ObjectKind::operator_class, named(reader, as<CreateOpClassStmt>(node)->opclassname)); return true;
    case T_CreateOpFamilyStmt: create(reader, out, "CreateOperatorFamily", ObjectKind::operator_family, named(reader, as<CreateOpFamilyStmt>(node)->opfamilyname)); return true;
    case T_AlterOpFamilyStmt: alter(reader, out, "AlterOperatorFamily", ObjectKind::operator_family, named(reader, as<AlterOpFamilyStmt>(node)->opfamilyname)); return true;
    case T_AlterOperatorStmt: alter(reader, out, "AlterOperator", ObjectKind::operator_, {read_qualified(reader, as<AlterOperatorStmt>(node)->opername->objname), reader.whole()}); return true;
    case T_CreateConversionStmt: create(reader, out, "CreateConversion", ObjectKind::conversion, named(reader, as<CreateConversionStmt>(node)->conversion_name)); return true;
    case T_CreateCastStmt: {
      const auto* stmt = as<CreateCastStmt>(node);
      const std::string name = ir::to_sql(read_type(reader, stmt->sourcetype)) + " as " + ir::to_sql(read_type(reader, stmt->targettype));
      create(reader, out, "CreateCast", ObjectKind::cast, {{"", name}, reader.whole()});
      return true;
    }
    case T_CreateTransformStmt: {
      const auto* stmt = as<CreateTransformStmt>(node);
      create(reader, out, "CreateTransform", ObjectKind::transform, {{"", ir::to_sql(read_type(reader, stmt->type_name))}, reader.whole()});
      return true;
    }
    case T_CreateAmStmt: create(reader, out, "CreateAccessMethod", ObjectKind::access_method, named(reader, as<CreateAmStmt>(node)->amname)); return true;
    case T_CreatePLangStmt: create(reader, out, "CreateLanguage", ObjectKind::language, named(reader, as<CreatePLangStmt>(node)->plname)); return true;
    case T_AlterCollationStmt: alter(reader, out, "AlterCollation", ObjectKind::collation, named(reader, as<AlterCollationStmt>(node)->collname)); return true;
    case T_AlterTSDictionaryStmt: alter(reader, out, "AlterTextSearch", ObjectKind::text_search, named(reader, as<AlterTSDictionaryStmt>(node)->dictname)); return true;
    case T_AlterTSConfigurationStmt: alter(reader, out, "AlterTextSearch", ObjectKind::text_search, named(reader, as<AlterTSConfigurationStmt>(node)->cfgname)); return true;
    case T_AlterTypeStmt: alter(reader, out, "AlterType", ObjectKind::type, named(reader, as<AlterTypeStmt>(node)->typeName)); return true;
    default: return false;
  }
}

}  // namespace

bool read_other_object(Reader& reader, const ::Node* node, ir::Statement& out) {
  if (read_roles(reader, node, out) || read_foreign_data(reader, node, out) || read_operators(reader, node, out)) return true;
  switch (tag_of(node)) {
    case T_CreateStatsStmt: {
      const auto* stmt = as<CreateStatsStmt>(node);
      create(reader, out, "CreateStatistics", ObjectKind::statistics, stmt->defnames == nullptr ? ir::RelationName{} : named(reader, stmt->defnames),
             relations(reader, stmt->relations), stmt->if_not_exists);
      for (const StatsElem* element : Items<StatsElem>(stmt->exprs)) {
        if (element->expr != nullptr) std::get<op::CreateObject>(out.steps.back().operation).detail = "expression";
      }
      return true;
    }
    case T_AlterStatsStmt: alter(reader, out, "AlterStatistics", ObjectKind::statistics, named(reader, as<AlterStatsStmt>(node)->defnames)); return true;
    case T_CreateEventTrigStmt: {
      const auto* stmt = as<CreateEventTrigStmt>(node);
      create(reader, out, "CreateEventTrigger", ObjectKind::event_trigger, named(reader, stmt->trigname));
      std::get<op::CreateObject>(out.steps.back().operation).detail = ir::to_sql(read_qualified(reader, stmt->funcname));
      return true;
    }
    case T_AlterEventTrigStmt: alter(reader, out, "AlterEventTrigger", ObjectKind::event_trigger, named(reader, as<AlterEventTrigStmt>(node)->trigname)); return true;
    case T_AlterExtensionStmt: alter(reader, out, "AlterExtension", ObjectKind::extension, named(reader, as<AlterExtensionStmt>(node)->extname)); return true;
    case T_AlterExtensionContentsStmt: alter(reader, out, "AlterExtension", ObjectKind::extension, named(reader, as<AlterExtensionContentsStmt>(node)->extname)); return true;
    case T_AlterFunctionStmt: {
      const auto* stmt = as<AlterFunctionStmt>(node);
      alter(reader, out, "Alter" + std::string(kind_word(stmt->objtype)), object_kind(stmt->objtype), named(reader, stmt->func->objname));
      return true;
    }
    case T_AlterObjectDependsStmt: {
      const auto* stmt = as<AlterObjectDependsStmt>(node);
      ir::RelationName name = stmt->relation != nullptr ? read_relation(reader, stmt->relation) : named(reader, object_name(reader, stmt->object));
      alter(reader, out, "AlterObjectDepends", object_kind(stmt->objectType), std::move(name));
      return true;
    }
    case T_SecLabelStmt: alter(reader, out, "SecurityLabel", object_kind(as<SecLabelStmt>(node)->objtype), named(reader, object_name(reader, as<SecLabelStmt>(node)->object))); return true;
    case T_ConstraintsSetStmt: {
      const auto* stmt = as<ConstraintsSetStmt>(node);
      alter(reader, out, "SetConstraints", ObjectKind::constraint, {});
      std::get<op::AlterObject>(out.steps.back().operation).detail =
          std::string(stmt->constraints == nullptr ? "all " : "") + (stmt->deferred ? "deferred" : "immediate");
      return true;
    }
    case T_LoadStmt: opaque(reader, out, "Load", "LOAD runs a shared library's start", {}, false); return true;
    default: return false;
  }
}

}  // namespace whimbrel::sql
