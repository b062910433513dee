// Questions about types: domains, what an index on a type compares with, time zones.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/base/tri.h"
#include "whimbrel/catalog/catalog.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {

/// The domain that the type names, or null (also for an array of it).
const catalog::Type* find_domain(const ir::TypeName& type, const catalog::Catalog& catalog);
/// The user's type of that name, looking through arrays; null where the catalog has none.
const catalog::Type* find_user_type(const ir::TypeName& type, const catalog::Catalog& catalog);
/// The type below all domains. Its typmods are dropped where a domain was passed: a column of a domain stores none.
ir::TypeName base_type(const ir::TypeName& type, const catalog::Catalog& catalog);
/// Whether the domain, or one that it is made of, has a CHECK or NOT NULL.
bool is_constrained_domain(const ir::TypeName& type, const catalog::Catalog& catalog);
/// Whether the domain, or one that it is made of, is NOT NULL.
bool is_not_null_domain(const ir::TypeName& type, const catalog::Catalog& catalog);
/// Whether the domain has a default that is not NULL.
const ir::Expr* domain_default(const ir::TypeName& type, const catalog::Catalog& catalog);

/// Types of one group share the default operator class, so that an index on them stays good: "text" for text and
/// varchar.
std::string operator_group(const ir::TypeName& type, const catalog::Catalog& catalog);

/// Whether the session's clock is always UTC's (pg_get_timezone_offset): "UTC" yes, "Africa/Abidjan" no. Unknown for
/// "".
Tri is_always_utc(std::string_view time_zone);

/// Whether two types are written as the same (names resolved, typmods equal).
bool same_type(const ir::TypeName& left, const ir::TypeName& right, const catalog::Catalog& catalog);

/// What one coercion to `to` does with values of type `from`, in ALTER TYPE without USING (assignment) or where it is
/// written.
enum class CoercionKind : std::uint8_t { assignment, written };
TypeChange coercion(const ir::TypeName& from, const ir::TypeName& to, const catalog::Catalog& catalog,
                    const Settings& settings, CoercionKind kind);

/// What ALTER TYPE … USING does, by the expression alone: free only where it is the column in a chain of free casts.
TypeChange using_change(const ir::Expr& expr, std::string_view column, const ir::TypeName& from, const ir::TypeName& to,
                        const catalog::Catalog& catalog, const Settings& settings);

}  // namespace whimbrel::facts
