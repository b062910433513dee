// One call of PostgreSQL's raw parser.
#include "parser.h"

namespace whimbrel::sql {
namespace {

/// The server counts characters from 1; 0 says nothing.
std::uint32_t byte_offset(std::string_view sql, int cursor) {
  if (cursor <= 0) return static_cast<std::uint32_t>(sql.size());
  std::size_t i = 0;
  for (int left = cursor - 1; left > 0 && i < sql.size(); --left) {
    ++i;
    while (i < sql.size() && (static_cast<unsigned char>(sql[i]) & 0xc0U) == 0x80U) ++i;
  }
  return static_cast<std::uint32_t>(i);
}

}  // namespace

ParseTree::ParseTree(const std::string& sql, Mode mode) : context_(pg_query_enter_memory_context()) {
  const int options = mode == Mode::type_name ? PG_QUERY_PARSE_TYPE_NAME : PG_QUERY_PARSE_DEFAULT;
  const PgQueryInternalParsetreeAndError result = pg_query_raw_parse(sql.c_str(), options);
  tree_ = result.tree;
  if (result.stderr_buffer != nullptr) free(result.stderr_buffer);
  if (result.error == nullptr) return;
  tree_ = nullptr;
  failure_ = ParseFailure{result.error->message == nullptr ? "" : result.error->message, byte_offset(sql, result.error->cursorpos)};
  pg_query_free_error(result.error);
}

ParseTree::~ParseTree() { pg_query_exit_memory_context(context_); }

}  // namespace whimbrel::sql
