// The order of a revision graph: Kahn's algorithm over parents, the smallest id first.
#include "graph.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <queue>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace whimbrel::history {

namespace {

using Node = std::uint32_t;

/// Nodes are places in `migrations`, which are sorted by id: a smaller node has a smaller id.
class Graph {
 public:
  explicit Graph(History& history) : history_(history), migrations_(history.migrations), size_(static_cast<Node>(migrations_.size())) {
    for (Node node = 0; node < size_; ++node) {
      duplicate_.push_back(!by_id_.try_emplace(migrations_[node].id, node).second);
    }
    for (Node node = 0; node < size_; ++node) {
      for (const std::string& label : migrations_[node].labels) by_label_.try_emplace(label, node);
    }
    parents_.resize(size_);
    children_.resize(size_);
    has_revised_child_.resize(size_);
    for (Node node = 0; node < size_; ++node) link(node);
  }

  void place_all() {
    unplaced_parents_.reserve(size_);
    placed_.resize(size_);
    queued_.resize(size_);
    stamps_.resize(size_);
    for (Node node = 0; node < size_; ++node) {
      unplaced_parents_.push_back(static_cast<Node>(parents_[node].size()));
      if (parents_[node].empty()) enqueue(node);
    }
    Node smallest_unplaced = 0;
    while (order_.size() < size_) {
      if (ready_.empty()) {
        while (queued_[smallest_unplaced]) ++smallest_unplaced;
        enqueue(break_cycle(smallest_unplaced));
      }
      const Node node = ready_.top();
      ready_.pop();
      placed_[node] = true;
      order_.push_back(node);
      for (const Node child : children_[node]) {
        if (--unplaced_parents_[child] == 0) enqueue(child);
      }
    }
  }

  /// Every head where there are several of one branch, every base where there are several, in replay order. Branches with labels of their own
  /// are kept apart on purpose.
  void note_ends() {
    // Files that follow nothing and are followed by nothing are loose ones, unless there is a history that they should belong to.
    const bool is_history = std::ranges::count_if(migrations_, [](const ir::Migration& one) { return !one.parents.empty(); }) > 1;
    std::vector<Node> heads;
    std::vector<Node> bases;
    for (const Node node : order_) {
      if (duplicate_[node]) continue;
      if (!has_revised_child_[node] && (is_history || !migrations_[node].parents.empty())) heads.push_back(node);
      if (migrations_[node].parents.empty()) bases.push_back(node);
    }
    const std::vector<std::uint64_t> branches = branches_of_nodes();
    std::ranges::stable_sort(heads, {}, [&](Node head) { return branches[head]; });
    for (std::size_t begin = 0, end = 0; begin < heads.size(); begin = end) {
      while (end < heads.size() && branches[heads[end]] == branches[heads[begin]]) ++end;
      note_several(OrderProblem::Kind::multiple_heads, {heads.begin() + static_cast<std::ptrdiff_t>(begin), heads.begin() + static_cast<std::ptrdiff_t>(end)});
    }
    note_several(OrderProblem::Kind::multiple_bases, bases);
  }

  void sort_migrations() {
    std::vector<ir::Migration> sorted;
    sorted.reserve(size_);
    for (const Node node : order_) sorted.push_back(std::move(migrations_[node]));
    migrations_ = std::move(sorted);
  }

 private:
  void link(Node node) {
    const ir::Migration& migration = migrations_[node];
    for (const std::string& parent : migration.parents) {
      const auto found = by_id_.find(parent);
      if (found == by_id_.end()) {
        history_.problems.push_back({OrderProblem::Kind::missing_parent, migration.id, migration.id_span, parent, {}});
        continue;
      }
      add_edge(found->second, node);
      has_revised_child_[found->second] = true;
    }
    // What is not found here may be of another tree: no reason to complain.
    for (const std::string& wanted : migration.depends_on) {
      const auto found = by_id_.find(wanted);
      const auto labelled = found == by_id_.end() ? by_label_.find(wanted) : by_label_.end();
      if (found != by_id_.end()) add_edge(found->second, node);
      if (labelled != by_label_.end() && labelled->second != node) add_edge(labelled->second, node);
    }
  }

  void add_edge(Node parent, Node child) {
    if (std::ranges::find(parents_[child], parent) != parents_[child].end()) return;
    parents_[child].push_back(parent);
    children_[parent].push_back(child);
  }

