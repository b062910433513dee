// Reading columns.
#include "columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "expressions.h"

namespace whimbrel::alembic {

namespace {

void take_type(Recorder& recorder, const Value& value, Column& column) {
  TypeReading reading = read_type(recorder.settled_type(value));
  column.def.type = {reading.type, value.span};
  column.def.collation = reading.collation;
  column.enum_type = std::move(reading.enum_type);
  const std::string& name = reading.type.name;
  column.integer = reading.type.dimensions == 0 && (name == "integer" || name == "bigint" || name == "smallint");
  if (!reading.problem.empty()) recorder.note(value.span, reading.problem);
}

void take_foreign_key(Recorder& recorder, const python::Call& call, Span span, Column& column) {
  constexpr std::string_view kParameters[] = {"column"};
  Arguments arguments(call, span, kParameters);
  ir::Constraint key = make_constraint(ir::ConstraintKind::foreign_key, span, {column.def.name});
  const ir::Name target = arguments.required("column");
  std::string referenced;
  if (arguments.problem().empty() && !split_target(target.value, key.references.value, referenced)) arguments.fail("the foreign key has no target");
  key.references.span = target.span;
  key.referenced_columns.push_back({referenced.empty() ? column.def.name.value : referenced, target.span});
  read_constraint_options(arguments, key);
  if (arguments.is_true("use_alter")) return;  // SQLAlchemy leaves it out of the table, and Alembic adds nothing
  if (!arguments.problem().empty()) return recorder.leave_out(span, fmt::format("a foreign key: {}", arguments.problem()));
  column.foreign_keys.push_back(std::move(key));
}

void take_check(Recorder& recorder, const Value& value, Column& column) {
  if (auto check = read_constraint(recorder, value)) {
    check->columns = {column.def.name};
    column.def.constraints.push_back(std::move(*check));
  }
}

void take_identity(const python::Call& call, Span span, Column& column) {
  constexpr std::string_view kParameters[] = {"always"};
  Arguments arguments(call, span, kParameters);
  column.def.identity = arguments.is_true("always") ? ir::Identity::always : ir::Identity::by_default;
  column.def.generation_span = span;
  column.has_default = true;
}

void take_computed(Recorder& recorder, const python::Call& call, Span span, Column& column) {
  constexpr std::string_view kParameters[] = {"sqltext", "persisted"};
  Arguments arguments(call, span, kParameters);
  const Value* text = arguments.get("sqltext");
  column.def.generated = arguments.is_true("persisted") ? ir::Generated::stored : ir::Generated::virtual_;
  column.def.generation = text != nullptr ? expression(sql_text_or_raw(*text), recorder.file()) : nullptr;
  column.def.generation_span = span;
  if (!column.def.generation) recorder.note(span, "the expression of a computed column is not known");
  column.has_default = true;
}

/// Whatever stands between the name and the keywords.
void take_item(Recorder& recorder, const Value& value, Column& column) {
  const auto* call = value.as<python::Call>();
  const std::string_view name = construct(value);
  if (name == "Sequence") {
    column.has_default = true;
  } else if (call == nullptr) {
    if (is_type(value) && !column.def.type.value.known() && column.def.type.span.empty()) take_type(recorder, value, column);
  } else if (name == "ForeignKey") {
    take_foreign_key(recorder, *call, value.span, column);
  } else if (name == "CheckConstraint") {
    take_check(recorder, value, column);
  } else if (name == "Identity") {
    take_identity(*call, value.span, column);
  } else if (name == "Computed") {
    take_computed(recorder, *call, value.span, column);
  } else if (name == "FetchedValue" || name == "DefaultClause" || name == "ColumnDefault") {
    column.has_default = true;
  } else if (column.def.type.span.empty()) {
    take_type(recorder, value, column);
  } else {
    recorder.note(value.span, fmt::format("{} in a column is not known", python::describe(value)));
  }
}

void take_default(Recorder& recorder, Arguments& arguments, Column& column) {
  const Value* value = arguments.get("server_default");
  if (value == nullptr || value->is_none()) return;
  const auto* call = value->as<python::Call>();
  const std::string_view name = construct(*value);
  column.has_default = true;
  if (call != nullptr && name == "Identity") return take_identity(*call, arguments.span("server_default"), column);
  if (call != nullptr && name == "Computed") return take_computed(recorder, *call, arguments.span("server_default"), column);
  if (name == "FetchedValue") return;
  column.def.default_value = read_default(recorder, *value);
  column.def.default_span = arguments.span("server_default");
}

/// The Column(…) call itself, out of column.copy() and the like.
const Value& unwrapped(const Value& value) {
  const auto* call = value.as<python::Call>();
  if (call != nullptr && (call->method() == "copy" || call->method() == "_copy")) return unwrapped(*call->receiver());
  return value;
}

}  // namespace

bool split_target(std::string_view target, ir::QualifiedName& table, std::string& column) {
  const std::size_t last = target.rfind('.');
  if (last == std::string_view::npos) {
    table.name = target;
    return !target.empty();
  }
  column = target.substr(last + 1);
  const std::string_view path = target.substr(0, last);
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos) table.schema = path.substr(0, dot);
  table.name = dot != std::string_view::npos ? path.substr(dot + 1) : path;
  return !table.name.empty() && !column.empty();
}

