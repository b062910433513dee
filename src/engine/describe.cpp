// What an operation changes, in words: a verb, the object, and what else a reader asks first.
#include "describe.h"

#include <fmt/format.h>

#include <type_traits>
#include <utility>
#include <variant>

#include "whimbrel/base/text.h"

namespace whimbrel::engine {
namespace {

namespace op = ir::op;
using Area = ChangeArea;
using Result = std::optional<Change>;

template <class T, class... Some>
concept OneOf = (std::is_same_v<T, Some> || ...);

/// Operations of the session, and those that leave schema and rows as they are.
template <class T>
concept ChangesNothing =
    OneOf<T, op::LockTable, op::Select, op::Vacuum, op::Analyze, op::Cluster, op::Checkpoint, op::Discard, op::SetParameter, op::SetRoleParameter,
          op::Transaction, op::Do, op::Notify, op::Explain, op::Prepare, op::Opaque, op::Invalid>;

/// Rare ones: their line says it.
template <class T>
concept SaidByItsLine = OneOf<T, op::AlterTable, op::MoveAllInTablespace, op::AlterSequence, op::AlterDomain, op::AlterCompositeType, op::AlterPolicy,
                              op::RenameObject, op::SetSchema, op::OwnerTo, op::Comment, op::Grant, op::CreateObject, op::AlterObject, op::DropObject,
                              op::AlterConstraint, op::AlterInherit>;

constexpr std::size_t kLongest = 160;   ///< bytes of an expression or a line

std::string cut(std::string text) {
  if (text.size() <= kLongest) return text;
  return std::string(clip(text, kLongest)) + "…";
}

std::string_view kind_name(ir::ConstraintKind kind) {
  switch (kind) {
    case ir::ConstraintKind::primary_key: return "primary key";
    case ir::ConstraintKind::unique: return "unique constraint";
    case ir::ConstraintKind::foreign_key: return "foreign key";
    case ir::ConstraintKind::check: return "CHECK constraint";
    case ir::ConstraintKind::exclusion: return "exclusion constraint";
    case ir::ConstraintKind::not_null: return "NOT NULL constraint";
  }
  return "constraint";
}

std::string listed(const std::vector<ir::Name>& names) { return names.empty() ? std::string() : fmt::format("({})", ir::to_sql(names)); }

class Describer {
 public:
  Describer(const ir::Operation& operation, const std::function<std::string(const ir::RelationName&)>& name_of) : operation_(operation), name_of_(name_of) {}

  template <ChangesNothing Op>
  Result operator()(const Op&) const { return std::nullopt; }
  template <SaidByItsLine Op>
  Result operator()(const Op&) const { return make(Area::other, "runs", cut(ir::to_string(operation_))); }

  // ---- tables
  Result operator()(const op::CreateTable& create) const {
    if (!create.partition_of.value.empty()) return make(Area::table, "creates partition", name_of_(create.table), "of " + name_of_(create.partition_of));
    return make(Area::table, create.foreign ? "creates foreign table" : "creates table", name_of_(create.table), columns(create));
  }
  Result operator()(const op::CreateTableAs& create) const {
    return make(Area::table, create.materialized_view ? "creates materialized view" : "creates table", name_of_(create.table), "from a query");
  }
  Result operator()(const op::DropTable& drop) const { return make(Area::table, "drops table", name_of_(drop.table), cascade(drop.cascade)); }
  Result operator()(const op::RenameTable& rename) const { return make(Area::table, "renames table", name_of_(rename.table), to(rename.new_name)); }
  Result operator()(const op::AttachPartition& attach) const {
    return make(attach.of_index ? Area::index : Area::table, "attaches", name_of_(attach.partition), "to " + name_of_(attach.table));
  }
  Result operator()(const op::DetachPartition& detach) const { return make(Area::table, "detaches", name_of_(detach.partition), "from " + name_of_(detach.table)); }

  // ---- columns
  Result operator()(const op::AddColumn& add) const { return column("adds column", add.table, add.column.name, definition(add.column)); }
  Result operator()(const op::DropColumn& drop) const { return column("drops column", drop.table, drop.column, cascade(drop.cascade)); }
  Result operator()(const op::RenameColumn& rename) const { return column("renames column", rename.table, rename.column, to(rename.new_name)); }
  Result operator()(const op::AlterColumnType& alter) const {
    return column("changes the type of", alter.table, alter.column, alter.type.value.known() ? "to " + ir::to_sql(alter.type.value) : "to a type that is not known");
  }
  Result operator()(const op::SetDefault& set) const { return column("sets the default of", set.table, set.column, expression("to ", set.value)); }
  Result operator()(const op::DropDefault& drop) const { return column("drops the default of", drop.table, drop.column); }
  Result operator()(const op::SetNotNull& set) const { return column("forbids NULL in", set.table, set.column); }
  Result operator()(const op::DropNotNull& drop) const { return column("allows NULL in", drop.table, drop.column); }
  Result operator()(const op::AddIdentity& add) const { return column("makes an identity column of", add.table, add.column); }
  Result operator()(const op::DropIdentity& drop) const { return column("drops the identity of", drop.table, drop.column); }
  Result operator()(const op::SetExpression& set) const { return column("sets the expression of", set.table, set.column, expression("to ", set.expression)); }
  Result operator()(const op::DropExpression& drop) const { return column("drops the expression of", drop.table, drop.column); }

