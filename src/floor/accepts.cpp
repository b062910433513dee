// What scripts/regression compares with: reads texts that end in NUL, and says of each whether PostgreSQL's grammar takes it (1) or not (0).
#include <iostream>
#include <string>

extern "C" {
#include "pg_query.h"
#include "pg_query/pg_query_internal.h"
}

int main() {
  std::string text;
  while (std::getline(std::cin, text, '\0')) {
    const MemoryContext context = pg_query_enter_memory_context();
    const PgQueryInternalParsetreeAndError result = pg_query_raw_parse(text.c_str(), PG_QUERY_PARSE_DEFAULT);
    std::cout << (result.error == nullptr ? '1' : '0');
    if (result.error != nullptr) pg_query_free_error(result.error);
    free(result.stderr_buffer);
    pg_query_exit_memory_context(context);
  }
  std::cout << '\n';
  return 0;
}
