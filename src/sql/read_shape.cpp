// The SELECT list, FROM and WITH of a query, as far as its result's names and types need them.
#include "read_shape.h"

#include <memory>
#include <utility>

#include "read_expr.h"
#include "read_names.h"

namespace whimbrel::sql {
namespace {

/// Sub-selects in sub-selects, joins in joins, arms of UNION.
constexpr int kDeepest = 60;

/// The CTEs that a query sees, innermost last.
using Ctes = std::vector<std::pair<std::string, ir::SelectSource>>;

class ShapeReader {
 public:
  explicit ShapeReader(const Reader& reader) : reader_(reader) {}

  ir::SelectShapePtr read(const ::Node* node) {
    if (node == nullptr || tag_of(node) != T_SelectStmt || depth_ >= kDeepest) return nullptr;
    ++depth_;
    const std::size_t known = ctes_.size();
    ir::SelectShapePtr shape = select(as<SelectStmt>(node));
    ctes_.resize(known);
    --depth_;
    return shape;
  }

 private:
  ir::SelectShapePtr select(const SelectStmt* stmt) {
    if (stmt->withClause != nullptr) with(stmt->withClause);
    auto shape = std::make_shared<ir::SelectShape>();
    if (stmt->op != SETOP_NONE) {
      const ir::SelectShapePtr left = read(reinterpret_cast<const ::Node*>(stmt->larg));
      if (left == nullptr) return nullptr;
      *shape = *left;
      // A chain nests to the left: the arm nearest to the front decides together with each later one.
      ir::SelectShapePtr right = read(reinterpret_cast<const ::Node*>(stmt->rarg));
      if (left->other != nullptr) return shape;
      shape->other = std::move(right);
      return shape;
    }
    if (stmt->valuesLists != nullptr) {
      int number = 0;
      for (const ::Node* value : Items<>(as<List>(Items<>(stmt->valuesLists)[0]))) {
        shape->outputs.push_back(output("column" + std::to_string(++number), value));
      }
      return shape;
    }
    for (const ::Node* source : Items<>(stmt->fromClause)) from(source, *shape, 0);
    for (const ResTarget* target : Items<ResTarget>(stmt->targetList)) {
      shape->outputs.push_back(output(target->name != nullptr ? reader_.str(target->name) : output_name(reader_, target->val), target->val));
    }
    return shape;
  }

  ir::SelectOutput output(std::string name, const ::Node* value) {
    ir::SelectOutput read{std::move(name), nullptr, ir::SubSelect::none, nullptr};
    if (tag_of(value) != T_SubLink) {
      read.expr = read_expr(reader_, value);
      return read;
    }
    const auto* link = as<SubLink>(value);
    read.sub_select = link->subLinkType == EXPR_SUBLINK    ? ir::SubSelect::value
                      : link->subLinkType == ARRAY_SUBLINK ? ir::SubSelect::array
                                                           : ir::SubSelect::boolean;
    read.query = this->read(link->subselect);
    return read;
  }

  void with(const WithClause* clause) {
    for (const CommonTableExpr* cte : Items<CommonTableExpr>(clause->ctes)) {
      ir::SelectSource source;
      source.alias = reader_.str(cte->ctename);
      source.columns = read_strings(reader_, cte->aliascolnames);
      // Inside a recursive one its own name is no table: nothing is known of it there.
      if (clause->recursive) ctes_.emplace_back(source.alias, source);
      source.query = read(cte->ctequery);
      ctes_.emplace_back(source.alias, source);
    }
  }

  void name(ir::SelectSource& source, const Alias* alias) {
    if (alias == nullptr) return;
    source.alias = reader_.str(alias->aliasname);
    std::vector<std::string> columns = read_strings(reader_, alias->colnames);
    if (!columns.empty()) source.columns = std::move(columns);
  }

  void from(const ::Node* node, ir::SelectShape& shape, int depth) {
    ir::SelectSource source;
    switch (tag_of(node)) {
      case T_RangeVar: {
        const auto* relation = as<RangeVar>(node);
        source.alias = reader_.str(relation->relname);
        if (const ir::SelectSource* cte = relation->schemaname == nullptr ? find_cte(source.alias) : nullptr) {
          source = *cte;
        } else {
          source.relation = read_relation(reader_, relation).value;
        }
        name(source, relation->alias);
        break;
      }
      case T_RangeSubselect:
        source.query = read(as<RangeSubselect>(node)->subquery);
        name(source, as<RangeSubselect>(node)->alias);
        break;
      case T_JoinExpr: {
        const auto* join = as<JoinExpr>(node);
        if (depth >= kDeepest || join->alias != nullptr) break;  // an alias hides what is inside
        from(join->larg, shape, depth + 1);
        const std::size_t right = shape.from.size();
        from(join->rarg, shape, depth + 1);
        if (right < shape.from.size()) {
          shape.from[right].merged = read_strings(reader_, join->usingClause);
          shape.from[right].natural = join->isNatural;
        }
        return;
      }
      case T_RangeFunction: name(source, as<RangeFunction>(node)->alias); break;
      default: break;
    }
    shape.from.push_back(std::move(source));
  }

  const ir::SelectSource* find_cte(std::string_view wanted) const {
    for (auto cte = ctes_.rbegin(); cte != ctes_.rend(); ++cte) {
      if (cte->first == wanted) return &cte->second;
    }
    return nullptr;
  }

  const Reader& reader_;
  Ctes ctes_;
  int depth_ = 0;
};

}  // namespace

ir::SelectShapePtr read_shape(const Reader& reader, const ::Node* node) { return ShapeReader(reader).read(node); }

}  // namespace whimbrel::sql
