// Which calls mean something to Alembic: directives, connections and sessions, DDL methods, and what lies outside the file.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "directives.h"
#include "recorder.h"
#include "shortened_name.h"

namespace whimbrel::alembic {

namespace {

bool is_one_of(std::string_view name, std::span<const std::string_view> names) { return std::find(names.begin(), names.end(), name) != names.end(); }

/// Methods of a connection or session that run a statement.
constexpr std::string_view kExecutes[] = {"execute", "scalar", "scalars", "exec_driver_sql", "exec", "stream", "stream_scalars"};
/// Methods that give the same connection again.
constexpr std::string_view kConnects[] = {"connect", "begin", "begin_nested", "execution_options", "connection", "get_bind", "bind", "engine"};
/// Methods of a session that write rows through mapped classes.
constexpr std::string_view kWrites[] = {"add", "add_all", "merge", "delete", "bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings"};
constexpr std::string_view kSessions[] = {"Session", "sessionmaker", "scoped_session", "Connection", "AsyncSession", "async_sessionmaker"};

bool is_handle(const Value& value) {
  const std::string path = full_path(value.path());
  return path == kBind || path == kContext || path == "alembic.op" || path == "alembic.context";
}

bool takes_handle(const python::Call& call) {
  return std::any_of(call.args.begin(), call.args.end(), is_handle) ||
         std::any_of(call.keywords.begin(), call.keywords.end(), [](const python::Keyword& keyword) { return is_handle(*keyword.value); });
}

/// Where a chain of methods begins: session.query(X) of session.query(X).filter(…).delete().
const python::Call* chain_root(const python::Call& call) {
  const python::Call* root = &call;
  while (const Value* receiver = root->receiver()) {
    const auto* inner = receiver->as<python::Call>();
    if (inner == nullptr) break;
    root = inner;
  }
  return root;
}

}  // namespace

std::optional<Value> Recorder::name(std::string_view path, Span span) {
  constexpr std::string_view kDialectNames[] = {":bind.dialect.name", ":bind.engine.name", ":bind.engine.dialect.name", ":context.dialect.name",
                                                ":context.impl.__dialect__", ":bind.engine.driver_name"};
  if (path == "op") return python::make_path("alembic.op", span);
  if (path == "sa") return python::make_path("sqlalchemy", span);
  if (is_one_of(path, kDialectNames)) return python::make_string("postgresql", span);
  if (path == ":context.bind" || path == ":context.connection" || path == ":bind.engine" || path == ":bind.connection") {
    return python::make_path(std::string(kBind), span);
  }
  if (path == ":context.as_sql") return python::make_bool(false, span);
  if (path == "__name__") return python::make_unknown("the module's name", span);
  return std::nullopt;
}

std::optional<Value> Recorder::call(const python::Call& call, Span span) {
  const std::string path = full_path(call.path());
  if (!path.empty()) return call_path(call, path, span);
  if (call.fields != nullptr) return instance_type(call, span);
  if (!call.method().empty()) return call_method(call, span);
  return std::nullopt;
}

namespace {

/// op.f("name"): no convention is applied to it any more, but it is shortened as if one had made it.
std::optional<Value> conventional(const python::Call& call) {
  if (call.args.empty()) return std::nullopt;
  const Value& given = call.args[0];
  const std::string* name = given.string();
  if (name == nullptr) return given;
  std::string shortened = shortened_name(*name);
  if (shortened == *name) return given;
  return python::make_text(python::Text::made(std::move(shortened), given.span), given.span);
}

}  // namespace

std::optional<Value> Recorder::call_path(const python::Call& call, std::string_view path, Span span) {
  constexpr std::string_view kOp = "alembic.op.";
  if (path.starts_with(kOp)) {
    const std::string_view name = path.substr(kOp.size());
    if (name == "f") return conventional(call);
    if (name == "inline_literal") return call.args.empty() ? std::nullopt : std::optional(call.args[0]);
    if (name == "get_bind") return python::make_path(std::string(kBind), span);
    if (name == "get_context") return python::make_path(std::string(kContext), span);
    if (name == "batch_alter_table") return std::nullopt;
    if (!recording()) return std::nullopt;
    if (const DirectiveInfo* info = find_directive(name)) {
      run_directive(*this, *info, call, span, nullptr);
    } else if (name == "invoke") {
      invoke(*this, call, span);
    } else if (name == "run_async" && !call.args.empty() && call.args[0].as<python::Function>() != nullptr) {
      std::vector<Value> args{python::make_path(std::string(kBind), span)};
      args.insert(args.end(), call.args.begin() + 1, call.args.end());
      return evaluator_->call(*call.args[0].as<python::Function>(), std::move(args), span);
    } else {
      opaque(span, fmt::format("op.{} is not known", name));
    }
    return std::nullopt;
  }
  if (path == "alembic.context.is_offline_mode") return python::make_bool(false, span);
  if (path == "alembic.context.get_context") return python::make_path(std::string(kContext), span);
  if (path == "alembic.context.get_bind") return python::make_path(std::string(kBind), span);
  if (path == kBind) return python::make_path(std::string(kBind), span);
  if (path.starts_with(":bind.")) {
    const std::string_view method = path.substr(6);
    if (is_question(last_part(method))) return ask_dialect(call, last_part(method), span);
    if (method == "dialect.type_descriptor" && !call.args.empty()) return call.args[0];
    if (is_one_of(method, kConnects)) return python::make_path(std::string(kBind), span);
    if (!recording()) return std::nullopt;
    if (is_one_of(method, kExecutes) && !call.args.empty()) {
      execute_value(*this, call.args[0], span);
    } else if (is_one_of(method, kWrites)) {
      opaque(span, fmt::format("rows are written through the ORM (.{}())", method));
    } else if (method == "run_sync" && !call.args.empty() && call.args[0].as<python::Function>() != nullptr) {
      return evaluator_->call(*call.args[0].as<python::Function>(), {python::make_path(std::string(kBind), span)}, span);
    }
    return std::nullopt;
  }
  if (path.starts_with(kInspector)) return ask_inspector(call, path, span);
  if (is_sqlalchemy(path)) {
    const std::string_view name = last_part(path);
    if (name == "from_engine" || ((name == "inspect" || name == "Inspector") && takes_handle(call))) return python::make_path(fmt::format("{}{}", kInspector, ++inspectors_), span);
    if (is_one_of(name, kSessions) && takes_handle(call)) return python::make_path(std::string(kBind), span);
    return std::nullopt;
  }
  call_outside(call, path, span);
  return std::nullopt;
}

void Recorder::call_outside(const python::Call& call, std::string_view path, Span span) {
  if (!recording() || path.starts_with(':')) return;
  const bool handle = takes_handle(call);
  if (is_library(path) ? handle && !path.starts_with("alembic") && path.find('.') != std::string_view::npos : handle || call.statement) {
    std::string what = fmt::format("{}() is defined elsewhere", path);
    if (call.test) return note(span, std::move(what));  // it answers a question
    opaque(span, std::move(what));
  }
}

std::optional<Value> Recorder::call_method(const python::Call& call, Span span) {
  const std::string_view method = call.method();
  const auto* receiver = call.receiver()->as<python::Call>();
  if (receiver == nullptr || !recording()) return std::nullopt;
  if (full_path(receiver->path()) == kBatch) {
    if (method == "f") return conventional(call);
    if (const DirectiveInfo* info = find_directive(method)) {
      run_directive(*this, *info, call, span, call.receiver());
    } else {
      opaque(span, fmt::format("batch_op.{} is not known", method));
    }
    return std::nullopt;
  }
  if (receiver->path() == "super" && call.statement) {
    opaque(span, fmt::format("super().{}() is not followed", method));
    return std::nullopt;
  }
  if (takes_handle(call)) {
    if (create_or_drop(*this, call, span)) return std::nullopt;
    if (method == "execute" || method == "scalar") {
      execute_value(*this, *call.receiver(), span);
    } else if (method != "scalars" && method != "copy") {
      opaque(span, fmt::format(".{}() of {} is not known", method, python::describe(*call.receiver())));
    }
    return std::nullopt;
  }
  const python::Call* root = chain_root(call);
  if (root->path() == ":bind.query" && (method == "update" || method == "delete")) {
    const auto table = !root->args.empty() ? table_of(root->args[0]) : std::nullopt;
    const bool filtered = root != receiver;
    ir::Query query;
    query.span = span;
    query.has_where = filtered;
    if (!table) {
      opaque(span, fmt::format("rows are changed through the ORM (.{}())", method));
    } else if (method == "update") {
      emit("Update", span, ir::op::Update{.table = *table, .columns = {}, .has_where = filtered, .where = {}, .query = query});
    } else {
      emit("Delete", span, ir::op::Delete{.table = *table, .has_where = filtered, .where = {}, .query = query});
    }
  }
  return std::nullopt;
}

}  // namespace whimbrel::alembic
