// Type names: canonical spelling, modifiers, and how far they reach in the source.
#include "read_names.h"

namespace whimbrel::sql {
namespace {

/// The fields that an interval's first modifier stands for (utils/timestamp.h: INTERVAL_MASK).
std::string interval_fields(int mask) {
  constexpr int kYear = 1 << 2, kMonth = 1 << 1, kDay = 1 << 3, kHour = 1 << 10, kMinute = 1 << 11, kSecond = 1 << 12;
  switch (mask) {
    case kYear: return "year";
    case kMonth: return "month";
    case kDay: return "day";
    case kHour: return "hour";
    case kMinute: return "minute";
    case kSecond: return "second";
    case kYear | kMonth: return "year to month";
    case kDay | kHour: return "day to hour";
    case kDay | kHour | kMinute: return "day to minute";
    case kDay | kHour | kMinute | kSecond: return "day to second";
    case kHour | kMinute: return "hour to minute";
    case kHour | kMinute | kSecond: return "hour to second";
    case kMinute | kSecond: return "minute to second";
    default: return "";
  }
}

std::optional<std::int32_t> integer(const ::Node* node) {
  if (tag_of(node) == T_Integer) return as<Integer>(node)->ival;
  if (tag_of(node) != T_A_Const) return std::nullopt;
  const auto* constant = as<A_Const>(node);
  if (constant->isnull || tag_of(&constant->val.node) != T_Integer) return std::nullopt;
  return constant->val.ival.ival;
}

}  // namespace

bool is_interval_field(const Reader& reader, TokenIndex i) {
  for (const std::string_view field : {"year", "month", "day", "hour", "minute", "second"}) {
    if (reader.is(i, field)) return true;
  }
  return false;
}

ir::TypeName read_type(const Reader& reader, const ::TypeName* type) {
  ir::TypeName read;
  if (type == nullptr || type->names == nullptr || type->pct_type) return read;
  const ir::QualifiedName name = read_qualified(reader, type->names);
  const bool catalog = name.schema == "pg_catalog";
  if (name.name == "char") {
    read.name = "\"char\"";  // unquoted, the grammar has made it pg_catalog.bpchar
  } else {
    read.name = name.schema.empty() || catalog ? ir::canonical_type_name(name.name) : name.name;
  }
  if (!catalog || !ir::is_builtin_type(read.name)) read.schema = name.schema;
  std::vector<std::int32_t> typmods;
  for (const ::Node* modifier : Items<>(type->typmods)) {
    if (const std::optional<std::int32_t> value = integer(modifier)) typmods.push_back(*value);
  }
  if (read.name == "interval" && !typmods.empty()) {
    read.fields = interval_fields(typmods.front());
    typmods.erase(typmods.begin());
  }
  read.typmods = std::move(typmods);
  read.dimensions = static_cast<std::uint8_t>(std::min(Items<>(type->arrayBounds).size(), 255));
  return read;
}

TokenIndex type_end(const Reader& reader, TokenIndex i) {
  Cursor cursor(reader, i);
  const auto parentheses = [&] {
    if (reader.is_symbol(cursor.index(), '(')) cursor.go(reader.match(cursor.index()) + 1);
  };
  cursor.accept("setof");
  if (cursor.accept({"double", "precision"})) {
  } else if (cursor.accept("national")) {
    cursor.go(cursor.index() + 1);
    cursor.accept("varying");
    parentheses();
  } else if (cursor.accept("character") || cursor.accept("char") || cursor.accept("bit") || cursor.accept("nchar")) {
    cursor.accept("varying");
    parentheses();
  } else if (cursor.accept("time") || cursor.accept("timestamp")) {
    parentheses();
    if (!cursor.accept({"with", "time", "zone"})) cursor.accept({"without", "time", "zone"});
  } else if (cursor.accept("interval")) {
    parentheses();
    while (is_interval_field(reader, cursor.index()) || (reader.is(cursor.index(), "to") && is_interval_field(reader, cursor.index() + 1))) {
      cursor.go(cursor.index() + 1);
    }
    parentheses();
  } else {
    cursor.name();
    if (reader.word(cursor.index()) == "%" && reader.is(cursor.index() + 1, "type")) cursor.go(cursor.index() + 2);
    parentheses();
  }
  cursor.accept("array");
  while (reader.is_symbol(cursor.index(), '[')) cursor.go(reader.match(cursor.index()) + 1);
  return std::min(cursor.index(), reader.count());
}

Located<ir::TypeName> read_located_type(const Reader& reader, const ::TypeName* type) {
  if (type == nullptr) return {};
  const TokenIndex begin = reader.at(type->location);
  Located<ir::TypeName> read{read_type(reader, type), {}};
  if (begin < reader.count()) read.span = reader.span(begin, type_end(reader, begin));
  return read;
}

}  // namespace whimbrel::sql