  // ---- constraints
  Result operator()(const op::AddConstraint& add) const {
    const ir::Constraint& constraint = add.constraint;
    std::string detail = constraint.name.value.empty() ? listed(constraint.columns)
                                                       : fmt::format("{} {}", ir::quote_identifier(constraint.name.value), listed(constraint.columns));
    if (constraint.kind == ir::ConstraintKind::check) detail += expression(detail.empty() ? "(" : " (", constraint.expr) + ")";
    if (!constraint.references.value.empty()) detail += " to " + name_of_(constraint.references);
    if (constraint.not_valid) detail += ", not valid yet";
    return make(Area::constraint, fmt::format("adds {} to", kind_name(constraint.kind)), name_of_(add.table), std::string(trim(detail)));
  }
  Result operator()(const op::DropConstraint& drop) const { return constraint("drops constraint", drop.table, drop.constraint, cascade(drop.cascade)); }
  Result operator()(const op::ValidateConstraint& validate) const { return constraint("validates constraint", validate.table, validate.constraint); }
  Result operator()(const op::RenameConstraint& rename) const { return constraint("renames constraint", rename.table, rename.constraint, to(rename.new_name)); }

  // ---- indexes
  Result operator()(const op::CreateIndex& create) const {
    const std::string on = "on " + name_of_(create.table);
    const std::string verb = fmt::format("builds {}index", create.unique ? "unique " : "");
    const std::string detail = create.concurrently ? on + ", concurrently" : on;
    return make(Area::index, verb, create.name.value.empty() ? "(unnamed)" : ir::quote_identifier(create.name.value), detail);
  }
  Result operator()(const op::DropIndex& drop) const { return make(Area::index, "drops index", name_of_(drop.index), drop.concurrently ? "concurrently" : ""); }
  Result operator()(const op::Reindex& reindex) const {
    return make(Area::index, "rebuilds the indexes of", name_of_(reindex.target), reindex.concurrently ? "concurrently" : "");
  }

  // ---- rows
  Result operator()(const op::Truncate& truncate) const { return make(Area::data, "empties", name_of_(truncate.table), cascade(truncate.cascade)); }
  Result operator()(const op::Insert& insert) const {
    return make(Area::data, "inserts rows into", name_of_(insert.table), insert.from_query ? "from a query" : "");
  }
  Result operator()(const op::Update& update) const {
    const std::string which = update.has_where ? "where a condition holds" : "in every row";
    return make(Area::data, "updates", name_of_(update.table), update.columns.empty() ? which : fmt::format("{} {}", listed(update.columns), which));
  }
  Result operator()(const op::Delete& remove) const {
    return make(Area::data, "deletes from", name_of_(remove.table), remove.has_where ? "where a condition holds" : "every row");
  }
  Result operator()(const op::Merge& merge) const { return make(Area::data, "merges rows into", name_of_(merge.table)); }
  Result operator()(const op::Copy& copy) const {
    if (!copy.from) return std::nullopt;
    return make(Area::data, "copies rows into", name_of_(copy.table));
  }
  Result operator()(const op::RefreshMaterializedView& refresh) const { return make(Area::data, "refreshes", name_of_(refresh.view), refresh.concurrently ? "concurrently" : ""); }
  Result operator()(const op::Call& call) const { return make(Area::data, "calls", name_of_(call.procedure)); }

