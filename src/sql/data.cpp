// SELECT, INSERT, UPDATE, DELETE, MERGE, COPY, CALL, EXPLAIN.
#include "read_expr.h"
#include "read_names.h"
#include "read_query.h"
#include "statements.h"

#include "whimbrel/ir/server_limits.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

std::vector<ir::Name> target_columns(const Reader& reader, const List* targets) {
  std::vector<ir::Name> columns;
  for (const ResTarget* target : Items<ResTarget>(targets)) {
    if (target->name != nullptr) columns.push_back(reader.name(target->name, reader.at(target->location)));
  }
  return columns;
}

const ::Node* node(const void* stmt) { return static_cast<const ::Node*>(stmt); }

/// A constant's text; nothing for what has to be computed or comes from outside.
std::optional<std::string> constant(const Reader& reader, const ::Node* value) {
  if (tag_of(value) == T_TypeCast) return constant(reader, as<TypeCast>(value)->arg);
  if (tag_of(value) != T_A_Const) return std::nullopt;
  std::string read = read_value(reader, value);
  for (const auto& [masked, source] : reader.masked_names) {
    if (source == read) return std::nullopt;
  }
  return read;
}

/// set_config(name, value, is_local) with constants; false for any other expression.
bool read_set_config(Reader& reader, const ResTarget* target, ir::Statement& out) {
  if (tag_of(target->val) != T_FuncCall) return false;
  const auto* call = as<FuncCall>(target->val);
  const ir::QualifiedName name = read_qualified(reader, call->funcname);
  const Items<> args(call->args);
  if (name.name != "set_config" || (!name.schema.empty() && name.schema != "pg_catalog") || args.size() != 3) return false;
  const std::optional<std::string> parameter = constant(reader, args[0]);
  const std::optional<std::string> local = constant(reader, args[2]);
  if (!parameter || !local) return false;
  const ir::ExprPtr place = read_expr(reader, args[0]);
  op::SetParameter op;
  op.name = {*parameter, place->span};
  op.local = is_keyword(*local, "true") || *local == "t" || *local == "1" || is_keyword(*local, "on") || is_keyword(*local, "yes");
  const std::optional<std::string> value = constant(reader, args[1]);
  op.known = value.has_value();
  op.value = value.value_or("");
  if (op.known && op.value.empty()) op.value = "\"\"";  // an empty list, as SHOW search_path shows it; not DEFAULT
  add_step(out, std::move(op), reader.span(reader.at(target->location), reader.list_end(reader.at(target->location))));
  return true;
}

/// A label of an enum is no longer (NAMEDATALEN - 1).
/// Enough for every statement that is written by hand; a load of data has more, and no labels of its own making.
constexpr std::size_t kMostValues = 64;

/// Takes a value that a column gets. False: there is no room for more.
bool take_value(const Reader& reader, int column, const ::Node* value, ir::op::ColumnValues& values) {
  while (tag_of(value) == T_TypeCast) value = as<TypeCast>(value)->arg;
  if (tag_of(value) != T_A_Const || as<A_Const>(value)->isnull || tag_of(&as<A_Const>(value)->val.node) != T_String) return true;
  const std::string_view text = as<A_Const>(value)->val.sval.sval;
  if (text.size() > ir::kLongestIdentifier) return true;
  const auto place = static_cast<std::uint32_t>(column);
  for (const ir::op::ColumnValue& known : values.list) {
    if (known.column == place && known.value == text) return true;
  }
  if (values.list.size() == kMostValues) {
    values.cut = true;
    return false;
  }
  values.list.push_back({place, reader.str(as<A_Const>(value)->val.sval.sval)});
  return true;
}

/// VALUES rows, or the plain SELECT that an INSERT takes its rows from.
void take_values(const Reader& reader, const SelectStmt* select, ir::op::ColumnValues& values) {
  if (select == nullptr || select->op != SETOP_NONE) return;
  int column = 0;
  for (const ResTarget* target : Items<ResTarget>(select->targetList)) {
    if (!take_value(reader, column++, target->val, values)) return;
  }
  for (const ::Node* row : Items<>(select->valuesLists)) {
    column = 0;
    for (const ::Node* value : Items<>(as<List>(row))) {
      if (!take_value(reader, column++, value, values)) return;
    }
  }
}

}  // namespace

