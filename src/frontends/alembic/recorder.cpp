// The statements of a revision, as the evaluator meets them.
#include "recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "directives.h"
#include "render.h"

namespace whimbrel::alembic {

void Recorder::begin(std::vector<ir::Statement>& statements) {
  statements_ = &statements;
  autocommit_ = 0;
  made_enums_.clear();
}

bool Recorder::makes_enum(const std::string& name) {
  if (made_enums_.contains(name)) return false;
  if (evaluator_->runs() == Tri::yes) made_enums_.insert(name);   // else it may be made here or by the next one
  return true;
}

/// Where evaluation is: under which conditions, and called from where. The first call is that of the part itself.
void Recorder::place(ir::Statement& statement, Span call) {
  constexpr std::size_t kMostCallers = 4;
  statement.call = call;
  statement.runs = statement.runs && evaluator_->runs();
  statement.autocommit = autocommit_ > 0;
  const std::vector<Span>& stack = evaluator_->call_stack();
  for (std::size_t i = 1; i < stack.size() && statement.callers.size() < kMostCallers; ++i) {
    const bool told = stack[i] == call || std::ranges::find(statement.callers, stack[i]) != statement.callers.end();
    if (!told) statement.callers.push_back(stack[i]);
  }
}

ir::Statement& Recorder::emit(std::string kind, Span span, std::vector<ir::Step> steps) {
  ir::Statement statement;
  statement.kind = std::move(kind);
  statement.span = span;
  statement.steps = std::move(steps);
  place(statement, span);
  statement.sql = render(statement);
  statements_->push_back(std::move(statement));
  return statements_->back();
}

ir::Statement& Recorder::emit(std::string kind, Span span, ir::Operation operation) {
  std::vector<ir::Step> steps;
  steps.push_back({std::move(operation), span});
  return emit(std::move(kind), span, std::move(steps));
}

void Recorder::emit_sql(ir::Statement statement, Span call) {
  place(statement, call);
  statements_->push_back(std::move(statement));
}

void Recorder::opaque(Span span, std::string what, std::vector<ir::RelationName> touches) {
  note(span, what);
  if (!recording()) return;
  const bool any = touches.empty();
  emit("Opaque", span, ir::op::Opaque{std::move(what), std::move(touches), any});
}

void Recorder::leave_out(Span span, std::string what) { left_out_.push_back({span, std::move(what)}); }

void Recorder::flush_left_out(const ir::RelationName& table) {
  for (ir::Unknown& part : std::exchange(left_out_, {})) {
    opaque(part.span, std::move(part.reason), table.value.empty() ? std::vector<ir::RelationName>() : std::vector{table});
  }
}

const Database* Recorder::ask() {
  asked_ = true;
  if (database_ != nullptr && statements_ != nullptr) database_->catch_up(*statements_);
  return database_;
}

/// A TypeDecorator's load_dialect_impl(dialect), a UserDefinedType's get_col_spec(): run, and what they say.
std::optional<Value> Recorder::instance_type(const python::Call& call, Span span) {
  const auto* class_ = call.callee->as<python::Class>();
  if (class_ == nullptr || (class_->find("load_dialect_impl") == nullptr && class_->find("get_col_spec") == nullptr)) return std::nullopt;
  const Value instance = python::make_call(call, span);
  const Value dialect = python::make_path(fmt::format("{}.dialect", kBind), span);
  if (const auto chosen = evaluator_->call_method(instance, "load_dialect_impl", {dialect}, span); chosen && !chosen->is_none() && read_type(*chosen).type.known()) return chosen;
  const auto named = evaluator_->call_method(instance, "get_col_spec", {}, span);
  if (!named || named->string() == nullptr) return std::nullopt;
  return python::make_call({.callee = std::make_shared<const Value>(python::make_path(std::string(kNamedType), span)), .args = {*named}, .keywords = {}}, span);
}

Value Recorder::settled_type(const Value& type) {
  const auto* class_ = type.as<python::Class>();
  if (class_ == nullptr || (class_->find("load_dialect_impl") == nullptr && class_->find("get_col_spec") == nullptr)) return type;
  return evaluator_->call(type, {}, type.span);
}

/// inspector.get_columns("users"): asked again, it says what it said.
Value Recorder::ask_inspector(const python::Call& call, std::string_view path, Span span) {
  const std::string_view method = last_part(path);
  if (method == "clear_cache") return told_.clear(), python::make_none(span);
  std::string question(path);
  for (const Value& arg : call.args) question += fmt::format("|{}", python::describe(arg));
  for (const python::Keyword& keyword : call.keywords) question += fmt::format("|{}={}", keyword.name, python::describe(*keyword.value));
  if (const auto known = told_.find(question); known != told_.end()) return known->second;
  const Database* database = ask();
  if (database == nullptr) return python::make_unknown(fmt::format("a question to the inspector ({})", method), span);
  return told_.emplace(std::move(question), answer(*database, method, call, span)).first->second;
}

/// bind.dialect.has_table(bind, "users"), engine.has_table("users").
Value Recorder::ask_dialect(const python::Call& call, std::string_view method, Span span) {
  const Database* database = ask();
  if (database == nullptr) return python::make_unknown(fmt::format("a question to the database ({})", method), span);
  python::Call plain = call;
  if (!plain.args.empty() && plain.args[0].path().starts_with(kBind)) plain.args.erase(plain.args.begin());
  std::erase_if(plain.keywords, [](const python::Keyword& keyword) { return keyword.name == "connection"; });
  return answer(*database, method, plain, span);
}

void Recorder::note(Span span, std::string reason) { unknown_.push_back({span, std::move(reason)}); }

void Recorder::unknown(Span span, std::string reason) { opaque(span, std::move(reason)); }

void Recorder::beyond_bounds(Span span, std::string reason) {
  opaque(span, std::move(reason));
  unknown_.back().beyond_bounds = true;
}

Value Recorder::enter(const Value& context, Span span) {
  const auto* call = context.as<python::Call>();
  if (call != nullptr && call->path() == ":context.autocommit_block") ++autocommit_;
  if (call != nullptr && full_path(call->path()) == kBatch) return context;
  if (context.path() == kBind) return python::make_path(std::string(kBind), span);
  return context;
}

void Recorder::leave(const Value& context) {
  const auto* call = context.as<python::Call>();
  if (call != nullptr && call->path() == ":context.autocommit_block") --autocommit_;
}

std::string full_path(std::string_view path) {
  const std::string_view root = path.substr(0, path.find('.'));
  const std::string_view rest = path.substr(root.size());
  if (root == "op") return "alembic.op" + std::string(rest);
  if (root == "sa") return "sqlalchemy" + std::string(rest);
  return std::string(path);
}

std::string_view last_part(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

bool is_sqlalchemy(std::string_view full_path) {
  const std::string_view root = full_path.substr(0, full_path.find('.'));
  return root == "sqlalchemy" || root == "sqlmodel" || full_path.starts_with("alembic.op.inline_literal");
}

bool is_library(std::string_view full_path) {
  constexpr std::string_view kRoots[] = {
      "sqlalchemy", "sqlmodel",  "os",     "sys",       "json",     "logging", "datetime", "time",   "uuid",     "re",        "math",     "random",
      "itertools",  "functools", "string", "textwrap",  "hashlib",  "base64",  "decimal",  "typing", "pathlib",  "enum",      "collections",
      "contextlib", "warnings",  "copy",   "secrets",   "binascii", "struct",  "importlib", "io",    "csv",      "alembic",   "alembic_utils",
      "sqlalchemy_utils", "geoalchemy2", "pgvector", "citext", "dateutil", "pytz", "click", "tqdm", "yaml", "operator", "inspect", "traceback", "types",
  };
  constexpr std::string_view kBuiltins[] = {"print", "len",   "str",    "int",        "list",   "dict",  "set",    "tuple",     "sorted", "range",
                                            "zip",   "enumerate", "isinstance", "getattr", "hasattr", "setattr", "map", "filter", "max",    "min",
                                            "sum",   "any",   "all",    "repr",       "iter",   "next",  "open",   "Exception", "bool",   "float",
                                            "reversed", "frozenset", "ValueError", "RuntimeError", "type", "vars", "id", "abs", "round", "super", "bytes", "locals", "globals"};
  const std::string_view root = full_path.substr(0, full_path.find('.'));
  return std::find(std::begin(kRoots), std::end(kRoots), root) != std::end(kRoots) ||
         std::find(std::begin(kBuiltins), std::end(kBuiltins), full_path) != std::end(kBuiltins);
}

std::string_view construct(const python::Call& call) {
  const std::string_view path = call.path();
  if (path.empty()) return {};
  const std::string_view name = last_part(path);
  return is_sqlalchemy(full_path(path)) || name == "Column" || name == "ForeignKey" || name == "ExcludeConstraint" ? name : std::string_view();
}

std::string_view construct(const Value& value) {
  if (const auto* call = value.as<python::Call>()) return construct(*call);
  const std::string_view path = value.path();
  return is_sqlalchemy(full_path(path)) ? last_part(path) : std::string_view();
}

}  // namespace whimbrel::alembic
