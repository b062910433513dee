// The arguments of a call by the names of its parameters, each with the place that a finding points at.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/base/span.h"
#include "whimbrel/ir/names.h"
#include "whimbrel/python/value.h"

namespace whimbrel::alembic {

using python::Value;

class Arguments {
 public:
  /// `positional` names the parameters that may be given by position, in order. Arguments beyond them are `rest`.
  Arguments(const python::Call& call, Span span, std::span<const std::string_view> positional);

  /// The argument; null where it is not given.
  [[nodiscard]] const Value* get(std::string_view name) const;
  /// The argument with its keyword: "nullable=False"; the whole call where it is not given.
  [[nodiscard]] Span span(std::string_view name) const;
  [[nodiscard]] std::span<const Value> rest() const;
  [[nodiscard]] const python::Call& call() const { return call_; }
  [[nodiscard]] Span whole() const { return span_; }

  // What is given but cannot be told becomes the call's problem; the first one is kept.
  /// A string; empty where it is not given or None.
  ir::Name name(std::string_view parameter);
  /// As `name`, and a problem where there is none.
  ir::Name required(std::string_view parameter);
  /// A list of names; a single string counts as one.
  std::vector<ir::Name> names(std::string_view parameter);
  /// True, False, or nothing where it is not given or None.
  std::optional<bool> flag(std::string_view parameter);
  bool is_true(std::string_view parameter) { return flag(parameter).value_or(false); }

  void fail(std::string reason);
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  const python::Call& call_;
  Span span_;
  std::span<const std::string_view> positional_;
  std::string problem_;
};

/// "the table is a call of f", "the table cannot be told: it depends on …".
std::string said_of(std::string_view what, const Value& value);
/// Names out of a list of strings; the reason why not in `problem`.
std::vector<ir::Name> names_of(const Value& value, std::string_view what, std::string& problem);

}  // namespace whimbrel::alembic
