// The target for PL/pgSQL bodies: the statement behind the DO block is always read, the one inside where the server takes the body.
#include <memory>

#include "fuzz/fuzz.h"

extern "C" {
#include "pg_query.h"
}

namespace whimbrel::fuzz {

namespace {

/// Whether libpg_query's PL/pgSQL parser, which is the server's, takes the body.
bool server_takes(const std::string& body) {
  if (body.contains('\0')) return false;
  const std::string text = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $whimbrel$" + body + "$whimbrel$";
  const PgQueryPlpgsqlParseResult result = pg_query_parse_plpgsql(text.c_str());
  const bool takes = result.error == nullptr;
  pg_query_free_plpgsql_parse_result(result);
  return takes;
}

}  // namespace

std::string plpgsql(std::string_view input) {
  const std::string path = "migrations/0001_step.sql";
  if (input.contains("$whimbrel$")) return {};
  const std::string body = "\nBEGIN\n" + std::string(input) + "\n;\n";
  const std::string whole_body = body + std::string(kGoodSql) + "END\n";
  std::string text = "DO $whimbrel$" + std::string(input) + "$whimbrel$;\nDO $whimbrel$" + body;
  const std::size_t inside = text.size();
  text += std::string(kGoodSql) + "END\n$whimbrel$;\n";
  const std::size_t behind = text.size();
  text += kGoodSql;
  const Case one{.files = {{path, text}}, .config = config_for(input), .was = {}, .since = false};
  const engine::Project project = open(one);
  const FileId file = file_of(project, path);
  if (is_read(project, file)) {
    if (!sees(project, file, behind)) return "the statement behind the block is lost";
    if (!sees(project, file, inside) && server_takes(whole_body)) return "the last statement of the block is lost";
  }
  return broken_promise(one, project);
}

}  // namespace whimbrel::fuzz
