// Questions about types: domains, operator classes, time zones.
#include "types.h"

#include <algorithm>
#include <array>

#include "whimbrel/base/text.h"

namespace whimbrel::facts {
namespace {

/// No real domain is nested deeper; a cycle cannot be made.
constexpr int kMaxDomainDepth = 32;

}  // namespace

const catalog::Type* find_user_type(const ir::TypeName& type, const catalog::Catalog& catalog) {
  if (!type.known() || type.schema == "pg_catalog") return nullptr;
  if (type.schema.empty() && ir::is_builtin_type(type.name)) return nullptr;
  return catalog.find_type({type.schema, type.name});
}

const catalog::Type* find_domain(const ir::TypeName& type, const catalog::Catalog& catalog) {
  if (type.dimensions != 0) return nullptr;
  const catalog::Type* found = find_user_type(type, catalog);
  return found != nullptr && found->domain ? found : nullptr;
}

ir::TypeName base_type(const ir::TypeName& type, const catalog::Catalog& catalog) {
  ir::TypeName result = type;
  for (int depth = 0; depth < kMaxDomainDepth; ++depth) {
    const catalog::Type* domain = find_domain(result, catalog);
    if (domain == nullptr) break;
    result = domain->base;
    result.typmods.clear();
    result.fields.clear();
  }
  return result;
}

namespace {

template <class Test>
bool any_domain(const ir::TypeName& type, const catalog::Catalog& catalog, Test test) {
  ir::TypeName current = type;
  for (int depth = 0; depth < kMaxDomainDepth; ++depth) {
    const catalog::Type* domain = find_domain(current, catalog);
    if (domain == nullptr) return false;
    if (test(*domain)) return true;
    current = domain->base;
  }
  return false;
}

}  // namespace

bool is_constrained_domain(const ir::TypeName& type, const catalog::Catalog& catalog) {
  return any_domain(type, catalog,
                    [](const catalog::Type& domain) { return domain.not_null || !domain.constraints.empty(); });
}

bool is_not_null_domain(const ir::TypeName& type, const catalog::Catalog& catalog) {
  return any_domain(type, catalog, [](const catalog::Type& domain) { return domain.not_null; });
}

const ir::Expr* domain_default(const ir::TypeName& type, const catalog::Catalog& catalog) {
  const ir::Expr* found = nullptr;
  any_domain(type, catalog, [&found](const catalog::Type& domain) {
    found = domain.default_value.get();
    return found != nullptr;
  });
  return found;
}

/// Manual, "Operator Classes and Operator Families"; alter_type.*.indexed. Array, enum and range classes are
/// polymorphic: the types must be the same.
std::string operator_group(const ir::TypeName& type, const catalog::Catalog& catalog) {
  const ir::TypeName base = base_type(type, catalog);
  if (base.dimensions != 0) return base.schema + "." + base.name + "[]";
  struct Group {
    std::string_view type;
    std::string_view group;
  };
  static constexpr Group kGroups[] = {{"character varying", "text"},
                                      {"cidr", "inet"},
                                      {"regclass", "oid"},
                                      {"regproc", "oid"},
                                      {"regprocedure", "oid"},
                                      {"regtype", "oid"},
                                      {"regrole", "oid"},
                                      {"regnamespace", "oid"},
                                      {"regoper", "oid"},
                                      {"regoperator", "oid"},
                                      {"regconfig", "oid"},
                                      {"regdictionary", "oid"}};
  for (const Group& group : kGroups) {
    if (base.name == group.type) return std::string(group.group);
  }
  const catalog::Type* user = find_user_type(base, catalog);
  return user != nullptr ? user->name.schema + "." + user->name.name : base.name;
}

/// alter_type.timestamp__timestamptz.tz_*: zones that the time zone database defines as a fixed zero offset.
Tri is_always_utc(std::string_view zone) {
  static constexpr std::array kNames{
      "utc",       "gmt",       "uct",     "zulu",    "universal", "greenwich",     "gmt0",          "gmt+0",
      "gmt-0",     "etc/utc",   "etc/gmt", "etc/uct", "etc/zulu",  "etc/universal", "etc/greenwich", "etc/gmt0",
      "etc/gmt+0", "etc/gmt-0", "0",       "+0",      "-0",        "+00",           "-00",           "+00:00",
      "-00:00",    "00:00",     "00",      "utc0",    "<+00>+00"};
  if (zone.empty()) return Tri::unknown;
  const std::string lower = to_lower(zone);
  return to_tri(std::ranges::find(kNames, lower) != kNames.end());
}

bool same_type(const ir::TypeName& left, const ir::TypeName& right, const catalog::Catalog& catalog) {
  if ((left.dimensions != 0) != (right.dimensions != 0)) return false;
  if (left.typmods != right.typmods || left.fields != right.fields) return false;
  const catalog::Type* a = find_user_type(left, catalog);
  const catalog::Type* b = find_user_type(right, catalog);
  if (a != nullptr || b != nullptr) return a == b;
  if (left.name != right.name) return false;
  return left.schema == right.schema || left.schema.empty() || right.schema.empty();
}

}  // namespace whimbrel::facts
