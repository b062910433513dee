// SQL text to operations, by PostgreSQL's own grammar. The only layer that sees the server's headers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/ir/migration.h"
#include "whimbrel/sql/host_text.h"

namespace whimbrel::sql {

/// The PostgreSQL version whose grammar reads: "18.0"; the major number.
std::string_view grammar_version();
int grammar_major();

/// Bounds on hostile input. What lies beyond is in `Parsed::unknown`, as `beyond_bounds`.
struct Limits {
  std::uint32_t statement_bytes = 8U << 20U;   ///< a longer statement is known to be there, and not parsed
  std::uint32_t statements = 1'000'000;        ///< and comments, together: the text behind is not read
};

struct Options {
  bool psql = true;        ///< meta-commands at a line's start, :variables and COPY … FROM stdin data are masked, not errors
  bool templates = true;   ///< ${name}, {{ … }}, {% … %}, <% … %> are masked, not errors
  bool placeholders = false;  ///< :name, %(name)s and ? are bound parameters (SQL in Python)
  Limits limits{};
};

/// A comment, with its delimiters.
struct Comment {
  Span span;
  std::string text;
};

struct Parsed {
  std::vector<ir::Statement> statements;   ///< in order; a broken one has kind "Invalid" and one op::Invalid step
  std::vector<Comment> comments;           ///< outside statements' bodies and inside them, in order
  std::vector<ir::Unknown> unknown;        ///< dynamic SQL, masked meta-commands that run other files, …
  std::vector<ir::Remark> remarks;         ///< psql's commands
};

/// Reads a text statement by statement. Never fails: what does not parse is `Invalid`, and the statements around it are read.
/// Safe from several threads at once.
Parsed parse(const HostText& text, const Options& options = {});

/// An expression standing alone (a server default, a CHECK, a predicate). Nothing where it does not parse.
ir::ExprPtr parse_expression(const HostText& text);
/// A type standing alone: "varchar(20)", "numeric(10, 2)[]".
std::optional<ir::TypeName> parse_type(std::string_view text);
/// An identifier or qualified name as SQL folds it: `"A".b` → {A, b}.
std::optional<ir::QualifiedName> parse_qualified_name(std::string_view text);

}  // namespace whimbrel::sql
