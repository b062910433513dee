// Functions, triggers, policies, rules, DO.
#include "decode.h"
#include "plpgsql.h"
#include "read_expr.h"
#include "read_names.h"
#include "read_query.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

std::string lower(std::string value) {
  for (char& c : value) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return value;
}

/// The first string token at or behind an index: an AS or a DO body.
std::optional<TokenIndex> string_token(const Reader& reader, TokenIndex from) {
  for (TokenIndex i = from; i < reader.count(); ++i) {
    if (reader.token(i).kind == TokenKind::dollar || reader.token(i).kind == TokenKind::string) return i;
  }
  return std::nullopt;
}

void take_parameters(const Reader& reader, const List* parameters, op::CreateFunction& op) {
  bool returns_table = false;
  for (const FunctionParameter* parameter : Items<FunctionParameter>(parameters)) {
    switch (parameter->mode) {
      case FUNC_PARAM_IN:
      case FUNC_PARAM_INOUT:
      case FUNC_PARAM_VARIADIC:
      case FUNC_PARAM_DEFAULT: op.arguments.push_back(read_type(reader, parameter->argType)); break;
      case FUNC_PARAM_TABLE: returns_table = true; break;
      case FUNC_PARAM_OUT: break;
    }
  }
  if (returns_table) {
    op.returns_set = true;
    if (!op.returns.known()) op.returns.name = "record";
  }
}

void take_option(const Reader& reader, const DefElem* option, op::CreateFunction& op) {
  const std::string_view name = option->defname;
  if (name == "language") {
    op.language = lower(read_value(reader, option->arg));
  } else if (name == "volatility") {
    const std::string value = read_value(reader, option->arg);
    op.volatility = value == "immutable" ? op::Volatility::immutable : value == "stable" ? op::Volatility::stable : op::Volatility::volatile_;
  } else if (name == "strict") {
    op.strict = option_is_true(option);
  } else if (name == "security") {
    op.security_definer = option_is_true(option);
  } else if (name == "as") {
    const Items<::String> parts(as<List>(option->arg));
    const std::optional<TokenIndex> token = string_token(reader, reader.at(option->location));
    if (parts.size() > 0) op.body = {reader.str(parts[0]->sval), token ? reader.token_span(*token) : Span{}};
  } else if (name == "set" && tag_of(option->arg) == T_VariableSetStmt) {
    const auto* set = as<VariableSetStmt>(option->arg);
    std::string value;
    for (const ::Node* item : Items<>(set->args)) value += (value.empty() ? "" : ", ") + read_value(reader, item);
    op.settings.push_back({{}, set->name == nullptr ? "" : set->name, std::move(value)});
  }
}

/// What the statements of a LANGUAGE sql body given as a string read and write: the server analyses it (check_function_bodies).
void read_string_body(const Reader& reader, op::CreateFunction& op) {
  std::optional<TokenIndex> token = string_token(reader, 1);
  while (token && reader.token_span(*token) != op.body.span) token = string_token(reader, *token + 1);
  if (!token) return;
  const DecodedText text = decode_string(reader.host(), reader.token(*token));
  Options options;
  options.psql = false;
  const Parsed body = parse(text.host, options);
  const auto take = [&op](const ir::Query& query) {
    op.query.reads.insert(op.query.reads.end(), query.reads.begin(), query.reads.end());
    op.query.writes.insert(op.query.writes.end(), query.writes.begin(), query.writes.end());
  };
  const auto take_writing = [&](const ir::RelationName& table, const ir::Query& query) {
    op.query.writes.push_back(table);
    take(query);
  };
  for (const ir::Statement& statement : body.statements) {
    for (const ir::Step& step : statement.steps) {
      if (const auto* select = std::get_if<op::Select>(&step.operation)) take(select->query);
      if (const auto* insert = std::get_if<op::Insert>(&step.operation)) take_writing(insert->table, insert->query);
      if (const auto* update = std::get_if<op::Update>(&step.operation)) take_writing(update->table, update->query);
      if (const auto* erase = std::get_if<op::Delete>(&step.operation)) take_writing(erase->table, erase->query);
      if (const auto* merge = std::get_if<op::Merge>(&step.operation)) take_writing(merge->table, merge->query);
    }
  }
}

std::string trigger_timing(int timing) {
  // catalog/pg_trigger.h: TRIGGER_TYPE_BEFORE 2, TRIGGER_TYPE_INSTEAD 64.
  if ((timing & 2) != 0) return "before";
  return (timing & 64) != 0 ? "instead of" : "after";
}

std::string trigger_events(int events) {
  std::string list;
  constexpr std::array<std::pair<int, std::string_view>, 4> kEvents = {{{4, "insert"}, {8, "delete"}, {16, "update"}, {32, "truncate"}}};
  for (const auto& [bit, word] : kEvents) {
    if ((events & bit) == 0) continue;
    if (!list.empty()) list += " or ";
    list += word;
  }
  return list;
}

}  // namespace

