// Walks Python as an interpreter would, with values that may be unknown and branches that may be taken or not.
//
// It never runs anything: what it does not know itself (a library's function) it asks its host, which knows a framework.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/python/syntax.h"
#include "whimbrel/python/value.h"

namespace whimbrel::python {

class Interpreter;

/// Bounds on hostile input. What lies beyond is unknown, and said to the host once.
struct Limits {
  std::uint32_t steps = 150'000;         ///< expressions and statements, besides one for each node of the file
  std::uint32_t iterations = 5'000;      ///< of all loops and comprehensions together
  std::uint32_t call_depth = 30;         ///< of functions of the file
  std::uint32_t nesting = 150;           ///< of expressions and statements
  std::uint32_t modules = 40;            ///< that are looked into
  std::uint32_t module_depth = 8;        ///< of modules whose names are needed while another one is looked into
  std::uint32_t module_steps = 60'000;   ///< of the statements of all these modules
  std::uint32_t text = 1U << 20U;        ///< bytes of one string
  std::uint64_t texts = 16ULL << 20U;    ///< bytes of all strings that were made, lists that were copied and names that were put aside
};

/// What a framework knows. Called in the order in which Python would do it.
class Host {
 public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  /// A call of something that the file does not define. Nothing: the call stands for itself.
  virtual std::optional<Value> call(const Call& call, Span span) = 0;
  /// A path the host has a value for: "alembic.context.dialect.name".
  virtual std::optional<Value> name(std::string_view path, Span span) = 0;
  /// `with context`: what `as` binds.
  virtual Value enter(const Value& context, Span span) = 0;
  virtual void leave(const Value& context) = 0;
  /// Something could not be followed; not said for values, whose users ask them.
  virtual void unknown(Span span, std::string reason) = 0;
  /// The same, said once, where the bounds end the evaluation: nothing behind it is followed.
  virtual void beyond_bounds(Span span, std::string reason) { unknown(span, std::move(reason)); }
};

/// A file of the project that others import from. The tree outlives the evaluation.
struct Module {
  std::string path;   ///< as the finder of modules knows it
  const Tree* tree = nullptr;
};

/// Finds the modules of the project by the names that imports use.
class Modules {
 public:
  Modules() = default;
  Modules(const Modules&) = delete;
  Modules& operator=(const Modules&) = delete;
  virtual ~Modules() = default;

  /// Whether an import of this name may lead to a file of the project: false for what is a library's.
  [[nodiscard]] virtual bool may_have(std::string_view name) const = 0;
  /// "shop.states", or "..helpers" as seen from the importing module. Null: the project has none.
  virtual const Module* find(std::string_view name, const Module& importer) = 0;
};

/// One file being evaluated. What is read from other modules counts as standing where the file uses it: spans lie in this file. Values and functions that come out of it live no longer than it does.
class Evaluator {
 public:
  Evaluator(const Tree& tree, Host& host, Limits limits = {});
  /// The same for a file that is a module of the project: names that it imports are looked for in others.
  Evaluator(const Module& file, Modules& modules, Host& host, Limits limits = {});
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// The module's own statements: imports, constants, functions, classes.
  void run_module();
  /// A name of the module, after run_module.
  [[nodiscard]] const Value* global(std::string_view name) const;
  /// Calls a function of the file; its result, unknown where it depends on what is unknown.
  Value call(const Function& function, std::vector<Value> args, Span span);
  /// Calls whatever it is: a function, a class of the file (an instance of it), or something that the host is asked about.
  Value call(const Value& callee, std::vector<Value> args, Span span);
  /// A method of an instance of a class of the file; nothing where it has none of that name.
  std::optional<Value> call_method(const Value& object, std::string_view name, std::vector<Value> args, Span span);
  /// Whether what happens now happens for sure: unknown under a test that cannot be told.
  [[nodiscard]] Tri runs() const;
  /// Whether another module's own statements are being run, which happens on demand, at the first use of one of its names.
  [[nodiscard]] bool is_importing() const;
  /// The calls of the file's own functions that led here, outermost first.
  [[nodiscard]] const std::vector<Span>& call_stack() const;

 private:
  std::unique_ptr<Interpreter> interpreter_;
};

}  // namespace whimbrel::python
