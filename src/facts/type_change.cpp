// ALTER COLUMN TYPE: which pairs of types keep the heap as it is.
//
// Facts: manual, ALTER TABLE ("Notes"): no rewrite where the old type is binary coercible to the new one, or a domain
// without constraints over it; each pair is measured (oracle rows alter_type.*). A length or precision is a cast of its
// own: it is free where PostgreSQL's support function for it knows that it changes nothing.
#include <algorithm>

#include "cast_table.h"
#include "types.h"
#include "version_facts.h"
#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {
namespace {

constexpr std::int32_t kMaxTimePrecision = 6;

/// The smallest field that an interval keeps (timestamp.c, intervaltypmodleastfield): 0 seconds … 5 years.
int least_field(const std::string& fields) {
  struct Row {
    std::string_view end;
    int field;
  };
  static constexpr Row kRows[] = {{"second", 0}, {"minute", 1}, {"hour", 2}, {"day", 3}, {"month", 4}, {"year", 5}};
  for (const Row& row : kRows) {
    if (fields.ends_with(row.end)) return row.field;
  }
  return 0;
}

std::int32_t time_precision(const ir::TypeName& type) {
  return type.typmods.empty() ? kMaxTimePrecision : type.typmods[0];
}

/// interval_support: alter_type.interval_*.
bool interval_is_free(const ir::TypeName& from, const ir::TypeName& to) {
  if (to.typmods.empty() && to.fields.empty()) return true;
  if (least_field(to.fields) > least_field(from.fields)) return false;
  return least_field(from.fields) > 0 || time_precision(to) >= kMaxTimePrecision ||
         time_precision(to) >= time_precision(from);
}

/// numeric_support: alter_type.numeric_*.
bool numeric_is_free(const ir::TypeName& from, const ir::TypeName& to) {
  if (to.typmods.empty()) return true;
  if (from.typmods.empty()) return false;
  const std::int32_t from_scale = from.typmods.size() > 1 ? from.typmods[1] : 0;
  const std::int32_t to_scale = to.typmods.size() > 1 ? to.typmods[1] : 0;
  return from_scale == to_scale && to.typmods[0] >= from.typmods[0];
}

/// From a type to itself with another length, precision or scale.
TypeChange typmod_change(const ir::TypeName& from, const ir::TypeName& to) {
  const auto free_if = [](bool free) { return free ? TypeChange::free : TypeChange::rewrite; };
  if (from.typmods == to.typmods && from.fields == to.fields) return TypeChange::free;
  const std::string& name = to.name;
  if (name == "interval") return free_if(interval_is_free(from, to));
  if (to.typmods.empty()) return TypeChange::free;
  if (name == "numeric") return free_if(numeric_is_free(from, to));
  if (name == "character varying" || name == "bit varying") {  // varchar_support, varbit_support
    return free_if(!from.typmods.empty() && to.typmods[0] >= from.typmods[0]);
  }
  if (name.starts_with("timestamp") || name.starts_with("time ")) {  // TemporalSimplify
    return free_if(time_precision(to) >= kMaxTimePrecision || time_precision(to) >= time_precision(from));
  }
  if (ir::is_builtin_type(name)) return TypeChange::rewrite;  // character(n), bit(n)
  return TypeChange::unknown;                                 // an extension's own typmod: vector(3), geometry(Point)
}

ir::TypeName element_type(const ir::TypeName& array) {
  ir::TypeName element = array;
  element.dimensions = 0;
  return element;
}

ir::TypeName without_typmod(const ir::TypeName& type) {
  ir::TypeName result = type;
  result.typmods.clear();
  result.fields.clear();
  return result;
}

/// Arrays are converted element by element unless the element type is the same and no length is asked for:
/// alter_type.varchar_10_arr__varchar_20_arr, varchar_10_arr__varchar_arr, varchar_arr__text_arr.
TypeChange array_coercion(const ir::TypeName& from, const ir::TypeName& to, const catalog::Catalog& catalog,
                          const Settings& settings, CoercionKind kind) {
  const ir::TypeName from_element = element_type(from);
  const ir::TypeName to_element = element_type(to);
  if (same_type(without_typmod(from_element), without_typmod(to_element), catalog)) {
    const bool free = from.typmods == to.typmods || (to.typmods.empty() && to.fields.empty());
    return free && (from.fields == to.fields || to.fields.empty()) ? TypeChange::free : TypeChange::rewrite;
  }
  const TypeChange elements = coercion(from_element, to_element, catalog, settings, kind);
  return elements == TypeChange::free ? TypeChange::rewrite : elements;
}

bool is_timestamp(const ir::TypeName& type) {
  return type.name == "timestamp without time zone" || type.name == "timestamp with time zone";
}

/// timestamp ↔ timestamptz: alter_type.timestamp__timestamptz.*. The zone's effect is unknown where the zone is.
TypeChange timestamp_coercion(const ir::TypeName& to, const Settings& settings) {
  if (time_precision(to) < kMaxTimePrecision || !holds(Fact::utc_timestamps_are_binary, settings.pg_version)) {
    return TypeChange::rewrite;
  }
  const Tri utc = is_always_utc(settings.time_zone);
  if (utc == Tri::unknown) return TypeChange::unknown;
  return utc == Tri::yes ? TypeChange::free : TypeChange::rewrite;
}

/// Between two scalar types, neither of them a domain.
TypeChange scalar_coercion(const ir::TypeName& from, const ir::TypeName& to, const catalog::Catalog& catalog,
                           const Settings& settings, CoercionKind kind) {
  if (same_type(without_typmod(from), without_typmod(to), catalog)) return typmod_change(from, to);
  const bool known = ir::is_builtin_type(from.name) && ir::is_builtin_type(to.name);
  const catalog::Type* from_user = find_user_type(from, catalog);
  const catalog::Type* to_user = find_user_type(to, catalog);
  const Cast cast = find_cast(from.name, to.name, settings.pg_version);
  if (cast.method == CastMethod::none) {
    return known || from_user != nullptr || to_user != nullptr ? TypeChange::error : TypeChange::unknown;
  }
  if (kind == CoercionKind::assignment && cast.context == CastContext::explicit_) {
    const bool certain = known || to_user != nullptr || to.name == "citext";
    return certain ? TypeChange::error : TypeChange::unknown;
  }
  if (is_timestamp(from) && is_timestamp(to)) return timestamp_coercion(to, settings);
  if (cast.method != CastMethod::binary) return TypeChange::rewrite;
  // After a relabelling the length is not known any more, so asking for one is a cast:
  // alter_type.text__varchar_100.using_cast.
  return to.typmods.empty() ? TypeChange::free : TypeChange::rewrite;
}

/// The first that is not free.
TypeChange worse(TypeChange left, TypeChange right) {
  if (left == TypeChange::error || right == TypeChange::error) return TypeChange::error;
  if (left == TypeChange::rewrite || right == TypeChange::rewrite) return TypeChange::rewrite;
  return left == TypeChange::free ? right : left;
}

/// A cast written, or the column itself; the type that it has then. Nothing for any other expression.
struct Chain {
  TypeChange change = TypeChange::free;
  ir::TypeName type;
};

Chain follow(const ir::Expr& expr, std::string_view column, const ir::TypeName& from, const catalog::Catalog& catalog,
             const Settings& settings, int depth) {
  constexpr int kMaxDepth = 64;
  if (depth > kMaxDepth) return {TypeChange::rewrite, from};
  if (expr.kind == ir::ExprKind::column && !expr.names.empty() && expr.names.back() == column)
    return {TypeChange::free, from};
  if (expr.kind == ir::ExprKind::cast && expr.args.size() == 1 && expr.args[0]) {
    const Chain inner = follow(*expr.args[0], column, from, catalog, settings, depth + 1);
    if (inner.change == TypeChange::rewrite) return inner;
    return {worse(inner.change, coercion(inner.type, expr.type, catalog, settings, CoercionKind::written)), expr.type};
  }
  if (expr.kind == ir::ExprKind::collate && !expr.args.empty() && expr.args[0] &&
      holds(Fact::collate_is_a_relabel, settings.pg_version)) {
    return follow(*expr.args[0], column, from, catalog, settings, depth + 1);
  }
  return {TypeChange::rewrite, from};
}

}  // namespace