void read_create_function(Reader& reader, const CreateFunctionStmt* stmt, ir::Statement& out) {
  out.kind = stmt->is_procedure ? "CreateProcedure" : "CreateFunction";
  op::CreateFunction op;
  const TokenIndex word = reader.find(0, reader.count(), stmt->is_procedure ? "procedure" : "function") + 1;
  op.function = {read_qualified(reader, stmt->funcname), reader.span(word, reader.name_end(word))};
  op.procedure = stmt->is_procedure;
  op.or_replace = stmt->replace;
  if (stmt->returnType != nullptr) {
    op.returns = read_type(reader, stmt->returnType);
    op.returns_set = stmt->returnType->setof;
  }
  take_parameters(reader, stmt->parameters, op);
  for (const DefElem* option : Items<DefElem>(stmt->options)) take_option(reader, option, op);
  if (op.language.empty() && stmt->sql_body != nullptr) op.language = "sql";
  op.standard_body = stmt->sql_body != nullptr;
  if (op.standard_body) op.query = read_query(reader, stmt->sql_body, reader.whole());
  if (op.language == "sql" && !op.standard_body) read_string_body(reader, op);
  add_step(out, std::move(op), reader.whole());
}

void read_create_trigger(Reader& reader, const CreateTrigStmt* stmt, ir::Statement& out) {
  out.kind = "CreateTrigger";
  op::CreateTrigger op;
  op.table = read_relation(reader, stmt->relation);
  op.trigger = reader.name(stmt->trigname, reader.find(0, reader.count(), "trigger") + 1);
  TokenIndex function = reader.find(0, reader.count(), "execute") + 2;
  op.function = {read_qualified(reader, stmt->funcname), reader.span(function, reader.name_end(function))};
  op.or_replace = stmt->replace;
  op.constraint = stmt->isconstraint;
  op.row = stmt->row;
  op.timing = trigger_timing(stmt->timing);
  op.events = trigger_events(stmt->events);
  op.constraint_from = read_relation(reader, stmt->constrrel);
  for (const ::String* column : Items<::String>(stmt->columns)) op.update_of.push_back({reader.str(column->sval), {}});
  op.initially_deferred = stmt->initdeferred;
  op.execute_function = reader.is(function - 1, "function");
  add_step(out, std::move(op), reader.whole());
}

void read_create_policy(Reader& reader, const CreatePolicyStmt* stmt, ir::Statement& out) {
  out.kind = "CreatePolicy";
  op::CreatePolicy op;
  op.table = read_relation(reader, stmt->table);
  op.policy = reader.name(stmt->policy_name, 2);
  op.command = stmt->cmd_name == nullptr ? "" : stmt->cmd_name;
  op.permissive = stmt->permissive;
  op.using_expr = read_expr(reader, stmt->qual);
  op.check_expr = read_expr(reader, stmt->with_check);
  op.query = read_query(reader, stmt->qual, reader.whole());
  for (ir::RelationName& read : read_query(reader, stmt->with_check, reader.whole()).reads) op.query.reads.push_back(std::move(read));
  add_step(out, std::move(op), reader.whole());
}

void read_alter_policy(Reader& reader, const AlterPolicyStmt* stmt, ir::Statement& out) {
  out.kind = "AlterPolicy";
  add_step(out, op::AlterPolicy{read_relation(reader, stmt->table), reader.name(stmt->policy_name, 2)}, reader.whole());
}

void read_create_rule(Reader& reader, const RuleStmt* stmt, ir::Statement& out) {
  out.kind = "CreateRule";
  const TokenIndex name = reader.find(0, reader.count(), "rule") + 1;
  op::CreateRule op{read_relation(reader, stmt->relation), reader.name(stmt->rulename, name), stmt->replace};
  op.query = read_query(reader, stmt->whereClause, reader.whole());
  // OLD and NEW are no relations; the target of an action is written.
  for (const ::Node* action : Items<>(stmt->actions)) {
    const RangeVar* target = tag_of(action) == T_InsertStmt   ? as<InsertStmt>(action)->relation
                             : tag_of(action) == T_UpdateStmt ? as<UpdateStmt>(action)->relation
                             : tag_of(action) == T_DeleteStmt ? as<DeleteStmt>(action)->relation
                                                              : nullptr;
    if (target != nullptr) op.query.writes.push_back(read_relation(reader, target));
    ir::Query query = read_query(reader, action, reader.whole());
    for (ir::RelationName& read : query.reads) op.query.reads.push_back(std::move(read));
    for (ir::RelationName& write : query.writes) op.query.writes.push_back(std::move(write));
  }
  add_step(out, std::move(op), reader.whole());
}

void read_do(Reader& reader, const DoStmt* stmt, ir::Statement& out) {
  out.kind = "Do";
  op::Do op;
  op.language = "plpgsql";
  const ::Node* body = nullptr;
  for (const DefElem* option : Items<DefElem>(stmt->args)) {
    if (std::string_view(option->defname) == "language") op.language = lower(read_value(reader, option->arg));
    if (std::string_view(option->defname) == "as") body = option->arg;
  }
  // LANGUAGE 'plpgsql' may be a string too: the body is the one that is not behind the word.
  std::optional<TokenIndex> token = string_token(reader, 1);
  if (token && reader.is(*token - 1, "language")) token = string_token(reader, *token + 1);
  if (body == nullptr || !token) return add_step(out, std::move(op), reader.whole());
  const DecodedText text = decode_string(reader.host(), reader.token(*token));
  op.body = {std::string(text.host.text()), text.host.span(0, static_cast<std::uint32_t>(text.host.text().size()))};
  const bool plpgsql = op.language == "plpgsql";
  if (plpgsql) read_plpgsql(text.host, reader, out.body);
  if (!plpgsql) reader.unknown(reader.whole(), "a DO block in " + op.language + " is not read");
  add_step(out, std::move(op), reader.whole());
}

}  // namespace whimbrel::sql
