// The table of types, and the rules for the few whose arguments matter.
#include "types.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "arguments.h"
#include "expressions.h"
#include "recorder.h"

namespace whimbrel::alembic {

namespace {

/// How a type's arguments enter its name.
enum class Shape : std::uint8_t {
  plain,      ///< not at all
  length,     ///< (length=…)
  precision,  ///< (precision=…, scale=…)
  zone,       ///< (timezone=…), with or without time zone
  zone_pg,    ///< postgresql.TIMESTAMP(timezone=…, precision=…)
  floating,   ///< (precision=…): real up to 24 bits
  interval,
  interval_pg,
  bit,
  array,
  enumeration,
  named_domain,
};

struct Entry {
  std::string_view name;
  std::string_view type;
  Shape shape = Shape::plain;
};

// sqlalchemy.types, sqlalchemy.dialects.postgresql: compiled by PGTypeCompiler (dialects/postgresql/base.py).
constexpr Entry kSqlalchemy[] = {
    {"Integer", "integer"}, {"INTEGER", "integer"}, {"INT", "integer"}, {"BigInteger", "bigint"}, {"BIGINT", "bigint"},
    {"SmallInteger", "smallint"}, {"SMALLINT", "smallint"},
    {"String", "character varying", Shape::length}, {"VARCHAR", "character varying", Shape::length},
    {"Unicode", "character varying", Shape::length}, {"AutoString", "character varying", Shape::length},
    {"CHAR", "character", Shape::length}, {"NCHAR", "character", Shape::length},
    {"Text", "text"}, {"TEXT", "text"}, {"UnicodeText", "text"}, {"CLOB", "text"},
    {"Boolean", "boolean"}, {"BOOLEAN", "boolean"}, {"MatchType", "boolean"},
    {"Date", "date"}, {"DATE", "date"},
    {"DateTime", "timestamp", Shape::zone}, {"TIMESTAMP", "timestamp", Shape::zone_pg}, {"Time", "time", Shape::zone}, {"TIME", "time", Shape::zone_pg},
    {"Interval", "interval", Shape::interval}, {"INTERVAL", "interval", Shape::interval_pg},
    {"Float", "double precision", Shape::floating}, {"FLOAT", "double precision", Shape::floating},
    {"Double", "double precision"}, {"DOUBLE", "double precision"}, {"DOUBLE_PRECISION", "double precision"}, {"REAL", "real"},
    {"Numeric", "numeric", Shape::precision}, {"NUMERIC", "numeric", Shape::precision}, {"DECIMAL", "numeric", Shape::precision},
    {"LargeBinary", "bytea"}, {"BYTEA", "bytea"}, {"PickleType", "bytea"},
    {"JSON", "json"}, {"JSONB", "jsonb"}, {"JSONPATH", "jsonpath"}, {"UUID", "uuid"}, {"Uuid", "uuid"},
    {"ARRAY", "", Shape::array}, {"Enum", "", Shape::enumeration}, {"ENUM", "", Shape::enumeration}, {"DOMAIN", "", Shape::named_domain},
    {"INET", "inet"}, {"CIDR", "cidr"}, {"MACADDR", "macaddr"}, {"MACADDR8", "macaddr8"}, {"HSTORE", "hstore"}, {"TSVECTOR", "tsvector"},
    {"TSQUERY", "tsquery"}, {"BIT", "bit", Shape::bit}, {"OID", "oid"}, {"REGCLASS", "regclass"}, {"REGCONFIG", "regconfig"}, {"MONEY", "money"},
    {"CITEXT", "citext"}, {"INT4RANGE", "int4range"}, {"INT8RANGE", "int8range"}, {"NUMRANGE", "numrange"}, {"DATERANGE", "daterange"},
    {"TSRANGE", "tsrange"}, {"TSTZRANGE", "tstzrange"}, {"INT4MULTIRANGE", "int4multirange"}, {"INT8MULTIRANGE", "int8multirange"},
    {"NUMMULTIRANGE", "nummultirange"}, {"DATEMULTIRANGE", "datemultirange"}, {"TSMULTIRANGE", "tsmultirange"},
    {"TSTZMULTIRANGE", "tstzmultirange"}, {"GUID", "uuid"},
};

// Types of packages that migrations import: sqlalchemy_utils, citext, geoalchemy2, pgvector.
constexpr Entry kPackages[] = {
    {"CIText", "citext"}, {"CIEmailType", "citext"}, {"EmailType", "character varying", Shape::length}, {"UUIDType", "uuid"}, {"JSONType", "json"},
    {"TSVectorType", "tsvector"}, {"URLType", "text"}, {"LtreeType", "ltree"}, {"LTREE", "ltree"}, {"INETType", "inet"},
    {"ArrowType", "timestamp", Shape::zone}, {"Geometry", "geometry"}, {"Geography", "geography"}, {"Raster", "raster"}, {"Vector", "vector", Shape::length},
    {"VECTOR", "vector", Shape::length}, {"HALFVEC", "halfvec", Shape::length}, {"IntRangeType", "int4range"}, {"DateRangeType", "daterange"},
    {"NumericRangeType", "numrange"}, {"DateTimeRangeType", "tsrange"}, {"Int8RangeType", "int8range"}, {"StringEncryptedType", "character varying"},
};

constexpr std::string_view kPackageRoots[] = {"sqlalchemy_utils", "citext", "geoalchemy2", "pgvector", "sqlalchemy_citext", "advanced_alchemy", "fastapi_users_db_sqlalchemy"};

const Entry* find_entry(std::span<const Entry> table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Entry& entry) { return entry.name == name; });
  return found != table.end() ? &*found : nullptr;
}

