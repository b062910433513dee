// Walks Python as an interpreter would, with values that may be unknown and branches that may be taken or not.
//
// It never runs anything: what it does not know itself (a library's function) it asks its host, which knows a framework.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/python/syntax.h"
#include "whimbrel/python/value.h"

namespace whimbrel::python {

class Interpreter;

/// Bounds on hostile input. What lies beyond is unknown, and said to the host once.
struct Limits {
  std::uint32_t steps = 400'000;         ///< expressions and statements
  std::uint32_t iterations = 5'000;      ///< of all loops and comprehensions together
  std::uint32_t call_depth = 30;         ///< of functions of the file
  std::uint32_t nesting = 150;           ///< of expressions and statements
  std::uint32_t text = 1U << 20U;        ///< bytes of one string
  std::uint64_t texts = 32ULL << 20U;    ///< bytes of all strings that were made
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
};

/// One file being evaluated. Values and functions that come out of it live no longer than it does.
class Evaluator {
 public:
  Evaluator(const Tree& tree, Host& host, Limits limits = {});
  ~Evaluator();
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// The module's own statements: imports, constants, functions, classes.
  void run_module();
  /// A name of the module, after run_module.
  [[nodiscard]] const Value* global(std::string_view name) const;
  /// Calls a function of the file; its result, unknown where it depends on what is unknown.
  Value call(const Function& function, std::vector<Value> args, Span span);
  /// Whether what happens now happens for sure: unknown under a test that cannot be told.
  [[nodiscard]] Tri runs() const;
  /// The calls of the file's own functions that led here, outermost first.
  [[nodiscard]] const std::vector<Span>& call_stack() const;

 private:
  std::unique_ptr<Interpreter> interpreter_;
};

}  // namespace whimbrel::python
