// From tree-sitter's concrete tree to ours: one flat array, built without recursion.
#include "whimbrel/python/syntax.h"

#include <tree_sitter/api.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "grammar.h"
#include "indentation.h"

namespace whimbrel::python {

namespace {

struct ParserDeleter {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
};
struct TreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

bool is_comment(TSNode node) {
  static const TSSymbol symbol = ts_language_symbol_for_name(tree_sitter_python(), "comment", 7, true);
  return ts_node_symbol(node) == symbol;
}

}  // namespace

/// Walks tree-sitter's tree once, in source order.
class TreeBuilder {
 public:
  explicit TreeBuilder(Tree& tree) : tree_(tree) {}

  void build(TSNode root) {
    add(root, Field::none);
    TSTreeCursor cursor = ts_tree_cursor_new(root);
    std::vector<std::uint32_t> parents{0};
    std::vector<std::uint32_t> last{0};  // last child so far of each open parent; 0: none
    bool down = ts_tree_cursor_goto_first_child(&cursor);
    while (down) {
      const std::uint32_t index = visit(cursor, parents.back(), last.back());
      if (index != 0 && ts_tree_cursor_goto_first_child(&cursor)) {
        parents.push_back(index);
        last.push_back(0);
        continue;
      }
      while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
        ts_tree_cursor_goto_parent(&cursor);
        parents.pop_back();
        last.pop_back();
        if (parents.empty()) {
          down = false;
          break;
        }
      }
    }
    ts_tree_cursor_delete(&cursor);
  }

 private:
  std::uint32_t add(TSNode node, Field field) {
    const TSSymbol symbol = ts_node_symbol(node);
    tree_.entries_.push_back({.kind = ts_node_is_named(node) ? kind_of_symbol(symbol) : NodeKind::token,
                              .field = field,
                              .begin = ts_node_start_byte(node),
                              .end = ts_node_end_byte(node)});
    return static_cast<std::uint32_t>(tree_.entries_.size() - 1);
  }

  void note_trouble(TSNode node) {
    const bool missing = ts_node_is_missing(node);
    if (!missing && !ts_node_is_error(node)) return;
    tree_.errors_.push_back({.span = {tree_.file_, ts_node_start_byte(node), ts_node_end_byte(node)}});
  }

  /// Index of the new node; 0 where the cursor's node is left out.
  std::uint32_t visit(const TSTreeCursor& cursor, std::uint32_t parent, std::uint32_t& last) {
    const TSNode node = ts_tree_cursor_current_node(&cursor);
    note_trouble(node);
    if (is_comment(node)) {
      tree_.comments_.push_back({tree_.file_, ts_node_start_byte(node), ts_node_end_byte(node)});
      return 0;
    }
    const Field field = kind_of_field(ts_tree_cursor_current_field_id(&cursor));
    if (!ts_node_is_named(node) && field == Field::none) return 0;
    const std::uint32_t index = add(node, field);
    if (last == 0) {
      tree_.entries_[parent].first = index;
    } else {
      tree_.entries_[last].next = index;
    }
    last = index;
    return index;
  }

  Tree& tree_;
};

Tree::Tree(std::string_view text, FileId file) : text_(text), file_(file) {
  const std::unique_ptr<TSParser, ParserDeleter> parser(ts_parser_new());
  ts_parser_set_language(parser.get(), tree_sitter_python());
  const std::unique_ptr<TSTree, TreeDeleter> tree(
      ts_parser_parse_string(parser.get(), nullptr, text.data(), static_cast<std::uint32_t>(text.size())));
  entries_.reserve(text.size() / 8 + 1);
  if (!tree) {
    entries_.push_back({.kind = NodeKind::error, .end = static_cast<std::uint32_t>(text.size())});
    errors_.push_back({.span = {file, 0, static_cast<std::uint32_t>(text.size())}});
    return;
  }
  const TSNode root = ts_tree_root_node(tree.get());
  if (ts_node_is_error(root)) errors_.push_back({.span = {file, ts_node_start_byte(root), ts_node_end_byte(root)}});
  TreeBuilder(*this).build(root);
  std::vector<SyntaxError> indentation = bad_indentation(*this);
  errors_.insert(errors_.end(), indentation.begin(), indentation.end());
  std::ranges::stable_sort(errors_, {}, &SyntaxError::span);
}

NodeKind Node::kind() const { return tree_ != nullptr ? tree_->entries_[index_].kind : NodeKind::other; }

Field Node::field() const { return tree_ != nullptr ? tree_->entries_[index_].field : Field::none; }

Span Node::span() const {
  if (tree_ == nullptr) return {};
  const Tree::Entry& entry = tree_->entries_[index_];
  return {tree_->file_, entry.begin, entry.end};
}

std::string_view Node::text() const {
  if (tree_ == nullptr) return {};
  const Tree::Entry& entry = tree_->entries_[index_];
  return tree_->text_.substr(entry.begin, entry.end - entry.begin);
}

Node Node::first() const {
  if (tree_ == nullptr || tree_->entries_[index_].first == 0) return {};
  return {tree_, tree_->entries_[index_].first};
}

Node Node::next() const {
  if (tree_ == nullptr || tree_->entries_[index_].next == 0) return {};
  return {tree_, tree_->entries_[index_].next};
}

Node Node::child(Field field) const {
  for (Node node = first(); node; node = node.next()) {
    if (node.field() == field) return node;
  }
  return {};
}

Node::Children Node::children() const { return Children(first()); }

std::vector<Node> Node::named() const {
  std::vector<Node> nodes;
  for (const Node node : children()) {
    if (node.kind() != NodeKind::token) nodes.push_back(node);
  }
  return nodes;
}

}  // namespace whimbrel::python
