// PL/pgSQL's EXECUTE: its text is read like any SQL, and what a hole decides becomes opaque.
#include "execute.h"

#include <fmt/format.h>

#include "statements.h"

namespace whimbrel::sql {
namespace {

bool has_hole(std::string_view text) { return text.find(kHole) != std::string_view::npos; }

/// "ALTER TABLE" out of "AlterTable".
std::string as_words(std::string_view kind) {
  std::string words;
  for (const char c : kind) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper && !words.empty()) words += ' ';
    words += upper ? c : static_cast<char>(c - 'a' + 'A');
  }
  return words;
}

/// The operation where its names are known, else an Opaque that says what is missing.
ir::Operation without_holes(const ir::Operation& operation, std::string_view kind) {
  if (!has_hole(ir::to_string(operation))) return operation;
  ir::op::Opaque opaque;
  opaque.touches_any = true;
  opaque.what = as_words(kind) + " of a name that is read at run time";
  std::visit(
      [&](const auto& op) {
        if constexpr (requires { op.table.value.schema; }) {
          const bool known = !has_hole(op.table.value.name) && !has_hole(op.table.value.schema);
          opaque.what = as_words(kind) + (known ? " with a name that is read at run time" : " on a table whose name is read at run time");
          if (known) {
            opaque.touches.push_back(op.table);
            opaque.touches_any = false;
          }
        }
      },
      operation);
  return opaque;
}

void close_holes(ir::Statement& statement) {
  for (ir::Step& step : statement.steps) step.operation = without_holes(step.operation, statement.kind);
  for (ir::Statement& inner : statement.body) close_holes(inner);
}

void set_runs(ir::Statement& statement, Tri runs) {
  statement.runs = statement.runs && runs;
  for (ir::Statement& inner : statement.body) set_runs(inner, runs);
}

}  // namespace

void read_execute(Reader& reader, const ExecuteTokens& tokens, const Constants& constants, Tri runs, std::vector<ir::Statement>& out) {
  const Span whole = reader.span(tokens.word, tokens.end);
  const DynamicText dynamic = evaluate(reader, tokens.text, tokens.text_end, constants);
  const bool readable = dynamic.holes == 0 || dynamic.starts_known;
  if (readable) {
    Options options;
    options.psql = false;
    Parsed parsed = parse(dynamic.text.host, options);
    const bool broken = std::ranges::any_of(parsed.statements, [](const ir::Statement& statement) { return statement.kind == "Invalid"; });
    if (!parsed.statements.empty() && !(broken && dynamic.holes > 0)) {
      bool opaque = false;
      for (ir::Statement& statement : parsed.statements) {
        if (dynamic.holes > 0) close_holes(statement);
        set_runs(statement, runs);
        for (const ir::Step& step : statement.steps) opaque = opaque || std::holds_alternative<ir::op::Opaque>(step.operation);
        out.push_back(std::move(statement));
      }
      for (ir::Unknown& unknown : parsed.unknown) reader.unknown(std::move(unknown));
      if (opaque && dynamic.holes > 0) reader.unknown(whole, "EXECUTE with a name that is read at run time");
      return;
    }
  }
  ir::Statement& statement = append_statement(out);
  statement.kind = "Execute";
  statement.span = whole;
  statement.runs = runs;
  add_step(statement, ir::op::Opaque{"EXECUTE of SQL that is built at run time", {}, true}, whole);
  reader.unknown(whole, "EXECUTE of SQL that is built at run time");
}

}  // namespace whimbrel::sql
