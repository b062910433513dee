// Data types as format_type() of PostgreSQL spells them (src/backend/utils/adt/format_type.c).
#include "whimbrel/ir/type_name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "whimbrel/ir/names.h"

namespace whimbrel::ir {
namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

/// Internal names and SQL's other words, to what format_type() prints. In bytewise order.
constexpr std::array<Spelling, 19> kSpellings = {{
    {"bool", "boolean"},
    {"bpchar", "character"},
    {"char", "character"},
    {"dec", "numeric"},
    {"decimal", "numeric"},
    {"float", "double precision"},
    {"float4", "real"},
    {"float8", "double precision"},
    {"int", "integer"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"nchar", "character"},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
}};

/// What format_type() prints without quotes although it is several words or a keyword, and all other types of pg_catalog that
/// a column may have. In bytewise order.
constexpr auto kBuiltin = [] {
  auto names = std::to_array<std::string_view>({
    "\"char\"", "aclitem", "any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange",
    "anycompatiblenonarray", "anycompatiblerange", "anyelement", "anyenum", "anymultirange", "anynonarray", "anyrange", "bigint",
    "bit", "bit varying", "boolean", "box", "bytea", "character", "character varying", "cid", "cidr", "circle", "cstring",
    "datemultirange", "daterange", "date", "double precision", "event_trigger", "fdw_handler", "gtsvector", "index_am_handler",
    "inet", "int2vector", "int4multirange", "int4range", "int8multirange", "int8range", "integer", "internal", "interval", "json",
    "jsonb", "jsonpath", "language_handler", "line", "lseg", "macaddr", "macaddr8", "money", "name", "numeric", "nummultirange",
    "numrange", "oid", "oidvector", "path", "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary", "pg_ddl_command",
    "pg_dependencies", "pg_lsn", "pg_mcv_list", "pg_ndistinct", "pg_node_tree", "pg_snapshot", "point", "polygon", "real", "record",
    "refcursor", "regclass", "regcollation", "regconfig", "regdictionary", "regnamespace", "regoper", "regoperator", "regproc",
    "regprocedure", "regrole", "regtype", "smallint", "table_am_handler", "text", "tid", "time with time zone",
    "time without time zone", "timestamp with time zone", "timestamp without time zone", "trigger", "tsm_handler", "tsmultirange",
    "tsquery", "tsrange", "tstzmultirange", "tstzrange", "tsvector", "txid_snapshot", "unknown", "uuid", "void", "xid", "xid8",
    "xml",
  });
  std::ranges::sort(names);
  return names;
}();

/// Spelled by the grammar itself: never quoted. (Not name.find(' '): g++ 12 warns of its bounds where it is inlined with -O2.)
bool is_grammar_spelling(std::string_view name) {
  return std::ranges::find(name, ' ') != name.end() || name == "\"char\"" || name == "bigint" || name == "bit" || name == "boolean" ||
         name == "character" || name == "integer" || name == "interval" || name == "json" || name == "numeric" || name == "real" || name == "smallint";
}

std::string in_parentheses(const std::vector<std::int32_t>& typmods) {
  if (typmods.empty()) return {};
  std::string list = "(";
  for (const std::int32_t typmod : typmods) {
    if (list.size() > 1) list += ',';
    list += std::to_string(typmod);
  }
  return list + ")";
}

}  // namespace

std::string canonical_type_name(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(kSpellings, name, {}, &Spelling::first);
  return std::string(found != kSpellings.end() && found->first == name ? found->second : name);
}

bool is_builtin_type(std::string_view canonical) { return std::ranges::binary_search(kBuiltin, canonical); }

std::string to_sql(const TypeName& type) {
  if (!type.known()) return "?";
  std::string sql;
  const bool builtin = type.schema.empty() && is_builtin_type(type.name);
  const std::string typmods = in_parentheses(type.typmods);
  const std::size_t zone = type.name.find(" with");
  if (builtin && zone != std::string::npos) {
    sql = type.name.substr(0, zone) + typmods + type.name.substr(zone);
  } else if (builtin && type.name == "interval") {
    sql = type.fields.empty() ? "interval" + typmods : "interval " + type.fields + typmods;
  } else if (builtin && type.name == "character" && type.typmods.empty()) {
    sql = "bpchar";  // CHARACTER without a length would mean CHARACTER(1)
  } else {
    const std::string name = builtin && is_grammar_spelling(type.name) ? type.name : to_sql(QualifiedName{type.schema, type.name});
    sql = name + (builtin && type.name == "numeric" && type.typmods.size() == 1 ? typmods.substr(0, typmods.size() - 1) + ",0)" : typmods);
  }
  if (type.dimensions > 0) sql += "[]";  // the number of dimensions is not kept
  return sql;
}

}  // namespace whimbrel::ir
