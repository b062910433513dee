// Binding arguments to parameters.
#include "arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace whimbrel::alembic {

namespace {

/// Older names of parameters, which Alembic and SQLAlchemy still take or took when a revision was written.
constexpr std::pair<std::string_view, std::string_view> kFormerNames[] = {
    {"constraint_name", "name"}, {"index_name", "name"},       {"table_name", "tablename"},  {"table_name", "source"},
    {"source_table", "source"},  {"referent_table", "referent"}, {"columns", "local_cols"},  {"columns", "cols"},
    {"type_", "type"},           {"new_column_name", "name"},  {"table_name", "name"},       {"old_table_name", "name"},
};

std::string spoken(std::string_view parameter) {
  std::string words(parameter);
  if (words.ends_with('_')) words.pop_back();
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace

Arguments::Arguments(const python::Call& call, Span span, std::span<const std::string_view> positional)
    : call_(call), span_(span), positional_(positional) {
  if (!call.exact) fail("its arguments are spread from what cannot be told");
}

const Value* Arguments::get(std::string_view name) const {
  const auto position = std::find(positional_.begin(), positional_.end(), name);
  if (position != positional_.end()) {
    const auto index = static_cast<std::size_t>(position - positional_.begin());
    if (index < call_.args.size()) return &call_.args[index];
  }
  if (const python::Keyword* keyword = call_.keyword(name)) return keyword->value.get();
  for (const auto& [current, former] : kFormerNames) {
    if (current != name) continue;
    if (const python::Keyword* keyword = call_.keyword(former)) return keyword->value.get();
  }
  return nullptr;
}

Span Arguments::span(std::string_view name) const {
  const Value* value = get(name);
  if (value == nullptr) return span_;
  for (const python::Keyword& keyword : call_.keywords) {
    if (keyword.value.get() == value) return keyword.span;
  }
  return value->span;
}

std::span<const Value> Arguments::rest() const {
  const std::span<const Value> all(call_.args);
  return all.subspan(std::min(all.size(), positional_.size()));
}

void Arguments::fail(std::string reason) {
  if (problem_.empty()) problem_ = std::move(reason);
}

ir::Name Arguments::name(std::string_view parameter) {
  const Value* value = get(parameter);
  if (value == nullptr || value->is_none()) return {.span = span(parameter)};
  if (const std::string* text = value->string()) return {*text, value->span};
  fail(said_of("the " + spoken(parameter), *value));
  return {.span = value->span};
}

ir::Name Arguments::required(std::string_view parameter) {
  ir::Name result = name(parameter);
  if (result.value.empty()) fail(fmt::format("the {} is missing", spoken(parameter)));
  return result;
}

std::vector<ir::Name> Arguments::names(std::string_view parameter) {
  const Value* value = get(parameter);
  if (value == nullptr || value->is_none()) return {};
  std::string problem;
  std::vector<ir::Name> result = names_of(*value, spoken(parameter), problem);
  if (!problem.empty()) fail(std::move(problem));
  return result;
}

std::optional<bool> Arguments::flag(std::string_view parameter) {
  const Value* value = get(parameter);
  if (value == nullptr || value->is_none()) return std::nullopt;
  const Tri truth = python::truth(*value);
  if (truth == Tri::unknown) {
    fail(said_of(parameter, *value));
    return std::nullopt;
  }
  return truth == Tri::yes;
}

std::string said_of(std::string_view what, const Value& value) {
  return value.is_unknown() ? fmt::format("{} cannot be told: {}", what, python::describe(value)) : fmt::format("{} is {}", what, python::describe(value));
}

std::vector<ir::Name> names_of(const Value& value, std::string_view what, std::string& problem) {
  if (const std::string* text = value.string()) return {{*text, value.span}};
  std::vector<ir::Name> result;
  const auto* items = value.items();
  if (items == nullptr) {
    problem = said_of(fmt::format("the list of {}", what), value);
    return result;
  }
  for (const Value& item : *items) {
    const std::string* text = item.string();
    if (text == nullptr) {
      problem = said_of(fmt::format("one of the {}", what), item);
      return {};
    }
    result.push_back({*text, item.span});
  }
  return result;
}

}  // namespace whimbrel::alembic