TypeChange coercion(const ir::TypeName& from, const ir::TypeName& to, const catalog::Catalog& catalog,
                    const Settings& settings, CoercionKind kind) {
  if (!to.known()) return TypeChange::unknown;
  if (!from.known()) return TypeChange::unknown;
  if (same_type(from, to, catalog)) return TypeChange::free;

  // To a domain: first to what it is made of, length included, then its constraints are checked on every value.
  if (const catalog::Type* domain = find_domain(to, catalog)) {
    const TypeChange below = coercion(from, domain->base, catalog, settings, kind);
    return worse(below, is_constrained_domain(to, catalog) ? TypeChange::rewrite : TypeChange::free);
  }
  const ir::TypeName source = base_type(from, catalog);  // from a domain: its length is not known to the column
  if (source.dimensions != 0 && to.dimensions != 0) return array_coercion(source, to, catalog, settings, kind);
  if (source.dimensions != 0 || to.dimensions != 0) {  // through text, from an array by assignment
    if (to.dimensions == 0 && is_string_type(to.name)) return TypeChange::rewrite;
    if (kind == CoercionKind::written && is_string_type(source.name)) return TypeChange::rewrite;
    return TypeChange::error;
  }
  return scalar_coercion(source, to, catalog, settings, kind);
}

TypeChange type_change(const ir::TypeName& from, const ir::TypeName& to, const catalog::Catalog& catalog,
                       const Settings& settings) {
  return coercion(from, to, catalog, settings, CoercionKind::assignment);
}

TypeChange using_change(const ir::Expr& expr, std::string_view column, const ir::TypeName& from, const ir::TypeName& to,
                        const catalog::Catalog& catalog, const Settings& settings) {
  const Chain chain = follow(expr, column, from, catalog, settings, 0);
  if (chain.change == TypeChange::rewrite || chain.change == TypeChange::error) return TypeChange::rewrite;
  const TypeChange last = coercion(chain.type, to, catalog, settings, CoercionKind::assignment);
  return worse(chain.change, last);
}

}  // namespace whimbrel::facts
