// The evaluator's inside: frames of names, statements, expressions. Its methods are spread over files by theme.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "whimbrel/python/evaluator.h"

namespace whimbrel::python {

/// The names of a module, a function call, a class body or a comprehension.
struct Frame {
  std::map<std::string, Value, std::less<>> names;
  Frame* parent = nullptr;
  const Module* module = nullptr;            ///< that it lies in
  std::set<std::string, std::less<>> outer;  ///< declared global or nonlocal
  bool is_class = false;                     ///< its names are not seen from functions inside
  std::uint32_t born = 0;                    ///< of an instance: under how many tests that cannot be told it was made
};

/// How a statement ended.
enum class Flow : std::uint8_t { next, break_, continue_, return_, raise_ };

struct Arguments {
  std::vector<Value> args;
  std::vector<Keyword> keywords;
  bool exact = true;
};

class Interpreter {
 public:
  Interpreter(const Module& file, Modules* modules, Host& host, Limits limits);

  void run_module();
  [[nodiscard]] const Value* global(std::string_view name) const;
  Value call_function(const Function& function, Arguments arguments, Span span);
  Value apply(Value callee, Arguments arguments, Span span, bool statement);
  Value attribute_of(const Value& base, std::string_view name, Span span);
  [[nodiscard]] Tri runs() const { return conditional_ == 0 ? Tri::yes : Tri::unknown; }
  [[nodiscard]] bool is_importing() const { return importing_ > 0; }
  [[nodiscard]] const std::vector<Span>& call_stack() const { return call_stack_; }

 private:
  // statements.cpp
  Flow run_block(Node block);
  Flow run(Node statement);
  Flow run_if(Node statement);
  Tri evaluate_test(Node condition);
  Flow run_branches(Node consequence, Node alternative);
  Flow run_alternative(Node alternative);
  /// Names whose values are not what they were before are unknown.
  void forget_changes(const std::map<std::string, Value, std::less<>>& before, const std::string& reason, Span span);
  Flow run_maybe(Node body, const std::string& reason);
  Flow run_for(Node statement);
  Flow run_while(Node statement);
  Flow run_with(Node statement);
  Flow run_try(Node statement);
  Flow run_match(Node statement);
  Flow run_return(Node statement);
  void run_expression(Node statement);
  void run_assignment(Node assignment);
  void run_augmented(Node assignment);
  void define_function(Node definition, std::string_view decorators);
  void merge(const std::map<std::string, Value, std::less<>>& other, Span span);

  // classes.cpp
  void define_class(Node definition, std::string_view decorators);
  Value instantiate(const Value& callee, const Class& class_, Arguments arguments, Span span, bool statement);
  void fill_record(const Class& class_, const Arguments& arguments, Frame& fields);
  /// An attribute of a class of the file or an instance of one, functions bound to it; nothing where it has none.
  std::optional<Value> member_of(const Value& object, std::string_view name, Span span);
  Value bound(const Value& member, const Value& object, std::uint32_t level, Span span);
  std::optional<Value> inherited(std::string_view name, Span span);
  void assign_attribute(Node target, const Value& value);
  /// What `self.name` holds, to be changed; null where that is not followed.
  Value* field_of(Node attribute);

  // imports.cpp
  void run_import(Node statement);
  void run_import_from(Node statement);
  void import_all(const std::string& name, Span span);
  [[nodiscard]] Value imported(std::string name, Span span) const;
  /// What an imported name stands for in the project's own modules; nothing where that cannot be told.
  std::optional<Value> resolve(const Path& path, Span span);
  std::optional<Value> look_up(const Path& path, Span span);
  Frame* load(const Module& module, Span span);

  // names.cpp
  void assign(Node target, const Value& value);
  void unpack(const std::vector<Node>& targets, const Value& value);
  void bind(std::string_view name, Value value);
  [[nodiscard]] const Value* find(std::string_view name) const;
  Frame* new_frame(Frame* parent);
  void bind_parameters(Node parameters, const Arguments& arguments, Frame& frame, Frame* defined_in);

  // expressions.cpp
  Value evaluate(Node node);
  Value evaluate_inner(Node node);
  Value evaluate_name(Node node);
  Value evaluate_attribute(Node node);
  Value evaluate_sequence(Node node, SequenceKind kind);
  Value evaluate_dictionary(Node node);
  Value evaluate_subscript(Node node);
  Value evaluate_conditional(Node node);
  Value evaluate_boolean(Node node);
  Value evaluate_comparison(Node node);
  Value evaluate_comprehension(Node node);
  void comprehend(const std::vector<Node>& clauses, std::size_t next, Node body, std::vector<Value>& items,
                  std::vector<std::pair<Value, Value>>& entries, bool& exact);
  /// The items that iterating gives; nothing where they cannot be told.
  std::optional<std::vector<Value>> iterate(const Value& value);

