// env.py: transaction_per_migration, and timeouts that it sets for the session.
#include "surroundings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "whimbrel/base/text.h"
#include "whimbrel/python/evaluator.h"

namespace whimbrel::alembic {

namespace {

using python::Field;
using python::Node;
using python::NodeKind;

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

/// The value behind a setting's name: "SET lock_timeout = '5s'", "-c lock_timeout=5000", "SET lock_timeout TO 5".
std::string setting_in(std::string_view text, std::string_view name) {
  const std::string lower = to_lower(text);
  const std::size_t at = lower.find(name);
  if (at == std::string::npos) return {};
  std::size_t begin = at + name.size();
  const auto skip_blanks = [&] {
    while (begin < text.size() && (text[begin] == ' ' || text[begin] == '=')) ++begin;
  };
  skip_blanks();
  if (lower.compare(begin, 3, "to ") == 0) begin += 3;
  skip_blanks();
  if (begin < text.size() && (text[begin] == '\'' || text[begin] == '"')) ++begin;
  std::size_t end = begin;
  while (end < text.size() && !ends_word(text[end])) ++end;
  return std::string(text.substr(begin, end - begin));
}

void take(std::string& setting, std::string value) {
  if (setting.empty()) setting = std::move(value);
}

/// {"lock_timeout": "5s"}, dict(lock_timeout="5s"), connect_args={"server_settings": {…}}.
void read_pair(std::string_view key, Node value, frontend::Surroundings& surroundings) {
  std::string text = value.kind() == NodeKind::string ? python::decode(value).value : std::string(value.text());
  if (key == "lock_timeout") take(surroundings.lock_timeout, std::move(text));
  if (key == "statement_timeout") take(surroundings.statement_timeout, std::move(text));
}

/// The folders of version_locations in alembic.ini.
std::vector<std::string> version_locations(std::string_view ini) {
  std::vector<std::string> folders;
  constexpr std::string_view kKey = "version_locations";
  for (std::size_t begin = 0; begin < ini.size();) {
    const std::size_t end = std::min(ini.find('\n', begin), ini.size());
    std::string_view line = ini.substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with(kKey)) continue;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) continue;
    line = trim(line.substr(equals + 1));
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t next = std::min(line.find_first_of(" ,:;", at), line.size());
      std::string folder(trim(line.substr(at, next - at)));
      constexpr std::string_view kHere = "%(here)s/";
      if (folder.starts_with(kHere)) folder.erase(0, kHere.size());
      if (!folder.empty()) folders.push_back(std::move(folder));
      at = next + 1;
    }
  }
  return folders;
}

}  // namespace

void read_environment(std::string_view text, frontend::Surroundings& surroundings) {
  const python::Tree tree(text, {});
  for_each(tree.root(), [&](Node node) {
    switch (node.kind()) {
      case NodeKind::keyword_argument: {
        const std::string_view name = node.child(Field::name).text();
        const Node value = node.child(Field::value);
        if (name == "transaction_per_migration" && value.kind() == NodeKind::true_) surroundings.transaction = ir::TransactionMode::per_migration;
        read_pair(name, value, surroundings);
        break;
      }
      case NodeKind::pair:
        if (node.child(Field::key).kind() == NodeKind::string) read_pair(python::decode(node.child(Field::key)).value, node.child(Field::value), surroundings);
        break;
      case NodeKind::string: {
        const std::string value = python::decode(node).value;
        take(surroundings.lock_timeout, setting_in(value, "lock_timeout"));
        take(surroundings.statement_timeout, setting_in(value, "statement_timeout"));
        break;
      }
      default: break;
    }
  });
}

frontend::Surroundings read_surroundings(const std::string& history, const frontend::NearbyFile& nearby) {
  (void)history;
  constexpr std::string_view kEnvironments[] = {"../env.py", "env.py", "../../env.py", "../../../env.py"};
  constexpr std::string_view kSettings[] = {"../alembic.ini", "../../alembic.ini", "alembic.ini", "../../../alembic.ini"};
  frontend::Surroundings surroundings;
  surroundings.transaction = ir::TransactionMode::single;
  for (const std::string_view path : kEnvironments) {
    if (const auto text = nearby(path)) {
      read_environment(*text, surroundings);
      break;
    }
  }
  for (const std::string_view path : kSettings) {
    if (const auto text = nearby(path)) {
      surroundings.version_locations = version_locations(*text);
      break;
    }
  }
  return surroundings;
}

}  // namespace whimbrel::alembic
