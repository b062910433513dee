// The clauses that operations share, in their one-line form.
#include "line.h"

#include <string>
#include <utility>

#include "whimbrel/base/text.h"
#include "whimbrel/ir/referential_action.h"

namespace whimbrel::ir {
namespace {

std::string list_of(const std::vector<RelationName>& names) {
  std::string list;
  for (const RelationName& name : names) {
    if (!list.empty()) list += ", ";
    list += to_sql(name.value);
  }
  return list;
}

std::string list_of(const std::vector<ExprPtr>& expressions) {
  std::string list;
  for (const ExprPtr& expr : expressions) {
    if (!list.empty()) list += ", ";
    list += expr ? to_sql(*expr) : "?";
  }
  return list;
}

/// Empty for NO ACTION, the default.
std::string action_words(ReferentialAction action) { return action == ReferentialAction::no_action ? std::string() : to_lower(to_sql(action)); }

std::string_view kind_name(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::primary_key: return "primary key";
    case ConstraintKind::unique: return "unique";
    case ConstraintKind::foreign_key: return "foreign key";
    case ConstraintKind::check: return "check";
    case ConstraintKind::exclusion: return "exclude";
    case ConstraintKind::not_null: return "not null";
  }
  return "";
}

}  // namespace

Line& Line::word(std::string_view text) {
  if (!out_.empty()) out_ += ' ';
  out_ += text;
  return *this;
}

Line& Line::when(bool condition, std::string_view text) { return condition ? word(text) : *this; }

Line& Line::name(const QualifiedName& name) { return name.empty() ? *this : word(to_sql(name)); }

Line& Line::name(const Name& name) { return this->name(std::string_view(name.value)); }

Line& Line::name(std::string_view name) { return name.empty() ? *this : word(quote_identifier(name)); }

Line& Line::column(const RelationName& table, const Name& column) {
  return word(to_sql(table.value) + "." + quote_identifier(column.value));
}

Line& Line::clause(std::string_view key, std::string_view value) {
  if (value.empty()) return *this;
  return word(key).word(value);
}

Line& Line::clause(std::string_view key, const ExprPtr& expr) { return expr ? clause(key, to_sql(*expr)) : *this; }

Line& Line::type(const TypeName& type) { return word("\"" + to_sql(type) + "\""); }

Line& Line::text(std::string_view value) {
  std::string quoted = "'";
  for (const char c : value) {
    if (c == '\'') quoted += '\'';
    if (c == '\n') {
      quoted += "\\n";
      continue;
    }
    if (c == '\r') {
      quoted += "\\r";
      continue;
    }
    quoted += c;
  }
  return word(quoted + "'");
}

Line& Line::options(const std::vector<Option>& options) {
  if (options.empty()) return *this;
  std::string list = "(";
  for (const Option& option : options) {
    if (list.size() > 1) list += ", ";
    list += option.name;
    if (!option.value.empty()) list += " = " + option.value;
  }
  return word(list + ")");
}

Line& Line::query(const Query& query) {
  clause("reads", list_of(query.reads));
  clause("writes", list_of(query.writes));
  clause("calls", list_of(query.calls));
  if (!query.output.empty()) clause("output", to_sql(query.output));
  return when(query.has_where, "filtered").when(query.has_limit, "limited").when(query.for_update, "for update");
}

Line& Line::constraint(const Constraint& constraint) {
  if (!constraint.name.value.empty()) word("constraint").name(constraint.name);
  word(kind_name(constraint.kind));
  if (!constraint.columns.empty()) word("(" + to_sql(constraint.columns) + (constraint.without_overlaps ? " without overlaps)" : ")"));
  clause("using", constraint.method);
  if (!constraint.operators.empty()) {
    std::string list;
    for (const std::string& op : constraint.operators) list += (list.empty() ? "" : ", ") + op;
    clause("with", list);
  }
  if (constraint.expr) word("(" + to_sql(*constraint.expr) + ")");
  if (!constraint.including.empty()) word("include (" + to_sql(constraint.including) + ")");
  if (!constraint.references.value.empty()) {
    word("references").name(constraint.references);
    if (!constraint.referenced_columns.empty()) word("(" + to_sql(constraint.referenced_columns) + ")");
  }
  clause("on delete", action_words(constraint.on_delete)).clause("on update", action_words(constraint.on_update));
  if (!constraint.using_index.value.empty()) word("using index").name(constraint.using_index);
  when(constraint.nulls_not_distinct, "nulls not distinct").when(constraint.no_inherit, "no inherit");
  when(constraint.deferrable, "deferrable").when(constraint.initially_deferred, "initially deferred");
  return when(constraint.not_enforced, "not enforced").when(constraint.not_valid, "not valid");
}

Line& Line::column_def(const ColumnDef& column) {
  switch (column.serial) {
    case Serial::none: break;
    case Serial::small: word("smallserial"); break;
    case Serial::normal: word("serial"); break;
    case Serial::big: word("bigserial"); break;
  }
  if (column.type.value.known() || column.serial == Serial::none) type(column.type.value);
  if (!column.collation.empty()) word("collate").name(column.collation);
  when(column.not_null.has_value(), "not null").when(column.explicit_null, "null").clause("default", column.default_value);
  when(column.identity == Identity::always, "identity always").when(column.identity == Identity::by_default, "identity by default");
  when(column.generated == Generated::stored, "stored").when(column.generated == Generated::virtual_, "virtual");
  clause("as", column.generation).clause("storage", column.storage).clause("compression", column.compression);
  for (const Constraint& constraint : column.constraints) this->constraint(constraint);
  return *this;
}

Line& Line::elements(const std::vector<IndexElement>& elements) {
  std::string list = "(";
  for (const IndexElement& element : elements) {
    if (list.size() > 1) list += ", ";
    list += element.expr ? "(" + to_sql(*element.expr) + ")" : quote_identifier(element.column);
    if (!element.collation.empty()) list += " collate " + quote_identifier(element.collation);
    if (!element.opclass.empty()) list += " " + element.opclass;
    if (element.descending) list += " desc";
    if (element.nulls_first != Tri::unknown) list += element.nulls_first == Tri::yes ? " nulls first" : " nulls last";
  }
  return word(list + ")");
}

Line& Line::bound(const PartitionBound& bound) {
  if (bound.is_default) return word("default");
  switch (bound.strategy) {
    case PartitionStrategy::none: return *this;
    case PartitionStrategy::range: return word("from (" + list_of(bound.from) + ") to (" + list_of(bound.to) + ")");
    case PartitionStrategy::list: return word("in (" + list_of(bound.values) + ")");
    case PartitionStrategy::hash: return word("modulus " + std::to_string(bound.modulus) + " remainder " + std::to_string(bound.remainder));
  }
  return *this;
}

Line& Line::sequence(const op::SequenceOptions& options) {
  if (options.type) word("as").type(*options.type);
  if (!options.owned_by_table.value.empty()) word("owned by").column(options.owned_by_table, options.owned_by_column);
  return when(options.owned_by_none, "owned by none").when(options.restart, "restart").options(options.other);
}

}  // namespace whimbrel::ir