  // calls.cpp
  Value evaluate_call(Node node, bool statement);
  Arguments evaluate_arguments(Node list);
  std::optional<Value> mutate(Node object, std::string_view method, const Arguments& arguments, Span span);

  // builtins.cpp
  std::optional<Value> call_builtin(std::string_view name, const Arguments& arguments, Span span);
  std::optional<Value> call_method(const Value& base, std::string_view name, const Arguments& arguments, Span span);
  std::optional<Value> call_text_method(const Value& base, std::string_view name, const Arguments& arguments, Span span);
  std::optional<Value> join(const Value& separator, const Value& parts, Span span);

  // collections.cpp
  std::optional<Value> combine_sets(std::string_view op, const Value& left, const Value& right, Span span);
  std::optional<Value> call_set_method(const Value& base, std::string_view name, const Arguments& arguments, Span span);
  std::optional<Value> call_iterating_builtin(std::string_view name, const Arguments& arguments, Span span);
  /// Each of so many with each of so many others; false where the bound is reached.
  bool compares(std::size_t left, std::size_t right, Span span);

  // strings.cpp
  Value evaluate_string(Node node);
  Value interpolate(Node string);
  Value format_percent(const Value& pattern, const Value& operand, Span span);
  Value format_braces(const Value& pattern, const Arguments& arguments, Span span);

  // operators.cpp
  Value evaluate_binary(Node node);
  Value binary(std::string_view op, const Value& left, const Value& right, Span span);
  Value evaluate_unary(Node node);
  Tri compare(std::string_view op, const Value& left, const Value& right, Span span);

  /// The node's place; that of the use in the evaluated file for what stands in another module.
  [[nodiscard]] Span at(Node node) const { return node.tree() == file_.tree ? node.span() : use_; }
  /// The same for a text that was read there.
  [[nodiscard]] Text at(Node node, Text text) const { return node.tree() == file_.tree ? std::move(text) : text.from(use_); }
  /// One more piece of work; false where the bound is reached.
  bool step(Span span);
  bool iteration(Span span);
  /// The same for copying so many values.
  bool copies(std::size_t values, Span span);
  /// The same for a new text; a too long one is unknown.
  Value text_value(Text text, Span span);
  void exhausted(Span span, std::string reason);

  Module file_;
  Modules* modules_;
  Host& host_;
  Limits limits_;
  std::deque<Frame> frames_;
  Frame* module_ = nullptr;
  Frame* frame_ = nullptr;
  std::uint32_t conditional_ = 0;
  bool may_break_ = false;                      ///< behind a test that cannot be told, in the innermost loop
  bool may_return_ = false;                     ///< the same, out of the function, by return or raise
  bool in_test_ = false;
  std::uint32_t nesting_ = 0;
  std::uint32_t steps_ = 0;
  std::uint32_t module_steps_ = 0;
  std::uint32_t importing_ = 0;                 ///< modules whose statements are being run, one for the other
  Span use_;                                    ///< in the evaluated file: what led to the module that is being looked into
  std::map<const Module*, Frame*> loaded_;
  std::map<std::pair<std::string, const Module*>, std::optional<Value>> resolved_;
  std::uint32_t iterations_ = 0;
  std::uint64_t texts_ = 0;
  bool exhausted_ = false;
  bool too_deep_ = false;                       ///< said once in each call from outside
  std::vector<Span> call_stack_;
  std::optional<Value> result_;                 ///< of the function that is returning
  ValuePtr self_;                               ///< of the method that is running
  std::uint32_t level_ = 0;                     ///< see Function
  std::optional<Arguments> handed_on_;          ///< to the __init__ of a class that is not of the file
  std::vector<Value>* possible_ = nullptr;      ///< results of returns that may have been taken
};

/// Counts a level of recursion while it lives.
/// What is noted while something runs, from nothing on; afterwards it is as before, or both where it is `kept`.
class Noted {
 public:
  Noted(bool& flag, bool kept) : flag_(flag), was_(std::exchange(flag, false)), kept_(kept) {}
  Noted(const Noted&) = delete;
  Noted& operator=(const Noted&) = delete;
  ~Noted() { flag_ = was_ || (kept_ && flag_); }

 private:
  bool& flag_;
  bool was_;
  bool kept_;
};

class Nesting {
 public:
  explicit Nesting(std::uint32_t& depth) : depth_(depth) { ++depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;
  ~Nesting() { --depth_; }

 private:
  std::uint32_t& depth_;
};

/// A text to be put into another one at `place`: keeps its origin only where that lies inside `place`.
Text placed(const Text& text, Span place);

}  // namespace whimbrel::python
