// The types of columns as SQLAlchemy reflects them: dialects/postgresql/base.py, ischema_names and _reflect_type.
#include <array>

#include "database.h"

namespace whimbrel::alembic {

namespace {

constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
    {"integer", "INTEGER"}, {"bigint", "BIGINT"}, {"smallint", "SMALLINT"}, {"text", "TEXT"}, {"boolean", "BOOLEAN"}, {"date", "DATE"},
    {"real", "REAL"}, {"double precision", "DOUBLE_PRECISION"}, {"numeric", "NUMERIC"}, {"character varying", "VARCHAR"}, {"character", "CHAR"},
    {"timestamp without time zone", "TIMESTAMP"}, {"timestamp with time zone", "TIMESTAMP"}, {"time without time zone", "TIME"},
    {"time with time zone", "TIME"}, {"bytea", "BYTEA"}, {"json", "JSON"}, {"jsonb", "JSONB"}, {"uuid", "UUID"}, {"inet", "INET"}, {"cidr", "CIDR"},
    {"macaddr", "MACADDR"}, {"hstore", "HSTORE"}, {"tsvector", "TSVECTOR"}, {"citext", "CITEXT"}, {"money", "MONEY"}, {"oid", "OID"},
    {"int4range", "INT4RANGE"}, {"int8range", "INT8RANGE"}, {"numrange", "NUMRANGE"}, {"daterange", "DATERANGE"}, {"tsrange", "TSRANGE"},
    {"tstzrange", "TSTZRANGE"},
};

Value call_of(std::string_view name, std::vector<Value> args, std::vector<std::pair<std::string, Value>> keywords, Span span) {
  python::Call call{.callee = std::make_shared<const Value>(python::make_path("sqlalchemy.dialects.postgresql." + std::string(name), span)),
                    .args = std::move(args),
                    .keywords = {}};
  for (auto& [key, value] : keywords) call.keywords.push_back({std::move(key), std::make_shared<const Value>(std::move(value)), span});
  return python::make_call(std::move(call), span);
}

Value enum_of(const catalog::Type& type, Span span) {
  std::vector<Value> labels;
  for (const std::string& label : type.labels) labels.push_back(python::make_string(label, span));
  return call_of("ENUM", std::move(labels), {{"name", python::make_string(type.name.name, span)}, {"create_type", python::make_bool(false, span)}}, span);
}

}  // namespace

Value reflected_type(const catalog::Catalog& catalog, const ir::TypeName& type, Span span) {
  if (type.dimensions > 0) {
    ir::TypeName item = type;
    item.dimensions = 0;
    Value inner = reflected_type(catalog, item, span);
    return inner.is_unknown() ? inner : call_of("ARRAY", {std::move(inner)}, {}, span);
  }
  for (const auto& [name, class_] : kClasses) {
    if (type.name != name || !type.schema.empty() || !type.fields.empty()) continue;
    std::vector<std::pair<std::string, Value>> keywords;
    const bool time = class_ == "TIMESTAMP" || class_ == "TIME";
    if (time) keywords.emplace_back("timezone", python::make_bool(name.contains(" with time"), span));
    if (time && !type.typmods.empty()) keywords.emplace_back("precision", python::make_int(type.typmods[0], span));
    std::vector<Value> args;
    for (std::size_t i = 0; !time && i < type.typmods.size(); ++i) args.push_back(python::make_int(type.typmods[i], span));
    return call_of(class_, std::move(args), std::move(keywords), span);
  }
  const catalog::Type* own = catalog.find_type({type.schema, type.name});
  if (own != nullptr && own->exact && !own->domain && own->form == ir::op::TypeForm::enum_) return enum_of(*own, span);
  return python::make_unknown("the type of a column that the inspector found", span);
}

}  // namespace whimbrel::alembic