ir::ExprPtr read_default(Recorder& recorder, const Value& value) {
  if (const auto* text = value.as<python::Text>()) {
    auto constant = std::make_shared<ir::Expr>();
    constant->kind = ir::ExprKind::string;
    constant->span = value.span;
    constant->text = text->value;
    return constant;
  }
  if (auto known = expression(sql_text(value), recorder.file())) return known;
  recorder.note(value.span, said_of("the server default", value));
  auto opaque = std::make_shared<ir::Expr>();
  // A name from elsewhere is in all likelihood a string, which SQLAlchemy writes as a constant; only text() and the like are SQL.
  opaque->kind = value.path().empty() ? ir::ExprKind::opaque : ir::ExprKind::parameter;
  opaque->span = value.span;
  const std::string_view name = last_part(value.path());
  opaque->text = name.empty() ? "a server default that cannot be told" : ":" + std::string(name);
  return opaque;
}

std::optional<Column> read_column(Recorder& recorder, const Value& wrapped, std::string& problem) {
  const Value& value = unwrapped(wrapped);
  const auto* call = value.as<python::Call>();
  const std::string_view kind = call != nullptr ? last_part(call->path()) : std::string_view();
  if (call == nullptr || (kind != "Column" && kind != "mapped_column")) {
    problem = said_of("the column", value);
    return std::nullopt;
  }
  Column column;
  column.def.span = value.span;
  Arguments arguments(*call, value.span, {});
  std::size_t next = 0;
  if (next < call->args.size() && call->args[0].string() != nullptr) {
    column.def.name = {*call->args[0].string(), call->args[0].span};
    ++next;
  } else {
    column.def.name = arguments.name("name");
  }
  if (column.def.name.value.empty()) {
    problem = call->args.empty() ? "the column has no name" : said_of("the column's name", call->args[0]);
    return std::nullopt;
  }
  if (const Value* type = arguments.get("type_")) take_type(recorder, *type, column);
  for (; next < call->args.size(); ++next) take_item(recorder, call->args[next], column);
  if (column.def.type.span.empty()) recorder.note(value.span, "the column has no type of its own");

  column.primary_key = arguments.is_true("primary_key");
  if (const auto nullable = arguments.flag("nullable")) {
    column.nullable_given = true;
    column.nullable = *nullable;
    if (!*nullable) column.def.not_null = arguments.span("nullable");
  } else if (column.primary_key) {
    column.nullable = false;
    column.def.not_null = arguments.span("primary_key");
  }
  column.unique = arguments.is_true("unique");
  column.unique_span = arguments.span("unique");
  column.index = arguments.is_true("index");
  column.index_span = arguments.span("index");
  if (const ir::Name comment = arguments.name("comment"); !comment.value.empty()) column.comment = comment;
  if (const Value* automatic = arguments.get("autoincrement"); automatic != nullptr && automatic->boolean()) column.autoincrement = automatic->boolean();
  if (const Value* python_default = arguments.get("default"); python_default != nullptr && !python_default->is_none()) column.has_default = true;
  take_default(recorder, arguments, column);
  if (!arguments.problem().empty()) recorder.note(value.span, arguments.problem());
  return column;
}

void settle_column(Column& column, bool only_key, bool referencing) {
  if (column.def.identity != ir::Identity::none) {
    // An identity column is NOT NULL by itself; SQLAlchemy writes NULL where nullable=True was given.
    column.def.not_null.reset();
    column.def.explicit_null = column.nullable_given && column.nullable;
    return;
  }
  const bool automatic = column.autoincrement ? *column.autoincrement : only_key && !referencing;
  if (!column.primary_key || !column.integer || column.has_default || !automatic) return;
  const std::string& type = column.def.type.value.name;
  column.def.serial = type == "bigint" ? ir::Serial::big : type == "smallint" ? ir::Serial::small : ir::Serial::normal;
}

}  // namespace whimbrel::alembic
