// What a Python expression stands for, as far as that can be told without running it. Values never change once made.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/base/tri.h"
#include "whimbrel/python/syntax.h"
#include "whimbrel/python/text.h"

namespace whimbrel::python {

struct Value;
struct Frame;
struct Module;
using ValuePtr = std::shared_ptr<const Value>;

struct None {
  friend bool operator==(const None&, const None&) = default;
};
struct Ellipsis {
  friend bool operator==(const Ellipsis&, const Ellipsis&) = default;
};

/// Something that is known by name only, written as it would be after `import` alone: "sqlalchemy.Column", "alembic.op".
/// A name that nobody defined stands as itself.
struct Path {
  std::string name;
  const Module* importer = nullptr;  ///< where it was imported, if it may name something in another module of the project
};

enum class SequenceKind : std::uint8_t { list, tuple, set };

/// `exact` is false where there may be other items than these.
struct Sequence {
  SequenceKind kind = SequenceKind::list;
  std::vector<Value> items;
  bool exact = true;
};

struct Dictionary {
  std::vector<std::pair<Value, Value>> entries;  ///< in order of insertion
  bool exact = true;
};

/// `base.name` where the base is no path.
struct Attribute {
  ValuePtr base;
  std::string name;
};

struct Keyword {
  std::string name;
  std::shared_ptr<const Value> value;
  Span span;  ///< name=value
};

/// A call whose result is not known here. `exact` is false where a splat could not be spread.
struct Call {
  ValuePtr callee;
  std::vector<Value> args;
  std::vector<Keyword> keywords;
  bool exact = true;
  bool statement = false;  ///< stands as a statement of its own: called for what it does
  bool test = false;       ///< stands in the test of an if or while: called for what it says
  Frame* fields = nullptr; ///< of a class of the file: the call stands for the instance, and this is what its `self` holds

  /// "sqlalchemy.text" for a call of a path; empty for another one.
  [[nodiscard]] std::string_view path() const;
  /// The method's name where something is called on a value that is no path; empty else.
  [[nodiscard]] std::string_view method() const;
  /// What the method is called on.
  [[nodiscard]] const Value* receiver() const;
  [[nodiscard]] const Keyword* keyword(std::string_view name) const;
};

/// An operator over operands that are not all constant: `t.c.x == 1`. `and`, `or`, `not`, `in`, `[]`, `if` too.
struct Formula {
  std::string op;
  std::vector<Value> operands;
};

/// How a function in a class's body takes part in it.
enum class Binding : std::uint8_t { function, static_method, class_method, property };

/// A function or lambda of the file. `frame` is where it was defined.
struct Function {
  Node node;
  Frame* frame = nullptr;
  Binding binding = Binding::function;
  ValuePtr self{};          ///< of a bound method: its first argument
  std::uint32_t level = 0;  ///< of a bound method: how far up from its object's class it was found
};

/// A class of the file: its bases as paths, and what its body assigns, in order.
struct Class {
  std::string name;
  std::vector<Value> bases;
  std::vector<std::pair<std::string, Value>> members;
  std::vector<std::string> fields{};  ///< of a dataclass or named tuple, in order
  bool is_enum = false;
  [[nodiscard]] const Value* member(std::string_view wanted) const;
  /// The same in the class or the nearest of those that it inherits from, from the `from`th on; `level` says in which.
  [[nodiscard]] const Value* find(std::string_view wanted, std::uint32_t from = 0, std::uint32_t* level = nullptr) const;
};

struct EnumMember {
  std::string class_name;
  std::string name;
  ValuePtr value;
};

/// Cannot be told; `reason` says why, for a person.
struct Unknown {
  std::string reason;
};

struct Value {
  using Data = std::variant<None, Ellipsis, bool, std::int64_t, double, std::shared_ptr<const Text>, Path, std::shared_ptr<const Sequence>,
                            std::shared_ptr<const Dictionary>, std::shared_ptr<const Attribute>, std::shared_ptr<const Call>,
                            std::shared_ptr<const Formula>, Function, std::shared_ptr<const Class>, std::shared_ptr<const EnumMember>,
                            Unknown>;
  Data data = Unknown{};
  Span span;                ///< the expression that had this value
  std::uint32_t depth = 0;   ///< of nesting, bounded: values are walked recursively
  std::uint32_t weight = 1;  ///< number of values in it when it is walked, bounded: `x = [x, x]` doubles it

  template <class T>
  [[nodiscard]] const T* as() const {
    if constexpr (std::is_same_v<T, None> || std::is_same_v<T, Ellipsis> || std::is_same_v<T, bool> || std::is_same_v<T, std::int64_t> ||
                  std::is_same_v<T, double> || std::is_same_v<T, Path> || std::is_same_v<T, Function> || std::is_same_v<T, Unknown>) {
      return std::get_if<T>(&data);
    } else {
      const auto* shared = std::get_if<std::shared_ptr<const T>>(&data);
      return shared != nullptr ? shared->get() : nullptr;
    }
  }
  [[nodiscard]] bool is_none() const { return as<None>() != nullptr; }
  [[nodiscard]] bool is_unknown() const { return as<Unknown>() != nullptr; }
  /// The string, or nothing.
  [[nodiscard]] const std::string* string() const;
  [[nodiscard]] std::optional<bool> boolean() const;
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  /// The name of a path; empty for others.
  [[nodiscard]] std::string_view path() const;
  /// Items of a list, tuple or set that is exact; nothing for others.
  [[nodiscard]] const std::vector<Value>* items() const;
  /// Wholly known: no path, call, formula or unknown in it.
  [[nodiscard]] bool constant() const;
  /// The value of a key in a dictionary with string keys.
  [[nodiscard]] const Value* entry(std::string_view key) const;
};

/// How deep values nest and how many they hold at most; what is larger is unknown.
inline constexpr std::uint32_t kMaxValueDepth = 100;
inline constexpr std::uint32_t kMaxValueWeight = 100'000;

Value make_none(Span span);
Value make_bool(bool value, Span span);
Value make_int(std::int64_t value, Span span);
Value make_float(double value, Span span);
Value make_text(Text text, Span span);
/// A string that stands nowhere as such: all its bytes come from `span`.
Value make_string(std::string text, Span span);
Value make_path(std::string name, Span span);
Value make_sequence(SequenceKind kind, std::vector<Value> items, Span span, bool exact = true);
Value make_dictionary(std::vector<std::pair<Value, Value>> entries, Span span, bool exact = true);
Value make_attribute(Value base, std::string name, Span span);
Value make_call(Call call, Span span);
Value make_formula(std::string op, std::vector<Value> operands, Span span);
Value make_unknown(std::string reason, Span span);

/// bool(value) in Python.
Tri truth(const Value& value);
/// left == right in Python: unknown unless both are constant.
Tri equal(const Value& left, const Value& right);
/// Surely the same value: equal constants, or the same object. Spans do not count.
bool identical(const Value& left, const Value& right);
/// str(value); nothing where it is not constant.
std::optional<std::string> to_text(const Value& value);
/// A short description for a reason: "a call of os.environ.get", "the name COLUMNS", or an unknown's own reason.
std::string describe(const Value& value);

}  // namespace whimbrel::python
