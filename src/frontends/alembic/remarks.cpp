// Remarks on a revision, by its syntax tree: which names hold what only a run can find, and where SQL is made of them.
#include "remarks.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "whimbrel/base/text.h"

namespace whimbrel::alembic {

namespace {

using python::Field;
using python::Node;
using python::NodeKind;

/// Every node below and with the root, in order, but for the subtrees that `enters` refuses; no recursion.
template <class Enters, class Visit>
void for_each(Node root, Enters&& enters, Visit&& visit) {
  std::vector<Node> open{root};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    if (!enters(node)) continue;
    visit(node);
    std::vector<Node> children;
    for (const Node child : node.children()) children.push_back(child);
    open.insert(open.end(), children.rbegin(), children.rend());
  }
}

template <class Visit>
void for_each(Node root, Visit&& visit) {
  for_each(root, [](Node) { return true; }, visit);
}

template <class Question>
bool any_of(Node root, Question&& question) {
  bool found = false;
  for_each(root, [&](Node) { return !found; }, [&](Node node) { found = found || question(node); });
  return found;
}

/// The last name of what is called: "execute" of op.execute(…).
std::string_view called(Node call) {
  const Node function = call.child(Field::function);
  return function.kind() == NodeKind::attribute ? function.child(Field::attribute).text() : function.text();
}

bool is_call_of(Node node, std::initializer_list<std::string_view> names) {
  return node.kind() == NodeKind::call && std::ranges::find(names, called(node)) != names.end();
}

bool runs_sql(Node node) { return is_call_of(node, {"execute", "exec_driver_sql", "scalar", "scalars"}); }
bool writes(Node node) { return runs_sql(node) || is_call_of(node, {"bulk_insert", "bulk_save_objects", "add", "merge", "bulk_update_mappings"}); }
bool gives_rows(Node node) { return is_call_of(node, {"execute", "exec_driver_sql", "fetchall", "fetchmany", "scalars", "query", "mappings"}); }

// ---- imports ----------------------------------------------------------------------------------------------------------

constexpr std::string_view kModelModules[] = {"models", "model", "entities", "orm_models", "db_models"};
constexpr std::string_view kLibraries[] = {"sqlalchemy", "alembic", "django", "pydantic", "transformers", "torch", "keras", "openai", "sqlmodel"};

/// Whether a dotted name has a part that is called as modules of models are, and is no library's.
bool names_models(std::string_view module) {
  const std::string_view first = module.substr(0, module.find('.'));
  if (std::ranges::find(kLibraries, first) != std::end(kLibraries)) return false;
  while (!module.empty()) {
    const std::size_t dot = std::min(module.find('.'), module.size());
    if (std::ranges::find(kModelModules, module.substr(0, dot)) != std::end(kModelModules)) return true;
    module.remove_prefix(std::min(dot + 1, module.size()));
  }
  return false;
}

void read_import(Node node, std::vector<ir::Remark>& out) {
  const auto add = [&](std::string_view module) {
    if (names_models(module)) out.push_back({ir::Remark::Kind::model_import, node.span(), std::string(module)});
    return names_models(module);
  };
  const Node from = node.child(Field::module_name);
  if (from && add(from.text())) return;
  for (const Node child : node.children()) {
    if (child == from || child.field() != Field::name) continue;
    const Node name = child.kind() == NodeKind::aliased_import ? child.child(Field::name) : child;
    if (from ? std::ranges::find(kModelModules, name.text()) != std::end(kModelModules) && add(std::string(from.text()) + "." + std::string(name.text())) : add(name.text())) return;
  }
}

// ---- names that hold what a run finds -----------------------------------------------------------------------------------

using Names = std::set<std::string, std::less<>>;

/// Calls that give nothing but what they are given, or what the text says.
bool is_plain_call(Node call) {
  return is_call_of(call, {"range", "enumerate", "zip", "list", "tuple", "set", "dict", "sorted", "reversed", "items", "keys", "values", "format", "join", "lower", "upper", "strip",
                           "replace", "split", "str", "text", "len", "Column", "Text", "String", "Integer", "table", "column", "literal", "get_bind", "get_context", "inspect", "dedent"});
}

/// Whether the value is known only when it runs: another call in it, or a name that holds such a value.
bool is_found_by_run(Node value, const Names& found) {
  return any_of(value, [&](Node node) {
    if (node.kind() == NodeKind::call) return !is_plain_call(node);
    if (node.kind() == NodeKind::attribute && node.text() == "os.environ") return true;
    return node.kind() == NodeKind::identifier && node.field() != Field::attribute && found.contains(node.text());
  });
}

void bind(Node target, Names& found) {
  for_each(target, [](Node node) { return node.kind() != NodeKind::attribute && node.kind() != NodeKind::subscript; },
           [&](Node node) {
             if (node.kind() == NodeKind::identifier) found.emplace(node.text());
           });
}

/// The names of a function that hold what only a run can find. Read in order; what a later line changes is not taken back.
Names found_names(Node function) {
  Names found;
  for_each(function, [&](Node node) {
    if (node.kind() == NodeKind::assignment && node.child(Field::right) && is_found_by_run(node.child(Field::right), found)) bind(node.child(Field::left), found);
    if ((node.kind() == NodeKind::for_statement || node.kind() == NodeKind::for_in_clause) && is_found_by_run(node.child(Field::right), found)) bind(node.child(Field::left), found);
  });
  return found;
}

// ---- what is done with them -----------------------------------------------------------------------------------------------

/// The first call or name in the expression that only a run can tell.
Node found_part(Node value, const Names& found) {
  Node part;
  for_each(value, [&](Node) { return !part; },
           [&](Node node) {
             if (node.kind() == NodeKind::call ? !is_plain_call(node) : node.kind() == NodeKind::identifier && node.field() != Field::attribute && found.contains(node.text())) part = node;
           });
  return part;
}

/// The expression that puts what a run finds into a text: an f-string's hole, an operand of % or +, an argument of format().
Node put_in(Node argument, const Names& found) {
  Node culprit;
  std::uint32_t chain_end = 0;   // of the operators that were looked at as one
  for_each(argument, [&](Node node) { return !culprit && node.kind() != NodeKind::lambda; },
           [&](Node node) {
             if (node.kind() == NodeKind::interpolation && is_found_by_run(node, found)) culprit = node;
             if (node.kind() == NodeKind::call && called(node) == "format" && is_found_by_run(node.child(Field::arguments), found)) culprit = node.child(Field::arguments);
             if (node.kind() != NodeKind::binary_operator || node.span().begin < chain_end) return;
             chain_end = node.span().end;
             if (any_of(node, [](Node part) { return part.kind() == NodeKind::string; })) culprit = found_part(node, found);
           });
  return culprit;
}

std::string shown(Node node) {
  std::string_view text = node.text();
  if (node.kind() == NodeKind::interpolation || node.kind() == NodeKind::argument_list) text = text.size() >= 2 ? text.substr(1, text.size() - 2) : text;
  constexpr std::size_t kMost = 60;
  return std::string(clip(trim(text), kMost));
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
}

/// By its letters alone, which spares most revisions a walk: it runs SQL, and has a loop or a text that is put together.
bool may_matter(std::string_view function) {
  return has_any(function, {"execute", "scalar", "exec_driver_sql"}) && has_any(function, {"for ", "f\"", "f'", "F\"", "F'", ".format(", "%", "+"});
}

void read_function(Node function, std::vector<ir::Remark>& out) {
  if (!may_matter(function.text()) || !any_of(function, runs_sql)) return;
  const Names found = found_names(function);
  const bool asks = any_of(function, gives_rows);
  std::uint32_t call_end = 0;   // of the call whose arguments were looked at
  std::uint32_t loop_end = 0;   // of the loop that was told: those inside are part of it
  for_each(function, [&](Node node) {
    if (node.kind() == NodeKind::for_statement && node.span().begin >= loop_end) {
      const Node rows = node.child(Field::right);
      const Node body = node.child(Field::body);
      const bool of_query = any_of(rows, gives_rows) || (asks && is_found_by_run(rows, found));
      if (of_query && body && any_of(body, writes)) {
        out.push_back({ir::Remark::Kind::row_loop, {node.span().file, node.span().begin, rows.span().end}, shown(rows)});
        loop_end = node.span().end;
      }
    }
    if (!runs_sql(node) || node.span().begin < call_end) return;
    call_end = node.span().end;
    const Node arguments = node.child(Field::arguments);
    const std::vector<Node> list = arguments ? arguments.named() : std::vector<Node>{};
    if (list.empty()) return;
    if (const Node culprit = put_in(list.front(), found)) out.push_back({ir::Remark::Kind::dynamic_sql, node.span(), shown(culprit)});
  });
}

}  // namespace

std::vector<ir::Remark> remarks(const python::Tree& tree) {
  std::vector<ir::Remark> found;
  const auto is_downgrade = [](Node node) { return node.kind() == NodeKind::function_definition && node.child(Field::name).text() == "downgrade"; };
  if (has_any(tree.text(), {"model", "entities"})) {
    for_each(tree.root(), [&](Node node) { return !is_downgrade(node); },
             [&](Node node) {
               if (node.kind() == NodeKind::import_statement || node.kind() == NodeKind::import_from_statement) read_import(node, found);
             });
  }
  for (Node node : tree.root().children()) {
    if (node.kind() == NodeKind::decorated_definition) node = node.child(Field::definition);
    if (node.kind() == NodeKind::function_definition && !is_downgrade(node)) read_function(node, found);
  }
  std::ranges::stable_sort(found, {}, &ir::Remark::span);
  return found;
}

}  // namespace whimbrel::alembic
