// op.invoke(operation): operation objects, as alembic/operations/ops.py and alembic_utils/reversible_op.py construct them.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "directives.h"

namespace whimbrel::alembic {

namespace {

/// What AlterColumnOp calls otherwise than op.alter_column.
constexpr std::pair<std::string_view, std::string_view> kModified[] = {
    {"modify_nullable", "nullable"}, {"modify_comment", "comment"},      {"modify_server_default", "server_default"},
    {"modify_name", "new_column_name"}, {"modify_type", "type_"},
};

/// CreateTableOp(table_name, columns, …) holds in a list what op.create_table takes one by one. False where the list cannot be told.
bool spread_columns(python::Call& call) {
  const auto keyword = std::ranges::find(call.keywords, "columns", &python::Keyword::name);
  Value columns;
  if (keyword != call.keywords.end()) {
    columns = *keyword->value;
    call.keywords.erase(keyword);
  } else if (call.args.size() > 1) {
    columns = call.args[1];
    call.args.erase(call.args.begin() + 1);
  }
  const std::vector<Value>* items = columns.items();
  if (items == nullptr) return false;
  if (const auto table = std::ranges::find(call.keywords, "table_name", &python::Keyword::name); call.args.empty() && table != call.keywords.end()) {
    call.args.push_back(*table->value);
    call.keywords.erase(table);
  }
  call.args.insert(call.args.end(), items->begin(), items->end());
  return true;
}

}  // namespace

void invoke(Recorder& recorder, const python::Call& call, Span span) {
  const auto* made = !call.args.empty() ? call.args[0].as<python::Call>() : nullptr;
  const DirectiveInfo* info = made != nullptr ? find_operation(made->path()) : nullptr;
  if (info == nullptr) {
    const std::string what = call.args.empty() ? "nothing" : python::describe(call.args[0]);
    return recorder.opaque(span, fmt::format("op.invoke of {} is not known", what));
  }
  python::Call directive = *made;
  for (python::Keyword& keyword : directive.keywords) {
    const auto modified = std::ranges::find(kModified, keyword.name, [](const auto& names) { return names.first; });
    if (modified != std::end(kModified)) keyword.name = modified->second;
  }
  if (info->name == "create_table" && !spread_columns(directive)) {
    return recorder.opaque(span, "op.invoke: the columns of a CreateTableOp cannot be told");
  }
  run_directive(recorder, *info, directive, span, nullptr);
}

}  // namespace whimbrel::alembic
