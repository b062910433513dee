// SQLAlchemy Core: insert, update, delete and select constructs as DML, with table, columns and whether a WHERE restricts them.
#include <fmt/format.h>

#include <algorithm>

#include "directives.h"
#include "expressions.h"

namespace whimbrel::alembic {

namespace {

/// A construct with all that its methods said: update(t).where(…).values(…).
struct Construct {
  std::string_view verb;              ///< "insert", "update", "delete", "select"
  const Value* table = nullptr;
  std::vector<const Value*> where;
  std::vector<ir::Name> columns;
  std::uint32_t rows = 1;
  bool from_query = false;
  bool on_conflict = false;
};

bool is_verb(std::string_view name) { return name == "insert" || name == "update" || name == "delete" || name == "select"; }

void take_values(const python::Call& call, Construct& construct) {
  for (const python::Keyword& keyword : call.keywords) construct.columns.push_back({keyword.name, keyword.span});
  for (const Value& arg : call.args) {
    const Value* row = &arg;
    if (const auto* rows = arg.items()) {
      construct.rows = static_cast<std::uint32_t>(rows->size());
      if (rows->empty()) continue;
      row = &rows->front();
    }
    const auto* dictionary = row->as<python::Dictionary>();
    if (dictionary == nullptr) continue;
    for (const auto& [key, value] : dictionary->entries) {
      if (const std::string* name = key.string()) {
        construct.columns.push_back({*name, key.span});
      } else if (const auto* column = key.as<python::Attribute>()) {
        construct.columns.push_back({column->name, key.span});
      }
    }
  }
}

/// Goes down the chain of methods to the verb. False where the root is no construct.
bool read_chain(const Value& value, Construct& construct) {
  const auto* call = value.as<python::Call>();
  for (; call != nullptr; call = call->receiver() != nullptr ? call->receiver()->as<python::Call>() : nullptr) {
    const std::string_view method = call->method();
    if (method == "where" || method == "filter" || method == "filter_by") {
      for (const Value& arg : call->args) construct.where.push_back(&arg);
      if (call->args.empty() && !call->keywords.empty()) construct.where.push_back(call->receiver());
    } else if (method == "values") {
      take_values(*call, construct);
    } else if (method == "from_select") {
      construct.from_query = true;
      std::string problem;
      if (!call->args.empty()) construct.columns = names_of(call->args[0], "columns", problem);
    } else if (method.starts_with("on_conflict")) {
      construct.on_conflict = true;
    } else if (is_verb(method) && (method != "select" || call->args.empty())) {
      construct.verb = method;
      construct.table = call->receiver();
      // t.update(whereclause, values=…) of SQLAlchemy 1.x
      if (method != "insert" && !call->args.empty()) construct.where.push_back(&call->args[0]);
      if (const python::Keyword* where = call->keyword("whereclause")) construct.where.push_back(where->value.get());
      if (const python::Keyword* values = call->keyword("values")) take_values({.callee = {}, .args = {*values->value}, .keywords = {}}, construct);
      return true;
    } else if (method.empty()) {
      const std::string_view name = ::whimbrel::alembic::construct(*call);
      if (!is_verb(name)) return false;
      construct.verb = name;
      construct.table = !call->args.empty() ? &call->args[0] : nullptr;
      if (name != "select" && name != "insert" && call->args.size() > 1) construct.where.push_back(&call->args[1]);
      return true;
    }
  }
  return false;
}

/// The conditions joined by AND; null where one of them cannot be told.
ir::ExprPtr read_where(Recorder& recorder, const Construct& construct) {
  python::Text joined;
  for (const Value* condition : construct.where) {
    const auto text = sql_text_or_raw(*condition);
    if (!text) return nullptr;
    if (!joined.value.empty()) joined.append(python::Text::made(" AND ", condition->span));
    joined.append(*text);
  }
  return construct.where.empty() ? nullptr : expression(joined, recorder.file());
}

ir::Query query_of(const Construct& construct, Span span) {
  ir::Query query;
  query.span = span;
  query.has_where = !construct.where.empty();
  return query;
}

ir::RelationName named(const std::string& name, const std::string* schema, Span span) {
  return {{schema != nullptr ? *schema : "", name}, span};
}

/// sa.schema.CreateSequence(Sequence("s")), CreateSchema("s"), DropSequence …; false for others.
bool execute_ddl(Recorder& recorder, const python::Call& call, Span span) {
  const std::string_view name = construct(call);
  if (call.args.empty()) return false;
  const auto* object = call.args[0].as<python::Call>();
  const std::string* text = object != nullptr && !object->args.empty() ? object->args[0].string() : call.args[0].string();
  if (text == nullptr) return false;
  const auto flag = [&](std::string_view keyword) {
    const python::Keyword* found = call.keyword(keyword);
    return found != nullptr && python::truth(*found->value) == Tri::yes;
  };
  if (name == "CreateSchema") {
    recorder.emit("CreateSchema", span, ir::op::CreateSchema{.schema = {*text, call.args[0].span}, .if_not_exists = flag("if_not_exists")});
  } else if (name == "DropSchema") {
    recorder.emit("DropSchema", span, ir::op::DropSchema{.schema = {*text, call.args[0].span}, .if_exists = flag("if_exists"), .cascade = flag("cascade")});
  } else if (name == "CreateSequence") {
    recorder.emit("CreateSequence", span, ir::op::CreateSequence{.sequence = {{"", *text}, call.args[0].span}, .if_not_exists = flag("if_not_exists"), .options = {}});
  } else if (name == "DropSequence") {
    recorder.emit("DropSequence", span, ir::op::DropSequence{.sequence = {{"", *text}, call.args[0].span}, .if_exists = flag("if_exists")});
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::optional<ir::RelationName> table_of(const Value& value) {
  if (const std::string* name = value.string()) return named(*name, nullptr, value.span);
  if (const auto* class_ = value.as<python::Class>()) {
    const Value* name = class_->member("__tablename__");
    return name != nullptr && name->string() != nullptr ? std::optional(named(*name->string(), nullptr, value.span)) : std::nullopt;
  }
  if (const auto* attribute = value.as<python::Attribute>(); attribute != nullptr && attribute->name == "__table__") return table_of(*attribute->base);
  const auto* call = value.as<python::Call>();
  if (call == nullptr) return std::nullopt;
  if (call->method() == "alias") return table_of(*call->receiver());
  const std::string path = full_path(call->path());
  const std::string_view name = last_part(path);
  const bool is_table = name == "table" || name == "Table" || name == "TableClause" || path == "alembic.op.create_table";
  if (!is_table || call->args.empty() || call->args[0].string() == nullptr) return std::nullopt;
  const python::Keyword* schema = call->keyword("schema");
  return named(*call->args[0].string(), schema != nullptr ? schema->value->string() : nullptr, call->args[0].span);
}

bool execute_construct(Recorder& recorder, const Value& statement, Span call) {
  if (const auto* ddl = statement.as<python::Call>(); ddl != nullptr && execute_ddl(recorder, *ddl, call)) return true;
  Construct construct;
  if (!read_chain(statement, construct)) return false;
  if (construct.verb == "select") {
    ir::op::Select select;
    select.query = query_of(construct, statement.span);
    if (const auto table = construct.table != nullptr ? table_of(*construct.table) : std::nullopt) select.query.reads.push_back(*table);
    recorder.emit("Select", call, std::move(select));
    return true;
  }
  const auto table = construct.table != nullptr ? table_of(*construct.table) : std::nullopt;
  if (!table) {
    recorder.opaque(call, fmt::format("{} of a table that is {}", construct.verb, construct.table != nullptr ? python::describe(*construct.table) : "missing"));
    return true;
  }
  const bool has_where = !construct.where.empty();
  if (construct.verb == "insert") {
    recorder.emit("Insert", call, ir::op::Insert{.table = *table, .columns = construct.columns, .from_query = construct.from_query,
                                                  .rows = construct.from_query ? 0 : construct.rows, .on_conflict = construct.on_conflict, .query = {}});
  } else if (construct.verb == "update") {
    recorder.emit("Update", call, ir::op::Update{.table = *table, .columns = construct.columns, .has_where = has_where, .where = read_where(recorder, construct), .query = query_of(construct, statement.span)});
  } else {
    recorder.emit("Delete", call, ir::op::Delete{.table = *table, .has_where = has_where, .where = read_where(recorder, construct), .query = query_of(construct, statement.span)});
  }
  return true;
}

}  // namespace whimbrel::alembic
