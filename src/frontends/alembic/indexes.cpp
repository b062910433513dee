// create_index, drop_index and the indexes that columns and tables bring.
#include <fmt/format.h>

#include "directives.h"
#include "expressions.h"

namespace whimbrel::alembic {

namespace {

/// SQLAlchemy's own name for an index without one: ix_%(column_0_label)s.
std::string default_name(const ir::RelationName& table, std::string_view column) {
  const std::string& schema = table.value.schema;
  return schema.empty() ? fmt::format("ix_{}_{}", table.value.name, column) : fmt::format("ix_{}_{}_{}", schema, table.value.name, column);
}

std::optional<ir::IndexElement> read_element(Recorder& recorder, Arguments& arguments, const Value& value) {
  ir::IndexElement element;
  if (const std::string* column = value.string()) {
    element.column = *column;
  } else {
    const auto text = sql_text(value);
    const auto elements = text ? index_elements({*text}, recorder.file()) : std::nullopt;
    if (!elements || elements->size() != 1) {
      // text("a, b") is more than one element
      arguments.fail(said_of("one of the index's columns", value));
      return std::nullopt;
    }
    element = elements->front();
  }
  if (element.span.empty() || value.string() != nullptr) element.span = value.span;
  if (const Value* classes = arguments.get("postgresql_ops"); classes != nullptr && !element.column.empty()) {
    const Value* opclass = classes->entry(element.column);
    if (opclass != nullptr && opclass->string() != nullptr) element.opclass = *opclass->string();
  }
  return element;
}

void read_elements(Recorder& recorder, Arguments& arguments, std::span<const Value> values, ir::op::CreateIndex& index) {
  for (const Value& value : values) {
    if (auto element = read_element(recorder, arguments, value)) index.elements.push_back(std::move(*element));
  }
}

void read_index_options(Recorder& recorder, Arguments& arguments, ir::op::CreateIndex& index) {
  index.unique = arguments.is_true("unique");
  index.concurrently = arguments.is_true("postgresql_concurrently");
  index.nulls_not_distinct = arguments.is_true("postgresql_nulls_not_distinct");
  if (const ir::Name method = arguments.name("postgresql_using"); !method.value.empty()) index.method = method.value;
  index.including = arguments.names("postgresql_include");
  index.options = read_options(arguments, "postgresql_with");
  index.tablespace = arguments.name("postgresql_tablespace").value;
  if (const Value* where = arguments.get("postgresql_where"); where != nullptr && !where->is_none()) {
    index.predicate = expression(sql_text_or_raw(*where), recorder.file());
    if (!index.predicate) {
      recorder.note(where->span, said_of("the index's WHERE", *where));
      auto opaque = std::make_shared<ir::Expr>();
      opaque->kind = ir::ExprKind::opaque;
      opaque->span = where->span;
      opaque->text = "a predicate that cannot be told";
      index.predicate = std::move(opaque);
    }
  }
}

void name_index(ir::op::CreateIndex& index, Span span) {
  if (!index.name.value.empty() || index.elements.empty() || index.elements[0].column.empty()) return;
  index.name = {default_name(index.table, index.elements[0].column), span};
}

}  // namespace

void create_index(Directive& directive) {
  Arguments& arguments = directive.arguments;
  ir::op::CreateIndex index;
  index.table = directive.relation("table_name");
  index.name = arguments.name("index_name");
  const Value* columns = arguments.get("columns");
  const auto* items = columns != nullptr ? columns->items() : nullptr;
  if (columns == nullptr || (items == nullptr && columns->string() == nullptr)) {
    return arguments.fail(columns == nullptr ? "the columns are missing" : said_of("the list of columns", *columns));
  }
  read_elements(directive.recorder, arguments, items != nullptr ? std::span<const Value>(*items) : std::span<const Value>(columns, 1), index);
  read_index_options(directive.recorder, arguments, index);
  index.if_not_exists = arguments.is_true("if_not_exists");
  if (!arguments.problem().empty()) return;
  name_index(index, directive.span());
  directive.recorder.emit("CreateIndex", directive.span(), std::move(index));
}

void drop_index(Directive& directive) {
  const ir::Name name = directive.arguments.required("index_name");
  ir::op::DropIndex drop;
  drop.index = {{"", name.value}, name.span};
  drop.index.value.schema = directive.batch_table ? directive.batch_table->value.schema : directive.arguments.name("schema").value;
  drop.concurrently = directive.arguments.is_true("postgresql_concurrently");
  drop.if_exists = directive.arguments.is_true("if_exists");
  if (directive.arguments.problem().empty()) directive.recorder.emit("DropIndex", directive.span(), std::move(drop));
}

void create_index_of(Recorder& recorder, const python::Call& call, Span span, const ir::RelationName& table) {
  constexpr std::string_view kParameters[] = {"name"};
  Arguments arguments(call, span, kParameters);
  ir::op::CreateIndex index;
  index.table = table;
  index.name = arguments.name("name");
  read_elements(recorder, arguments, arguments.rest(), index);
  read_index_options(recorder, arguments, index);
  if (!arguments.problem().empty()) return recorder.opaque(span, fmt::format("an index: {}", arguments.problem()), {table});
  name_index(index, span);
  recorder.emit("CreateIndex", span, std::move(index));
}

void create_column_index(Recorder& recorder, const ir::RelationName& table, const ir::Name& column, bool unique, Span span) {
  ir::op::CreateIndex index;
  index.table = table;
  index.name = {default_name(table, column.value), span};
  index.unique = unique;
  ir::IndexElement element;
  element.span = span;
  element.column = column.value;
  index.elements.push_back(std::move(element));
  recorder.emit("CreateIndex", span, std::move(index));
}

}  // namespace whimbrel::alembic
