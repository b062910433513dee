// PL/pgSQL's EXECUTE as statements.
#pragma once

#include "dynamic_sql.h"

namespace whimbrel::sql {

/// EXECUTE at a token, its text [text, text_end), the statement's end.
struct ExecuteTokens {
  TokenIndex word = 0;
  TokenIndex text = 0;
  TokenIndex text_end = 0;
  TokenIndex end = 0;
};

/// Appends what EXECUTE runs. Names that are only known at run time make an op::Opaque and a note of what is unknown.
void read_execute(Reader& reader, const ExecuteTokens& tokens, const Constants& constants, Tri runs, std::vector<ir::Statement>& out);

}  // namespace whimbrel::sql
