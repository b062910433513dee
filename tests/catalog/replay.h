// SQL text into a catalog, for the catalog's tests.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/catalog/apply.h"
#include "whimbrel/catalog/print.h"
#include "whimbrel/sql/sql.h"

namespace whimbrel::catalog {

/// Every step of the text, in order, those of statements inside of others included.
template <class Visit>
void for_each_step(const std::vector<ir::Statement>& statements, Tri runs, const Visit& visit) {
  for (const ir::Statement& statement : statements) {
    const Tri here = runs && statement.runs;
    for (const ir::Step& step : statement.steps) visit(step, here);
    for_each_step(statement.body, here, visit);
  }
}

inline std::vector<ir::Statement> parse(std::string_view text) {
  return sql::parse(sql::HostText::plain(text, FileId{})).statements;
}

/// Applies it all; the problems that were met.
inline std::vector<Problem> run(Catalog& catalog, std::string_view text) {
  std::vector<Problem> problems;
  for_each_step(parse(text), Tri::yes, [&](const ir::Step& step, Tri runs) {
    for (Problem& problem : apply(catalog, step, {1, 1, {}}, runs)) problems.push_back(std::move(problem));
  });
  return problems;
}

}  // namespace whimbrel::catalog