void read_select(Reader& reader, const SelectStmt* stmt, ir::Statement& out) {
  const SelectStmt* first = stmt;
  while (first->op != SETOP_NONE && first->larg != nullptr) first = first->larg;
  if (first->intoClause != nullptr) return read_select_into(reader, stmt, first->intoClause, out);
  out.kind = "Select";
  bool only_settings = stmt->op == SETOP_NONE && stmt->fromClause == nullptr && stmt->targetList != nullptr;
  for (const ResTarget* target : Items<ResTarget>(stmt->op == SETOP_NONE ? stmt->targetList : nullptr)) {
    only_settings = read_set_config(reader, target, out) && only_settings;
  }
  if (!only_settings) add_step(out, op::Select{read_query(reader, node(stmt), reader.whole())}, reader.whole());
}

void read_insert(Reader& reader, const InsertStmt* stmt, ir::Statement& out) {
  out.kind = "Insert";
  op::Insert op;
  op.table = read_relation(reader, stmt->relation);
  op.columns = target_columns(reader, stmt->cols);
  op.on_conflict = stmt->onConflictClause != nullptr;
  const auto* select = as<SelectStmt>(stmt->selectStmt);
  if (select == nullptr) {
    op.rows = 1;
  } else if (select->valuesLists != nullptr && select->op == SETOP_NONE) {
    op.rows = static_cast<std::uint32_t>(Items<>(select->valuesLists).size());
  } else {
    op.from_query = true;
  }
  take_values(reader, select, op.values);
  op.query = read_query(reader, node(stmt), reader.whole());
  add_step(out, std::move(op), reader.whole());
}

void read_update(Reader& reader, const UpdateStmt* stmt, ir::Statement& out) {
  out.kind = "Update";
  op::Update op;
  op.table = read_relation(reader, stmt->relation);
  op.columns = target_columns(reader, stmt->targetList);
  op.has_where = stmt->whereClause != nullptr;
  op.where = read_expr(reader, stmt->whereClause);
  op.only = !stmt->relation->inh;
  int column = 0;
  for (const ResTarget* target : Items<ResTarget>(stmt->targetList)) {
    if (!take_value(reader, column++, target->val, op.values)) break;
  }
  op.query = read_query(reader, node(stmt), reader.whole());
  op.query.has_where = op.has_where;
  add_step(out, std::move(op), reader.whole());
}

void read_delete(Reader& reader, const DeleteStmt* stmt, ir::Statement& out) {
  out.kind = "Delete";
  op::Delete op;
  op.table = read_relation(reader, stmt->relation);
  op.has_where = stmt->whereClause != nullptr;
  op.where = read_expr(reader, stmt->whereClause);
  op.only = !stmt->relation->inh;
  op.query = read_query(reader, node(stmt), reader.whole());
  op.query.has_where = op.has_where;
  add_step(out, std::move(op), reader.whole());
}

void read_merge(Reader& reader, const MergeStmt* stmt, ir::Statement& out) {
  out.kind = "Merge";
  add_step(out, op::Merge{read_relation(reader, stmt->relation), read_query(reader, node(stmt), reader.whole())}, reader.whole());
}

void read_copy(Reader& reader, const CopyStmt* stmt, ir::Statement& out) {
  out.kind = "Copy";
  op::Copy op;
  op.table = read_relation(reader, stmt->relation);
  op.from = stmt->is_from;
  op.program = stmt->is_program;
  if (stmt->query != nullptr) op.query = read_query(reader, stmt->query, reader.whole());
  add_step(out, std::move(op), reader.whole());
}

void read_call(Reader& reader, const CallStmt* stmt, ir::Statement& out) {
  out.kind = "Call";
  op::Call op;
  op.procedure = {read_qualified(reader, stmt->funccall->funcname), reader.span(1, reader.name_end(1))};
  op.query = read_query(reader, node(stmt->funccall->args), reader.whole());
  add_step(out, std::move(op), reader.whole());
}

void read_explain(Reader& reader, const ExplainStmt* stmt, ir::Statement& out) {
  out.kind = "Explain";
  op::Explain op;
  for (const DefElem* option : Items<DefElem>(stmt->options)) {
    if (std::string_view(option->defname) == "analyze" || std::string_view(option->defname) == "analyse") op.analyze = option_is_true(option);
  }
  add_step(out, op, reader.whole());
  if (!op.analyze) return;
  Cursor cursor(reader, 1);
  if (reader.is_symbol(1, '(')) cursor.go(reader.match(1) + 1);
  while (cursor.accept("analyze") || cursor.accept("analyse") || cursor.accept("verbose")) {
  }
  Reader inner = reader.part(std::min(cursor.index(), reader.count()), reader.count());
  ir::Statement& body = append_statement(out.body);
  body.span = inner.whole();
  read_statement(inner, stmt->query, body);
}

}  // namespace whimbrel::sql