  // ---- everything else that has a name
  Result operator()(const op::CreateView& view) const { return make(Area::other, view.or_replace ? "creates or replaces view" : "creates view", name_of_(view.view)); }
  Result operator()(const op::DropView& drop) const {
    return make(Area::other, drop.materialized ? "drops materialized view" : "drops view", name_of_(drop.view), cascade(drop.cascade));
  }
  Result operator()(const op::CreateSequence& create) const { return make(Area::other, "creates sequence", name_of_(create.sequence)); }
  Result operator()(const op::DropSequence& drop) const { return make(Area::other, "drops sequence", name_of_(drop.sequence), cascade(drop.cascade)); }
  Result operator()(const op::CreateType& create) const { return make(Area::other, "creates type", name_of_(create.type)); }
  Result operator()(const op::AddEnumValue& add) const { return make(Area::other, "adds a value to type", name_of_(add.type), fmt::format("'{}'", add.value.value)); }
  Result operator()(const op::RenameEnumValue& rename) const {
    return make(Area::other, "renames a value of type", name_of_(rename.type), fmt::format("'{}' to '{}'", rename.value.value, rename.new_value.value));
  }
  Result operator()(const op::CreateDomain& create) const { return make(Area::other, "creates domain", name_of_(create.domain)); }
  Result operator()(const op::DropType& drop) const { return make(Area::other, drop.domain ? "drops domain" : "drops type", name_of_(drop.type), cascade(drop.cascade)); }
  Result operator()(const op::CreateSchema& create) const { return make(Area::other, "creates schema", ir::quote_identifier(create.schema.value)); }
  Result operator()(const op::DropSchema& drop) const { return make(Area::other, "drops schema", ir::quote_identifier(drop.schema.value), cascade(drop.cascade)); }
  Result operator()(const op::CreateExtension& create) const { return make(Area::other, "creates extension", ir::quote_identifier(create.extension.value)); }
  Result operator()(const op::DropExtension& drop) const { return make(Area::other, "drops extension", ir::quote_identifier(drop.extension.value), cascade(drop.cascade)); }
  Result operator()(const op::CreateFunction& create) const {
    return make(Area::other, fmt::format("creates {}{}", create.or_replace ? "or replaces " : "", create.procedure ? "procedure" : "function"), name_of_(create.function));
  }
  Result operator()(const op::DropFunction& drop) const {
    return make(Area::other, drop.procedure ? "drops procedure" : "drops function", name_of_(drop.function), cascade(drop.cascade));
  }
  Result operator()(const op::CreateTrigger& create) const { return attached("creates trigger", create.trigger, "on", create.table); }
  Result operator()(const op::DropTrigger& drop) const { return attached("drops trigger", drop.trigger, "of", drop.table); }
  Result operator()(const op::CreatePolicy& create) const { return attached("creates policy", create.policy, "on", create.table); }
  Result operator()(const op::DropPolicy& drop) const { return attached("drops policy", drop.policy, "of", drop.table); }
  Result operator()(const op::CreateRule& create) const { return attached("creates rule", create.rule, "on", create.table); }
  Result operator()(const op::DropRule& drop) const { return attached("drops rule", drop.rule, "of", drop.table); }

 private:
  static Result make(Area area, std::string verb, std::string object, std::string detail = "") {
    return Change{.area = area, .verb = std::move(verb), .object = std::move(object), .detail = std::move(detail)};
  }
  [[nodiscard]] Result column(std::string_view verb, const ir::RelationName& table, const ir::Name& name, std::string detail = "") const {
    return make(Area::column, std::string(verb), fmt::format("{}.{}", name_of_(table), ir::quote_identifier(name.value)), std::move(detail));
  }
  [[nodiscard]] Result constraint(std::string_view verb, const ir::RelationName& table, const ir::Name& name, const std::string& more = "") const {
    return make(Area::constraint, std::string(verb), ir::quote_identifier(name.value), fmt::format("of {}{}{}", name_of_(table), more.empty() ? "" : " ", more));
  }
  [[nodiscard]] Result attached(std::string_view verb, const ir::Name& name, std::string_view word, const ir::RelationName& table) const {
    return make(Area::other, std::string(verb), ir::quote_identifier(name.value), fmt::format("{} {}", word, name_of_(table)));
  }
  static std::string cascade(bool is) { return is ? "with all that depends on it" : ""; }
  static std::string to(const ir::Name& name) { return "to " + ir::quote_identifier(name.value); }
  static std::string expression(std::string_view before, const ir::ExprPtr& value) { return value ? cut(std::string(before) + ir::to_sql(*value)) : std::string(before); }
  static std::string columns(const op::CreateTable& create) {
    if (create.columns.empty()) return "";
    return fmt::format("{} column{}", create.columns.size(), create.columns.size() == 1 ? "" : "s");
  }
  static std::string definition(const ir::ColumnDef& column) {
    std::string text = column.type.value.known() ? ir::to_sql(column.type.value) : "of a type that is not known";
    if (column.not_null) text += ", not null";
    if (column.default_value) text += expression(", default ", column.default_value);
    if (column.identity != ir::Identity::none) text += ", identity";
    if (column.generated != ir::Generated::none) text += ", generated";
    for (const ir::Constraint& constraint : column.constraints) {
      if (constraint.kind != ir::ConstraintKind::not_null) text += fmt::format(", {}", kind_name(constraint.kind));
    }
    return text;
  }

  const ir::Operation& operation_;
  const std::function<std::string(const ir::RelationName&)>& name_of_;
};

}  // namespace

std::optional<Change> describe(const ir::Operation& operation, const std::function<std::string(const ir::RelationName&)>& name_of) {
  return std::visit(Describer(operation, name_of), operation);
}

}  // namespace whimbrel::engine
