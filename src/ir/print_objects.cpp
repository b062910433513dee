// Operations on types, schemas, functions, triggers, policies and all other objects as lines.
#include "print_parts.h"

namespace whimbrel::ir {
namespace {

std::string types(const std::vector<TypeName>& list) {
  std::string out = "(";
  for (const TypeName& type : list) out += (out.size() > 1 ? ", " : "") + to_sql(type);
  return out + ")";
}

void relations(Line& line, std::string_view word, const std::vector<RelationName>& tables) {
  for (const RelationName& table : tables) line.word(word).name(table);
}

}  // namespace

void print(Line& line, const op::CreateType& op) {
  line.name(op.type);
  switch (op.form) {
    case op::TypeForm::enum_: line.word("enum"); break;
    case op::TypeForm::composite: line.word("composite"); break;
    case op::TypeForm::range: line.word("range"); break;
    case op::TypeForm::base: line.word("base"); break;
    case op::TypeForm::shell: line.word("shell"); break;
  }
  for (const Name& label : op.labels) line.text(label.value);
  for (const ColumnDef& attribute : op.attributes) line.name(attribute.name).column_def(attribute);
}
void print(Line& line, const op::AddEnumValue& op) {
  line.name(op.type).text(op.value.value);
  if (!op.neighbor.value.empty()) line.word(op.after ? "after" : "before").text(op.neighbor.value);
  line.when(op.if_not_exists, "if not exists");
}
void print(Line& line, const op::RenameEnumValue& op) { line.name(op.type).text(op.value.value).word("to").text(op.new_value.value); }
void print(Line& line, const op::CreateDomain& op) {
  line.name(op.domain).type(op.type.value).when(op.not_null, "not null").clause("default", op.default_value);
  if (!op.collation.empty()) line.word("collate").name(op.collation);
  for (const Constraint& constraint : op.constraints) line.constraint(constraint);
}
void print(Line& line, const op::AlterDomain& op) {
  line.name(op.domain);
  switch (op.action) {
    case op::DomainAction::set_default: line.word("set").clause("default", op.value); break;
    case op::DomainAction::drop_default: line.word("drop default"); break;
    case op::DomainAction::set_not_null: line.word("set not null"); break;
    case op::DomainAction::drop_not_null: line.word("drop not null"); break;
    case op::DomainAction::add_constraint: line.word("add").constraint(op.constraint); break;
    case op::DomainAction::drop_constraint: line.word("drop constraint").name(op.constraint_name); break;
    case op::DomainAction::validate_constraint: line.word("validate constraint").name(op.constraint_name); break;
  }
  line.when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::AlterCompositeType& op) {
  line.name(op.type);
  switch (op.action) {
    case op::AttributeAction::add: line.word("add attribute"); break;
    case op::AttributeAction::drop: line.word("drop attribute"); break;
    case op::AttributeAction::alter_type: line.word("alter attribute"); break;
  }
  line.name(op.attribute.name);
  if (op.attribute.type.value.known()) line.column_def(op.attribute);
  line.when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::DropType& op) {
  line.name(op.type).when(op.domain, "domain").when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::CreateSchema& op) { line.name(op.schema).when(op.if_not_exists, "if not exists"); }
void print(Line& line, const op::DropSchema& op) { line.name(op.schema).when(op.if_exists, "if exists").when(op.cascade, "cascade"); }
void print(Line& line, const op::CreateExtension& op) {
  line.name(op.extension).clause("schema", op.schema.value).clause("version", op.version).when(op.if_not_exists, "if not exists");
}
void print(Line& line, const op::DropExtension& op) {
  line.name(op.extension).when(op.if_exists, "if exists").when(op.cascade, "cascade");
}

void print(Line& line, const op::CreateFunction& op) {
  line.name(op.function).word(types(op.arguments)).when(op.procedure, "procedure").when(op.or_replace, "or replace");
  if (op.returns.known()) line.word("returns").when(op.returns_set, "setof").type(op.returns);
  line.clause("language", op.language);
  switch (op.volatility) {
    case op::Volatility::immutable: line.word("immutable"); break;
    case op::Volatility::stable: line.word("stable"); break;
    case op::Volatility::volatile_: break;
  }
  line.when(op.strict, "strict").when(op.security_definer, "security definer").options(op.settings);
  if (!op.body.value.empty()) line.word("as").text(op.body.value);
}
void print(Line& line, const op::DropFunction& op) {
  line.name(op.function).when(!op.arguments.empty(), types(op.arguments)).when(op.procedure, "procedure");
  line.when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::CreateTrigger& op) {
  line.name(op.trigger).word("on").name(op.table).when(!op.timing.empty(), op.timing).when(!op.events.empty(), op.events).when(op.row, "for each row");
  line.word("execute").name(op.function).when(op.or_replace, "or replace").when(op.constraint, "constraint");
  if (!op.constraint_from.value.empty()) line.word("from").name(op.constraint_from);
}
void print(Line& line, const op::DropTrigger& op) {
  line.name(op.trigger).word("on").name(op.table).when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::CreatePolicy& op) {
  line.name(op.policy).word("on").name(op.table).clause("for", op.command).when(!op.permissive, "restrictive");
  line.clause("using", op.using_expr).clause("with check", op.check_expr);
}
void print(Line& line, const op::AlterPolicy& op) { line.name(op.policy).word("on").name(op.table); }
void print(Line& line, const op::DropPolicy& op) {
  line.name(op.policy).word("on").name(op.table).when(op.if_exists, "if exists").when(op.cascade, "cascade");
}
void print(Line& line, const op::CreateRule& op) { line.name(op.rule).word("on").name(op.table).when(op.or_replace, "or replace"); }
void print(Line& line, const op::DropRule& op) {
  line.name(op.rule).word("on").name(op.table).when(op.if_exists, "if exists").when(op.cascade, "cascade");
}

void print(Line& line, const op::RenameObject& op) {
  line.word(object_kind_name(op.kind)).name(op.object).name(op.sub).word("to").name(op.new_name);
  line.when(op.if_exists, "if exists").when(op.via_alter_table, "via alter table");
}
void print(Line& line, const op::SetSchema& op) {
  line.word(object_kind_name(op.kind)).name(op.object).word("to").name(op.schema).when(op.if_exists, "if exists");
}
void print(Line& line, const op::OwnerTo& op) { line.word(object_kind_name(op.kind)).name(op.object).word("to").name(op.owner); }
void print(Line& line, const op::Comment& op) {
  line.word(object_kind_name(op.kind)).name(op.object).name(op.sub);
  op.text ? line.text(*op.text) : line.word("null");
}
void print(Line& line, const op::Grant& op) {
  line.when(op.revoke, "revoke");
  std::string privileges;
  for (const std::string& privilege : op.privileges) privileges += (privileges.empty() ? "" : ", ") + privilege;
  line.word(privileges.empty() ? "all" : privileges).word("on").word(object_kind_name(op.kind));
  line.when(op.all_in_schema, "all in schema");
  bool first = true;
  for (const RelationName& object : op.objects) {
    line.when(!first, ",").name(object);
    first = false;
  }
  line.word(op.revoke ? "from" : "to").word(to_sql(op.grantees));
}
void print(Line& line, const op::CreateObject& op) {
  line.word(object_kind_name(op.kind)).name(op.object).when(op.if_not_exists, "if not exists");
  relations(line, "on", op.tables);
}
void print(Line& line, const op::AlterObject& op) {
  line.word(object_kind_name(op.kind)).name(op.object);
  relations(line, "on", op.tables);
}
void print(Line& line, const op::DropObject& op) {
  line.word(object_kind_name(op.kind)).name(op.object).when(op.if_exists, "if exists").when(op.cascade, "cascade");
}

}  // namespace whimbrel::ir
