// Statements that the server refuses inside a transaction block: whatever is CONCURRENTLY, VACUUM, CREATE DATABASE, …
#include <fmt/format.h>
#include <algorithm>
#include <cctype>

#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// The statement by its words: "CREATE INDEX CONCURRENTLY".
std::string words(const rule::Context& context, const ir::Statement& statement) {
  if (statement.steps.empty()) return "This statement";
  const auto known =
      std::visit(ir::Overloaded{
                     [](const ir::op::CreateIndex&) { return std::string("CREATE INDEX CONCURRENTLY"); },
                     [](const ir::op::DropIndex&) { return std::string("DROP INDEX CONCURRENTLY"); },
                     [](const ir::op::Reindex& reindex) {
                       return std::string(reindex.concurrently ? "REINDEX CONCURRENTLY" : "This REINDEX");
                     },
                     [](const ir::op::DetachPartition&) { return std::string("DETACH PARTITION CONCURRENTLY"); },
                     [](const ir::op::AddEnumValue&) { return std::string("ALTER TYPE … ADD VALUE"); },
                     [](const ir::op::Vacuum&) { return std::string("VACUUM"); },
                     [](const auto&) { return std::string(); },
                 },
                 statement.steps.front().operation);
  if (!known.empty()) return known;
  const std::string_view text =
      statement.sql.empty() ? context.source(statement.span) : std::string_view(statement.sql);
  const std::size_t first = text.find(' ');
  std::string start(text.substr(0, first == std::string_view::npos ? first : text.find(' ', first + 1)));
  std::ranges::transform(start, start.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return start;
}

std::string why(const rule::Context& context) {
  using Kind = facts::TransactionState::Kind;
  if (context.moment().outermost.kind == "Do") return "a DO block is always in one";
  switch (context.transaction().kind) {
    case Kind::explicit_block:
      return "one is open here";
    case Kind::runner: {
      const std::string& runner = context.moment().migration.runner;
      return fmt::format("{} wraps the migration in one", runner.empty() ? "the runner" : runner);
    }
    case Kind::implicit_string:
      return "the file is sent as one string, which makes its statements one";
    case Kind::none:
      break;
  }
  return "one is open";
}

/// An enum that the same transaction has made takes values in it, before 12 too.
bool adds_to_own_enum(const rule::Context& context, const ir::Statement& statement) {
  if (statement.steps.empty()) return false;
  const auto* add = std::get_if<ir::op::AddEnumValue>(&statement.steps.front().operation);
  const catalog::Type* type = add == nullptr ? nullptr : context.catalog().find_type(add->type.value);
  return type != nullptr && context.made_in_this_transaction(type->origin);
}

void on_statement(const rule::StatementStart& start, rule::Context& context) {
  // Of a DO block the statement inside speaks.
  if (!start.statement.body.empty() || !context.statement_effects().forbids_transaction ||
      !rule::in_transaction(context))
    return;
  if (adds_to_own_enum(context, start.statement)) return;
  Finding& finding = context.report(start.statement.span, fmt::format("{} fails inside a transaction block, and {}",
                                                                      words(context, start.statement), why(context)));
  if (!context.transaction().opened.empty()) {
    rule::add_label(finding, context.transaction().opened, "the transaction begins here");
  }
  finding.help = rule::leave_transaction(context);
}

}  // namespace

extern constinit const rule::RuleChecks concurrently_in_transaction = rule::subscribe<on_statement>();

}  // namespace whimbrel::rules
