// env.py, by its syntax tree: transaction_per_migration, and timeouts that it sets for the session.
#include <optional>
#include <vector>

#include "host.h"
#include "surroundings.h"
#include "whimbrel/base/text.h"

namespace whimbrel::alembic {

namespace {

using python::Field;
using python::Node;
using python::NodeKind;
using python::Value;

/// Set, but to what cannot be told: as good as any time, for it is no oversight.
constexpr std::string_view kUnknown = "unknown";

/// Every node of the tree, in order; no recursion.
template <class Visit>
void for_each(Node root, Visit&& visit) {
  std::vector<Node> open{root};
  while (!open.empty()) {
    const Node node = open.back();
    open.pop_back();
    visit(node);
    std::vector<Node> children;
    for (const Node child : node.children()) children.push_back(child);
    open.insert(open.end(), children.rbegin(), children.rend());
  }
}

bool ends_word(char c) { return c == ' ' || c == '=' || c == '\'' || c == '"' || c == ';' || c == ',' || c == ')' || c == '\n' || c == '\t'; }

/// The value behind a setting's name: "SET lock_timeout = '5s'", "-c lock_timeout=5000", "SET lock_timeout TO 5",
/// "set_config('lock_timeout', '5s', false)". Nothing: the text sets it not. A sentence that only speaks of it has no sign behind it.
std::optional<std::string> setting_in(std::string_view text, std::string_view name, bool has_holes) {
  const std::string lower = to_lower(text);
  for (std::size_t at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
    std::size_t begin = at + name.size();
    const auto skip = [&](std::string_view some) {
      const std::size_t start = begin;
      while (begin < text.size() && some.contains(text[begin])) ++begin;
      return begin > start;
    };
    skip("'\"");
    const bool blank = skip(" ");
    bool sign = skip("=,");
    if (!sign && blank && lower.compare(begin, 3, "to ") == 0) {
      begin += 3;
      sign = true;
    }
    if (!sign) continue;
    skip(" '\"");
    std::size_t end = begin;
    while (end < text.size() && !ends_word(text[end])) ++end;
    std::string value(text.substr(begin, end - begin));
    if (value == "0") return std::nullopt;
    return value.empty() || has_holes ? std::string(kUnknown) : value;
  }
  return std::nullopt;
}

void take(std::string& setting, const std::optional<std::string>& value) {
  if (value && setting.empty()) setting = *value;
}

class Reader {
 public:
  Reader(std::string_view text, frontend::Surroundings& surroundings) : module_(text), found_(surroundings) {}

  void run() {
    for_each(module_.tree().root(), [this](Node node) {
      switch (node.kind()) {
        case NodeKind::keyword_argument: read_pair(node.child(Field::name).text(), node.child(Field::value)); break;
        case NodeKind::pair:
          if (node.child(Field::key).kind() == NodeKind::string) read_pair(python::decode(node.child(Field::key)).value, node.child(Field::value));
          break;
        case NodeKind::expression_statement:
          if (node.first().kind() == NodeKind::string) docstring_ = node.first();  // speaks of things, sets none
          break;
        case NodeKind::string:
          if (node != docstring_) read_text(node);
          break;
        default: break;
      }
    });
  }

 private:
  /// A constant of the module, or a literal.
  [[nodiscard]] const Value* constant(Node node) const { return node.kind() == NodeKind::identifier ? module_.global(node.text()) : nullptr; }

  [[nodiscard]] Tri truth_of(Node node) const {
    if (node.kind() == NodeKind::true_) return Tri::yes;
    if (node.kind() == NodeKind::false_ || node.kind() == NodeKind::none) return Tri::no;
    const Value* value = constant(node);
    return value != nullptr ? python::truth(*value) : Tri::unknown;
  }

  [[nodiscard]] std::optional<std::string> text_of(Node node) const {
    std::string text;
    if (node.kind() == NodeKind::string) {
      text = python::has_interpolations(node) ? std::string(kUnknown) : python::decode(node).value;
    } else if (node.kind() == NodeKind::integer) {
      text = node.text();
    } else if (const Value* value = constant(node); value != nullptr && value->constant()) {
      text = python::to_text(*value).value_or(std::string(kUnknown));
    } else {
      text = kUnknown;
    }
    return text == "0" || text.empty() ? std::nullopt : std::optional(text);
  }

  /// context.configure(transaction_per_migration=True), {"lock_timeout": "5s"}, connect_args={"server_settings": {…}}.
  void read_pair(std::string_view key, Node value) {
    if (key == "lock_timeout") take(found_.lock_timeout, text_of(value));
    if (key == "statement_timeout") take(found_.statement_timeout, text_of(value));
    // What cannot be told is taken for the one that claims less: nothing is held from one revision to the next.
    if (key == "transaction_per_migration" && truth_of(value) != Tri::no) found_.transaction = ir::TransactionMode::per_migration;
  }

  void read_text(Node node) {
    if (python::is_bytes(node)) return;
    const bool holes = python::has_interpolations(node);
    const std::string text = holes ? std::string(node.text()) : python::decode(node).value;
    take(found_.lock_timeout, setting_in(text, "lock_timeout", holes));
    take(found_.statement_timeout, setting_in(text, "statement_timeout", holes));
  }

  QuietModule module_;
  frontend::Surroundings& found_;
  Node docstring_;
};

}  // namespace

void read_environment(std::string_view text, frontend::Surroundings& surroundings) { Reader(text, surroundings).run(); }

}  // namespace whimbrel::alembic
