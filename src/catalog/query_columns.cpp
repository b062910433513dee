// The columns of a query's result: stars expanded, each item typed.
#include <algorithm>
#include <utility>

#include "expr_type.h"
#include "names.h"

namespace whimbrel::catalog {

namespace {

constexpr int kDeepest = 60;

/// Something in FROM with its columns; nothing: not known. Not `whole`: it may have others too.
struct Scoped {
  std::string alias;
  std::optional<std::vector<Column>> columns;
  bool whole = true;
  std::vector<std::string> merged;
};

class QueryColumns {
 public:
  explicit QueryColumns(const Catalog& catalog) : catalog_(catalog) {}

  std::optional<std::vector<Column>> of(const ir::SelectShape& shape) {
    if (depth_ >= kDeepest) return std::nullopt;
    ++depth_;
    std::optional<std::vector<Column>> columns = outputs(shape);
    if (columns && shape.other) {
      const std::optional<std::vector<Column>> other = of(*shape.other);
      for (std::size_t i = 0; i < columns->size(); ++i) {
        ir::TypeName& type = (*columns)[i].type;
        type = other && i < other->size() ? common_type(type, (*other)[i].type) : ir::TypeName{};
      }
    }
    --depth_;
    return columns;
  }

 private:
  std::optional<std::vector<Column>> outputs(const ir::SelectShape& shape) {
    const std::size_t outer = scopes_.size();
    std::vector<Scoped> scope;
    for (const ir::SelectSource& source : shape.from) scope.push_back(scoped(source, scope));
    scopes_.push_back(std::move(scope));
    std::optional<std::vector<Column>> columns(std::in_place);
    for (const ir::SelectOutput& output : shape.outputs) {
      if (output.expr && output.expr->kind == ir::ExprKind::column && !output.expr->names.empty() && output.expr->names.back() == "*") {
        if (expand(output.expr->names, *columns)) continue;
        columns.reset();
        break;
      }
      Column column;
      column.name = clip_name(output.name);
      column.type = type_of_output(output);
      columns->push_back(std::move(column));
    }
    scopes_.resize(outer);
    return columns;
  }

  ir::TypeName type_of_output(const ir::SelectOutput& output) {
    if (output.sub_select == ir::SubSelect::boolean) {
      ir::TypeName type;
      type.name = "boolean";
      return type;
    }
    if (output.sub_select != ir::SubSelect::none) {
      const std::optional<std::vector<Column>> inner = output.query ? of(*output.query) : std::nullopt;
      ir::TypeName type = inner && inner->size() == 1 ? inner->front().type : ir::TypeName{};
      if (output.sub_select == ir::SubSelect::array && type.known()) type.dimensions = 1;
      return type;
    }
    if (!output.expr) return {};
    return type_of(catalog_, *output.expr, [this](const std::vector<std::string>& names) { return column_type(names); });
  }

  Scoped scoped(const ir::SelectSource& source, const std::vector<Scoped>& before) {
    Scoped result;
    result.alias = source.alias;
    result.merged = source.merged;
    if (source.query) {
      result.columns = of(*source.query);
    } else if (!source.relation.empty()) {
      const Relation* relation = catalog_.find_relation(source.relation);
      if (relation != nullptr && !relation->columns.empty()) result.columns.emplace(relation->columns.begin(), relation->columns.end());
      result.whole = relation != nullptr && relation->exact;
    }
    if (result.columns) {
      for (std::size_t i = 0; i < source.columns.size() && i < result.columns->size(); ++i) (*result.columns)[i].name = source.columns[i];
    }
    if (source.natural && result.columns) {
      for (const Column& column : *result.columns) {
        const bool shared = std::ranges::any_of(before, [&](const Scoped& other) { return other.columns && has(*other.columns, column.name); });
        if (shared) result.merged.push_back(column.name);
      }
    }
    return result;
  }

  static bool has(const std::vector<Column>& columns, std::string_view name) {
    return std::ranges::find(columns, name, &Column::name) != columns.end();
  }

  /// `*` or `alias.*`. False: not known.
  bool expand(const std::vector<std::string>& names, std::vector<Column>& columns) const {
    const std::vector<Scoped>& scope = scopes_.back();
    if (names.size() == 1 && scope.empty()) return false;
    std::vector<std::string> merged;
    if (names.size() == 1) {
      // Merged columns come first, in the order of the last join's list.
      for (auto source = scope.rbegin(); source != scope.rend(); ++source) {
        for (const std::string& name : source->merged) {
          if (std::ranges::find(merged, name) != merged.end()) continue;
          merged.push_back(name);
          Column column;
          column.name = name;
          column.type = column_type({name});
          columns.push_back(std::move(column));
        }
      }
    }
    bool any = false;
    for (const Scoped& source : scope) {
      if (names.size() > 1 && source.alias != names[names.size() - 2]) continue;
      any = true;
      if (!source.columns || !source.whole) return false;
      for (const Column& of_source : *source.columns) {
        if (std::ranges::find(merged, of_source.name) != merged.end()) continue;
        Column column;
        column.name = of_source.name;
        column.type = of_source.type;
        columns.push_back(std::move(column));
      }
    }
    return any;
  }

  ir::TypeName column_type(const std::vector<std::string>& names) const {
    if (names.empty()) return {};
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      for (const Scoped& source : *scope) {
        if (names.size() > 1 && source.alias != names[names.size() - 2]) continue;
        if (!source.columns) return {};  // it may have the column: what follows is not sure
        const auto found = std::ranges::find(*source.columns, names.back(), &Column::name);
        if (found != source.columns->end()) return found->type;
        if (!source.whole) return {};
      }
    }
    return {};
  }

  const Catalog& catalog_;
  std::vector<std::vector<Scoped>> scopes_;
  int depth_ = 0;
};

}  // namespace

std::optional<std::vector<Column>> columns_of(const Catalog& catalog, const ir::SelectShape& shape) {
  std::optional<std::vector<Column>> columns = QueryColumns(catalog).of(shape);
  if (!columns) return columns;
  for (Column& column : *columns) {
    if (column.type.name == "unknown" && column.type.schema.empty()) column.type.name = "text";  // since PostgreSQL 10
    column.type.dimensions = column.type.dimensions > 0 ? 1 : 0;
  }
  return columns;
}

}  // namespace whimbrel::catalog
