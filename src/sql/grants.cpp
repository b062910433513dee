// GRANT and REVOKE.
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

std::vector<std::string> roles(const List* list) {
  std::vector<std::string> names;
  for (const RoleSpec* role : Items<RoleSpec>(list)) names.emplace_back(read_role(role));
  return names;
}

}  // namespace

void read_grant(Reader& reader, const GrantStmt* stmt, ir::Statement& out) {
  out.kind = stmt->is_grant ? "Grant" : "Revoke";
  op::Grant op;
  op.revoke = !stmt->is_grant;
  op.all_in_schema = stmt->targtype == ACL_TARGET_ALL_IN_SCHEMA;
  op.kind = object_kind(stmt->objtype);
  op.grantees = roles(stmt->grantees);
  for (const AccessPriv* privilege : Items<AccessPriv>(stmt->privileges)) {
    std::string word = privilege->priv_name == nullptr ? "all" : reader.str(privilege->priv_name);
    if (privilege->cols != nullptr) word += " (" + ir::to_sql(read_strings(reader, privilege->cols)) + ")";
    op.privileges.push_back(std::move(word));
  }
  for (const ::Node* object : Items<>(stmt->objects)) {
    if (tag_of(object) == T_RangeVar) {
      op.objects.push_back(read_relation(reader, as<RangeVar>(object)));
    } else {
      op.objects.push_back({object_name(reader, object), reader.whole()});
    }
  }
  add_step(out, std::move(op), reader.whole());
}

void read_grant_role(Reader& reader, const GrantRoleStmt* stmt, ir::Statement& out) {
  out.kind = stmt->is_grant ? "GrantRole" : "RevokeRole";
  op::Grant op;
  op.revoke = !stmt->is_grant;
  op.kind = ir::ObjectKind::role;
  op.grantees = roles(stmt->grantee_roles);
  for (const AccessPriv* role : Items<AccessPriv>(stmt->granted_roles)) op.objects.push_back({{"", reader.str(role->priv_name)}, reader.whole()});
  add_step(out, std::move(op), reader.whole());
}

}  // namespace whimbrel::sql