const Entry* entry_of(std::string_view path) {
  const std::string full = full_path(path);
  const std::string root = full.substr(0, full.find('.'));
  if (is_sqlalchemy(full) || root == "postgresql" || root == "pg") return find_entry(kSqlalchemy, last_part(full));
  if (std::find(std::begin(kPackageRoots), std::end(kPackageRoots), root) == std::end(kPackageRoots)) return nullptr;
  const Entry* entry = find_entry(kPackages, last_part(full));
  return entry != nullptr ? entry : find_entry(kSqlalchemy, last_part(full));
}

std::optional<std::int32_t> number(Arguments& arguments, std::string_view name) {
  const Value* value = arguments.get(name);
  if (value == nullptr || value->is_none()) return std::nullopt;
  const auto integer = value->integer();
  if (!integer || *integer < 0 || *integer > INT32_MAX) {
    arguments.fail(said_of(fmt::format("the type's {}", name), *value));
    return std::nullopt;
  }
  return static_cast<std::int32_t>(*integer);
}

std::string zoned(std::string_view base, bool with) { return fmt::format("{} {} time zone", base, with ? "with" : "without"); }

/// INTERVAL(fields="DAY TO SECOND"), in lower case as format_type() prints it.
std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return text;
}

std::size_t longest(const std::vector<ir::Name>& labels) {
  std::size_t length = 0;
  for (const ir::Name& label : labels) length = std::max(length, label.value.size());
  return length;
}

/// Labels of Enum(SomeEnum): the members' names, or their values where values_callable is given (its usual use).
bool labels_of_class(const python::Class& class_, bool values, std::vector<ir::Name>& labels, Span span) {
  for (const auto& [name, member] : class_.members) {
    const auto* known = member.as<python::EnumMember>();
    if (known == nullptr) continue;
    const std::string* value = known->value->string();
    if (values && value == nullptr) return false;
    labels.push_back({values ? *value : known->name, span});
  }
  return true;
}

TypeReading enumeration(const python::Call& call, Span span) {
  TypeReading reading;
  Arguments arguments(call, span, {});
  EnumType made;
  const bool values = arguments.get("values_callable") != nullptr;
  std::string default_name;
  for (const Value& arg : call.args) {
    if (const std::string* label = arg.string()) {
      made.labels.push_back({*label, arg.span});
    } else if (const auto* class_ = arg.as<python::Class>(); class_ != nullptr && class_->is_enum) {
      default_name = lower(class_->name);
      made.labels_known = labels_of_class(*class_, values, made.labels, arg.span) && made.labels_known;
    } else {
      made.labels_known = false;
      if (!arg.path().empty()) default_name = lower(std::string(last_part(arg.path())));
    }
  }
  made.labels_known = made.labels_known && call.exact;
  if (const auto native = arguments.flag("native_enum"); native && !*native) {
    reading.type.name = "character varying";
    const auto length = number(arguments, "length");
    if (made.labels_known || length) {
      reading.type.typmods.push_back(length.value_or(static_cast<std::int32_t>(longest(made.labels))));
    } else {
      reading.problem = "the labels of an enum that is a varchar are not known";
    }
    return reading;
  }
  const ir::Name name = arguments.name("name");
  made.name = {{arguments.name("schema").value, name.value.empty() ? default_name : name.value}, name.value.empty() ? span : name.span};
  made.create_type = arguments.flag("create_type").value_or(true);
  if (made.name.value.name.empty()) {
    reading.problem = arguments.problem().empty() ? "the enum type has no name" : arguments.problem();
    return reading;
  }
  reading.type.schema = made.name.value.schema;
  reading.type.name = made.name.value.name;
  reading.enum_type = std::move(made);
  return reading;
}

