// The floor of the bench: only reads the files and parses them, SQL with libpg_query's raw parser, Python with tree-sitter.
#include <tree_sitter/api.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

extern "C" {
#include "pg_query.h"
#include "pg_query/pg_query_internal.h"
const TSLanguage* tree_sitter_python();
}

namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool parse_sql(const std::string& text) {
  const MemoryContext context = pg_query_enter_memory_context();
  const PgQueryInternalParsetreeAndError result = pg_query_raw_parse(text.c_str(), PG_QUERY_PARSE_DEFAULT);
  const bool parsed = result.error == nullptr;
  if (!parsed) pg_query_free_error(result.error);
  free(result.stderr_buffer);
  pg_query_exit_memory_context(context);
  return parsed;
}

bool parse_python(const std::string& text) {
  TSParser* parser = ts_parser_new();
  ts_parser_set_language(parser, tree_sitter_python());
  TSTree* tree = ts_parser_parse_string(parser, nullptr, text.data(), static_cast<std::uint32_t>(text.size()));
  const bool parsed = !ts_node_has_error(ts_tree_root_node(tree));
  ts_tree_delete(tree);
  ts_parser_delete(parser);
  return parsed;
}

struct Count {
  std::size_t files = 0;
  std::size_t bytes = 0;
  std::size_t broken = 0;
};

void parse_file(const std::filesystem::path& path, Count& count) {
  const bool sql = path.extension() == ".sql";
  if (!sql && path.extension() != ".py") return;
  const std::string text = read(path);
  ++count.files;
  count.bytes += text.size();
  if (!(sql ? parse_sql(text) : parse_python(text))) ++count.broken;
}

}  // namespace

int main(int argc, char** argv) {
  Count count;
  for (int i = 1; i < argc; ++i) {
    const std::filesystem::path path(argv[i]);
    if (!std::filesystem::is_directory(path)) {
      parse_file(path, count);
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) parse_file(entry.path(), count);
  }
  std::cout << count.files << " files, " << count.bytes << " bytes, " << count.broken << " with errors\n";
  return 0;
}
