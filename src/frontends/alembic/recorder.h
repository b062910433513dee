// Collects what a revision does: the evaluator's host, which knows Alembic and SQLAlchemy by name.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "database.h"
#include "whimbrel/ir/migration.h"
#include "whimbrel/python/evaluator.h"

namespace whimbrel::alembic {

using python::Value;

// Paths of our own for objects that Alembic hands out; no Python name has a colon.
inline constexpr std::string_view kBind = ":bind";            ///< op.get_bind(), a connection, a session on it
inline constexpr std::string_view kContext = ":context";      ///< op.get_context(), context.get_context()
inline constexpr std::string_view kInspector = ":inspector";  ///< sa.inspect(bind), with a number: each remembers what it was told
inline constexpr std::string_view kBatch = "alembic.op.batch_alter_table";

class Recorder final : public python::Host {
 public:
  /// Without a database what it is asked stays unknown.
  explicit Recorder(FileId file, Database* database = nullptr) : file_(file), database_(database) {}

  /// `source`: the length of the file, whose own SQL is always read.
  void attach(python::Evaluator& evaluator, std::size_t source) {
    evaluator_ = &evaluator;
    sql_left_ = kMostSql + source;
  }
  /// Whether so many bytes of SQL are still to be read: a loop may run the same long text again and again.
  bool may_read(std::size_t bytes) {
    const bool enough = bytes <= sql_left_;
    sql_left_ = enough ? sql_left_ - bytes : 0;
    return enough;
  }
  /// What follows goes into `statements`.
  void begin(std::vector<ir::Statement>& statements);

  // ---- the evaluator's questions ----
  std::optional<Value> call(const python::Call& call, Span span) override;
  std::optional<Value> name(std::string_view path, Span span) override;
  Value enter(const Value& context, Span span) override;
  void leave(const Value& context) override;
  void unknown(Span span, std::string reason) override;
  void beyond_bounds(Span span, std::string reason) override;

  // ---- what directives say ----
  /// One statement with these steps; `runs` and the rest come from where evaluation is.
  ir::Statement& emit(std::string kind, Span span, std::vector<ir::Step> steps);
  /// One statement of one operation.
  ir::Statement& emit(std::string kind, Span span, ir::Operation operation);
  /// A statement that the SQL layer read inside a call.
  void emit_sql(ir::Statement statement, Span call);
  /// Something happens that cannot be read; touches_any where no relation is named.
  void opaque(Span span, std::string what, std::vector<ir::RelationName> touches = {});
  /// Counts what cannot be told inside a statement that stands.
  void note(Span span, std::string reason);
  void note(ir::Unknown what) { unknown_.push_back(std::move(what)); }
  /// A part of what is being read cannot be told: an Opaque statement follows the one that it belongs to.
  void leave_out(Span span, std::string what);
  /// Now that the statement stands: says what was left out of it.
  void flush_left_out(const ir::RelationName& table = {});

  /// A type of the project that chooses by the dialect or names itself, as what it chooses; other values as they are.
  [[nodiscard]] Value settled_type(const Value& type);

  /// Whether CREATE TABLE is the first of this part to make the enum: Alembic's `impl.memo` makes it once, whatever happens to it meanwhile.
  bool makes_enum(const std::string& name);

  /// The statement that was emitted last.
  ir::Statement& last() { return statements_->back(); }
  [[nodiscard]] FileId file() const { return file_; }
  /// Whether statements are being collected (not at module level, the revision's or another one's).
  [[nodiscard]] bool recording() const { return statements_ != nullptr && !evaluator_->is_importing(); }
  std::vector<ir::Unknown> take_unknown() { return std::exchange(unknown_, {}); }

  /// The database as it is now, for a question to it; null: it cannot be asked yet.
  const Database* ask();
  /// Whether something was asked since the last call.
  bool take_asked() { return std::exchange(asked_, false); }

 private:
  std::optional<Value> call_path(const python::Call& call, std::string_view path, Span span);
  std::optional<Value> call_method(const python::Call& call, Span span);
  void call_outside(const python::Call& call, std::string_view path, Span span);
  void place(ir::Statement& statement, Span call);
  std::optional<Value> instance_type(const python::Call& call, Span span);
  Value ask_inspector(const python::Call& call, std::string_view path, Span span);
  Value ask_dialect(const python::Call& call, std::string_view method, Span span);

  static constexpr std::size_t kMostSql = 512UL * 1024;

  FileId file_;
  std::size_t sql_left_ = kMostSql;
  Database* database_;
  bool asked_ = false;
  int inspectors_ = 0;
  std::map<std::string, Value> told_;   ///< by inspector and question: it keeps its answers
  python::Evaluator* evaluator_ = nullptr;
  std::vector<ir::Statement>* statements_ = nullptr;
  std::vector<ir::Unknown> unknown_;
  std::vector<ir::Unknown> left_out_;
  int autocommit_ = 0;
  std::set<std::string> made_enums_;
};

/// A path as if every import were plain and every alias conventional: "op.execute" → "alembic.op.execute", "sa.text" →
/// "sqlalchemy.text".
std::string full_path(std::string_view path);
/// "text" of "sqlalchemy.sql.text".
std::string_view last_part(std::string_view path);
/// Whether the path is below a library whose functions change no schema by themselves, or Python's own.
bool is_library(std::string_view full_path);
bool is_sqlalchemy(std::string_view full_path);
/// The short name of a SQLAlchemy construct that is called: "Column", "text"; empty for others.
std::string_view construct(const python::Call& call);
/// The same for a value that is such a call.
std::string_view construct(const Value& value);

}  // namespace whimbrel::alembic
