// The runner's configuration for all its migrations.
#include <array>

#include "read.h"
#include "settings.h"
#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

std::string_view value_of(std::string_view text) {
  text = trim(text);
  if (!text.empty() && (text[0] == '"' || text[0] == '\'')) {
    const std::size_t close = text.find(text[0], 1);
    return text.substr(1, close == std::string_view::npos ? close : close - 1);
  }
  return trim(text.substr(0, text.find(" #")));
}

/// Timeouts that a script sets for the session.
void read_timeouts(const std::string& script, frontend::Surroundings& found) {
  for (const ir::Statement& statement : sql::parse(sql::HostText::plain(script, FileId{})).statements) {
    for (const ir::Step& step : statement.steps) {
      const auto* set = std::get_if<ir::op::SetParameter>(&step.operation);
      if (set == nullptr || set->action != ir::op::ParameterAction::set || set->local || !set->known) continue;
      if (set->name.value == "lock_timeout") found.lock_timeout = set->value;
      if (set->name.value == "statement_timeout") found.statement_timeout = set->value;
    }
  }
}

}  // namespace

std::optional<std::string> setting(std::string_view text, std::string_view key) {
  std::optional<std::string> found;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    const std::string_view line = trim(text.substr(0, newline));
    text = newline == std::string_view::npos ? std::string_view{} : text.substr(newline + 1);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || line[0] == '#' || line[0] == ';') continue;
    std::string_view written = trim(line.substr(0, equals));
    if (const std::size_t dot = written.rfind('.'); dot != std::string_view::npos) written.remove_prefix(dot + 1);
    if (equals_ignoring_case(written, key)) found = std::string(value_of(line.substr(equals + 1)));
  }
  return found;
}

std::optional<std::string> flyway_configuration(const frontend::NearbyFile& nearby) {
  constexpr std::array<std::string_view, 3> kNames{"flyway.conf", "flyway.toml", "conf/flyway.conf"};
  for (const std::string_view up : {"", "../", "../../"}) {
    for (const std::string_view name : kNames) {
      if (auto text = nearby(std::string(up) + std::string(name))) return text;
    }
  }
  return std::nullopt;
}

frontend::Surroundings surroundings(const std::string& /*history*/, const frontend::NearbyFile& nearby) {
  frontend::Surroundings found;
  if (const auto text = flyway_configuration(nearby)) {
    if (const auto script = setting(*text, "initSql")) read_timeouts(*script, found);
  }
  return found;
}

}  // namespace whimbrel::frontends::sql_files
