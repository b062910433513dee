// The server's kinds of objects as ours, and the names that generic statements give.
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

struct KindRow {
  ObjectType type;
  ir::ObjectKind kind;
  std::string_view word;
};

using ir::ObjectKind;

constexpr std::array kRows = std::to_array<KindRow>({
    {OBJECT_ACCESS_METHOD, ObjectKind::access_method, "AccessMethod"},
    {OBJECT_AGGREGATE, ObjectKind::aggregate, "Aggregate"},
    {OBJECT_AMOP, ObjectKind::other, "Object"},
    {OBJECT_AMPROC, ObjectKind::other, "Object"},
    {OBJECT_ATTRIBUTE, ObjectKind::type_attribute, "Type"},
    {OBJECT_CAST, ObjectKind::cast, "Cast"},
    {OBJECT_COLUMN, ObjectKind::column, "Column"},
    {OBJECT_COLLATION, ObjectKind::collation, "Collation"},
    {OBJECT_CONVERSION, ObjectKind::conversion, "Conversion"},
    {OBJECT_DATABASE, ObjectKind::database, "Database"},
    {OBJECT_DEFAULT, ObjectKind::other, "Object"},
    {OBJECT_DEFACL, ObjectKind::default_privileges, "DefaultPrivileges"},
    {OBJECT_DOMAIN, ObjectKind::domain, "Domain"},
    {OBJECT_DOMCONSTRAINT, ObjectKind::domain_constraint, "Domain"},
    {OBJECT_EVENT_TRIGGER, ObjectKind::event_trigger, "EventTrigger"},
    {OBJECT_EXTENSION, ObjectKind::extension, "Extension"},
    {OBJECT_FDW, ObjectKind::foreign_data_wrapper, "ForeignDataWrapper"},
    {OBJECT_FOREIGN_SERVER, ObjectKind::server, "Server"},
    {OBJECT_FOREIGN_TABLE, ObjectKind::foreign_table, "ForeignTable"},
    {OBJECT_FUNCTION, ObjectKind::function, "Function"},
    {OBJECT_INDEX, ObjectKind::index, "Index"},
    {OBJECT_LANGUAGE, ObjectKind::language, "Language"},
    {OBJECT_LARGEOBJECT, ObjectKind::large_object, "LargeObject"},
    {OBJECT_MATVIEW, ObjectKind::materialized_view, "MaterializedView"},
    {OBJECT_OPCLASS, ObjectKind::operator_class, "OperatorClass"},
    {OBJECT_OPERATOR, ObjectKind::operator_, "Operator"},
    {OBJECT_OPFAMILY, ObjectKind::operator_family, "OperatorFamily"},
    {OBJECT_PARAMETER_ACL, ObjectKind::other, "Parameter"},
    {OBJECT_POLICY, ObjectKind::policy, "Policy"},
    {OBJECT_PROCEDURE, ObjectKind::procedure, "Procedure"},
    {OBJECT_PUBLICATION, ObjectKind::publication, "Publication"},
    {OBJECT_PUBLICATION_NAMESPACE, ObjectKind::publication, "Publication"},
    {OBJECT_PUBLICATION_REL, ObjectKind::publication, "Publication"},
    {OBJECT_ROLE, ObjectKind::role, "Role"},
    {OBJECT_ROUTINE, ObjectKind::function, "Routine"},
    {OBJECT_RULE, ObjectKind::rule, "Rule"},
    {OBJECT_SCHEMA, ObjectKind::schema, "Schema"},
    {OBJECT_SEQUENCE, ObjectKind::sequence, "Sequence"},
    {OBJECT_SUBSCRIPTION, ObjectKind::subscription, "Subscription"},
    {OBJECT_STATISTIC_EXT, ObjectKind::statistics, "Statistics"},
    {OBJECT_TABCONSTRAINT, ObjectKind::constraint, "Constraint"},
    {OBJECT_TABLE, ObjectKind::table, "Table"},
    {OBJECT_TABLESPACE, ObjectKind::tablespace, "Tablespace"},
    {OBJECT_TRANSFORM, ObjectKind::transform, "Transform"},
    {OBJECT_TRIGGER, ObjectKind::trigger, "Trigger"},
    {OBJECT_TSCONFIGURATION, ObjectKind::text_search, "TextSearch"},
    {OBJECT_TSDICTIONARY, ObjectKind::text_search, "TextSearch"},
    {OBJECT_TSPARSER, ObjectKind::text_search, "TextSearch"},
    {OBJECT_TSTEMPLATE, ObjectKind::text_search, "TextSearch"},
    {OBJECT_TYPE, ObjectKind::type, "Type"},
    {OBJECT_USER_MAPPING, ObjectKind::user_mapping, "UserMapping"},
    {OBJECT_VIEW, ObjectKind::view, "View"},
});

const KindRow* row(ObjectType type) {
  for (const KindRow& candidate : kRows) {
    if (candidate.type == type) return &candidate;
  }
  return nullptr;
}

}  // namespace

ir::ObjectKind object_kind(ObjectType type) {
  const KindRow* found = row(type);
  return found == nullptr ? ObjectKind::other : found->kind;
}

std::string_view kind_word(ObjectType type) {
  const KindRow* found = row(type);
  return found == nullptr ? "Object" : found->word;
}

ir::QualifiedName object_name(const Reader& reader, const ::Node* object) {
  switch (tag_of(object)) {
    case T_RangeVar: return {reader.str(as<RangeVar>(object)->schemaname), reader.str(as<RangeVar>(object)->relname)};
    case T_String: return {"", reader.str(as<::String>(object)->sval)};
    case T_List: return read_qualified(reader, as<List>(object));
    case T_TypeName: return read_qualified(reader, as<::TypeName>(object)->names);
    case T_ObjectWithArgs: return read_qualified(reader, as<ObjectWithArgs>(object)->objname);
    case T_RoleSpec: return {"", std::string(read_role(as<RoleSpec>(object)))};
    default: return {};
  }
}

}  // namespace whimbrel::sql