  /// The labels that a node has inherited from its ancestors, and its own, a bit each; who has more than 64 does not keep them apart.
  std::vector<std::uint64_t> branches_of_nodes() const {
    std::vector<std::uint64_t> branches(size_);
    if (by_label_.empty()) return branches;
    std::unordered_map<std::string_view, std::uint64_t> bits;  // never iterated
    for (const Node node : order_) {
      for (const std::string& label : migrations_[node].labels) {
        const std::uint64_t next = bits.size() < 64 ? std::uint64_t{1} << bits.size() : 0;
        branches[node] |= bits.try_emplace(label, next).first->second;
      }
      for (const std::string& parent : migrations_[node].parents) {
        if (const auto found = by_id_.find(parent); found != by_id_.end()) branches[node] |= branches[found->second];
      }
    }
    return branches;
  }

  void enqueue(Node node) {
    if (queued_[node]) return;
    queued_[node] = true;
    ready_.push(node);
  }

  /// Walks from an unplaced node to its unplaced parents until it meets its own path: that is a cycle. Its smallest node goes first.
  Node break_cycle(Node start) {
    ++walk_;
    std::vector<Node> path;
    Node node = start;
    while (stamps_[node] != walk_) {
      stamps_[node] = walk_;
      path.push_back(node);
      const auto& parents = parents_[node];
      const auto unplaced = std::ranges::find_if(parents, [this](Node parent) { return !placed_[parent]; });
      if (unplaced == parents.end()) return node;  // cannot be: its number of unplaced parents is not 0
      node = *unplaced;
    }
    std::vector<Node> cycle(std::ranges::find(path, node), path.end());
    std::ranges::reverse(cycle);  // the walk went up; a person reads parents first
    std::ranges::rotate(cycle, std::ranges::min_element(cycle));
    OrderProblem problem{OrderProblem::Kind::cycle, migrations_[cycle[0]].id, migrations_[cycle[0]].id_span, {}, {}};
    std::vector<std::string> ids;
    for (const Node member : cycle) {
      ids.push_back(migrations_[member].id);
      if (member != cycle[0]) problem.others.push_back(migrations_[member].id_span);
    }
    problem.detail = join_ids(ids);
    history_.problems.push_back(std::move(problem));
    return cycle[0];
  }

  void note_several(OrderProblem::Kind kind, const std::vector<Node>& nodes) {
    if (nodes.size() < 2) return;
    // A hostile graph may have thousands of ends: each names a few of the others.
    constexpr std::size_t kOthers = 5;
    for (const Node node : nodes) {
      OrderProblem problem{kind, migrations_[node].id, migrations_[node].id_span, {}, {}};
      std::vector<std::string> ids;
      for (const Node other : nodes) {
        if (other == node) continue;
        ids.push_back(migrations_[other].id);
        problem.others.push_back(migrations_[other].id_span);
        if (ids.size() > kOthers) break;
      }
      problem.detail = join_ids(ids);
      history_.problems.push_back(std::move(problem));
    }
  }

  History& history_;
  std::vector<ir::Migration>& migrations_;
  Node size_;
  std::unordered_map<std::string_view, Node> by_id_;  // views into migrations_; never iterated
  std::unordered_map<std::string_view, Node> by_label_;  // likewise
  std::vector<bool> duplicate_;
  std::vector<std::vector<Node>> parents_;
  std::vector<std::vector<Node>> children_;
  std::vector<bool> has_revised_child_;  // in the sense of down_revision: depends_on makes no child
  std::vector<Node> unplaced_parents_;
  std::vector<bool> placed_;
  std::vector<bool> queued_;
  std::vector<Node> stamps_;
  Node walk_ = 0;
  std::priority_queue<Node, std::vector<Node>, std::greater<>> ready_;
  std::vector<Node> order_;
};

}  // namespace

std::string join_ids(const std::vector<std::string>& ids) {
  constexpr std::size_t kMost = 5;
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) text += ", ";
    if (i == kMost && ids.size() > kMost) return text + "…";
    text += ids[i];
  }
  return text;
}

void order_by_graph(History& history) {
  Graph graph(history);
  graph.place_all();
  graph.note_ends();
  graph.sort_migrations();
}

}  // namespace whimbrel::history