TypeReading array(const python::Call& call, Span span) {
  constexpr std::string_view kParameters[] = {"item_type", "as_tuple", "dimensions", "zero_indexes"};
  Arguments arguments(call, span, kParameters);
  const Value* item = arguments.get("item_type");
  if (item == nullptr) return {.type = {}, .collation = {}, .enum_type = {}, .problem = "an array of nothing"};
  TypeReading reading = read_type(*item);
  if (reading.type.known()) {
    const auto dimensions = number(arguments, "dimensions").value_or(1);
    reading.type.dimensions = static_cast<std::uint8_t>(std::clamp(dimensions, 1, 6));
  }
  return reading;
}

TypeReading shaped(const Entry& entry, const python::Call& call, Span span) {
  TypeReading reading;
  reading.type.name = entry.type;
  const auto typmod = [&](std::optional<std::int32_t> value) {
    if (value) reading.type.typmods.push_back(*value);
  };
  switch (entry.shape) {
    case Shape::plain: break;
    case Shape::length: {
      constexpr std::string_view kParameters[] = {"length", "collation"};
      Arguments arguments(call, span, kParameters);
      typmod(number(arguments, "length"));
      if (entry.name == "Vector" || entry.name == "VECTOR") typmod(number(arguments, "dim"));
      if (entry.name == "EmailType" && reading.type.typmods.empty()) reading.type.typmods = {255};
      if (entry.type == "character" && reading.type.typmods.empty()) reading.type.typmods = {1};
      reading.collation = arguments.name("collation").value;
      reading.problem = arguments.problem();
      break;
    }
    case Shape::precision: {
      constexpr std::string_view kParameters[] = {"precision", "scale"};
      Arguments arguments(call, span, kParameters);
      typmod(number(arguments, "precision"));
      if (!reading.type.typmods.empty()) typmod(number(arguments, "scale"));
      reading.problem = arguments.problem();
      break;
    }
    case Shape::zone:
    case Shape::zone_pg: {
      constexpr std::string_view kParameters[] = {"timezone", "precision"};
      Arguments arguments(call, span, kParameters);
      reading.type.name = zoned(entry.type, arguments.is_true("timezone"));
      typmod(number(arguments, "precision"));
      reading.problem = arguments.problem();
      break;
    }
    case Shape::floating: {
      constexpr std::string_view kParameters[] = {"precision"};
      Arguments arguments(call, span, kParameters);
      const auto precision = number(arguments, "precision");
      if (precision && *precision <= 24) reading.type.name = "real";
      reading.problem = arguments.problem();
      break;
    }
    case Shape::interval: {
      constexpr std::string_view kParameters[] = {"native", "second_precision", "day_precision"};
      Arguments arguments(call, span, kParameters);
      typmod(number(arguments, "second_precision"));
      break;
    }
    case Shape::interval_pg: {
      constexpr std::string_view kParameters[] = {"precision", "fields"};
      Arguments arguments(call, span, kParameters);
      typmod(number(arguments, "precision"));
      reading.type.fields = lower(arguments.name("fields").value);
      break;
    }
    case Shape::bit: {
      constexpr std::string_view kParameters[] = {"length", "varying"};
      Arguments arguments(call, span, kParameters);
      if (arguments.is_true("varying")) reading.type.name = "bit varying";
      const auto length = number(arguments, "length");
      typmod(length || reading.type.name == "bit varying" ? length : std::optional<std::int32_t>(1));
      break;
    }
    case Shape::array: return array(call, span);
    case Shape::enumeration: return enumeration(call, span);
    case Shape::named_domain: {
      constexpr std::string_view kParameters[] = {"name", "data_type"};
      Arguments arguments(call, span, kParameters);
      reading.type.name = arguments.required("name").value;
      reading.type.schema = arguments.name("schema").value;
      reading.problem = arguments.problem();
      break;
    }
  }
  if (!reading.problem.empty()) reading.type = {};
  return reading;
}

TypeReading unknown_type(std::string problem) { return {.type = {}, .collation = {}, .enum_type = {}, .problem = std::move(problem)}; }

/// Integer().with_variant(BigInteger(), "postgresql"): the variant where it is PostgreSQL's.
TypeReading variant(const python::Call& call) {
  for (std::size_t i = 1; i < call.args.size(); ++i) {
    const std::string* dialect = call.args[i].string();
    if (dialect != nullptr && *dialect == "postgresql") return read_type(call.args[0]);
  }
  return read_type(*call.receiver());
}

/// class Mood(TypeDecorator): impl = sa.String. What it is called with goes to the type that it stands for (TypeDecorator.__init__).
TypeReading of_class(const python::Class& class_, const python::Call& call, Span span) {
  // It chooses by the dialect, or names itself, in code of its own that could not be followed.
  if (class_.find("load_dialect_impl") != nullptr || class_.find("get_col_spec") != nullptr) return unknown_type(fmt::format("the type {} is not known", class_.name));
  const auto with_arguments = [&](const Value& type) {
    const bool is_class = type.as<python::Class>() != nullptr || !type.path().empty();
    if (!is_class || (call.args.empty() && call.keywords.empty())) return read_type(type);
    python::Call inner = call;
    inner.callee = std::make_shared<const Value>(type);
    inner.fields = nullptr;
    return read_type(python::make_call(std::move(inner), span));
  };
  if (const Value* impl = class_.find("impl")) return with_arguments(*impl);
  for (const Value& base : class_.bases) {
    TypeReading reading = with_arguments(base);
    if (reading.type.known()) return reading;
  }
  return unknown_type(fmt::format("the type {} is not known", class_.name));
}

/// The type as SQL names it.
TypeReading named_type(const python::Call& call) {
  const auto* name = !call.args.empty() ? call.args[0].as<python::Text>() : nullptr;
  const auto operation = name != nullptr ? operation_around("CREATE TABLE t (c ", *name, ")", {}) : std::nullopt;
  const auto* table = operation ? std::get_if<ir::op::CreateTable>(&*operation) : nullptr;
  if (table == nullptr || table->columns.size() != 1) return unknown_type("the type's own name for itself is not known");
  return {.type = table->columns[0].type.value, .collation = {}, .enum_type = {}, .problem = {}};
}

}  // namespace

TypeReading read_type(const Value& value) {
  static const python::Call no_arguments;
  if (const auto* path = value.as<python::Path>()) {
    const Entry* entry = entry_of(path->name);
    return entry != nullptr ? shaped(*entry, no_arguments, value.span) : unknown_type(fmt::format("the type {} is not known", path->name));
  }
  if (const auto* class_ = value.as<python::Class>()) return of_class(*class_, no_arguments, value.span);
  const auto* call = value.as<python::Call>();
  if (call == nullptr) return unknown_type(said_of("the type", value));
  if (call->path() == kNamedType) return named_type(*call);
  if (!call->path().empty()) {
    const Entry* entry = entry_of(call->path());
    return entry != nullptr ? shaped(*entry, *call, value.span) : unknown_type(fmt::format("the type {} is not known", call->path()));
  }
  if (call->method() == "with_variant" && !call->args.empty()) return variant(*call);
  if (call->method() == "copy" || call->method() == "evaluates_none") return read_type(*call->receiver());
  if (const auto* class_ = call->callee->as<python::Class>()) return of_class(*class_, *call, value.span);
  return unknown_type(said_of("the type", value));
}

bool is_type(const Value& value) {
  constexpr std::string_view kItems[] = {"ForeignKey", "CheckConstraint", "Identity", "Computed", "Sequence", "FetchedValue", "DefaultClause",
                                         "ColumnDefault", "Constraint", "UniqueConstraint", "PrimaryKeyConstraint"};
  if (value.as<python::Path>() == nullptr && value.as<python::Call>() == nullptr && value.as<python::Class>() == nullptr) return false;
  const std::string_view name = construct(value);
  return std::find(std::begin(kItems), std::end(kItems), name) == std::end(kItems);
}

}  // namespace whimbrel::alembic
