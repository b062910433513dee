// op.execute, connection.execute and bulk_insert: SQL in strings goes to the SQL layer at its true offsets.
#include <fmt/format.h>

#include <algorithm>

#include "directives.h"
#include "expressions.h"

namespace whimbrel::alembic {

namespace {

/// text() takes \: for a colon that is no parameter.
python::Text without_escaped_colons(const python::Text& text) {
  if (text.value.find("\\:") == std::string::npos) return text;
  python::Text result;
  std::size_t begin = 0;
  while (true) {
    const std::size_t at = text.value.find("\\:", begin);
    result.append(text.part(begin, at));
    if (at == std::string::npos) return result;
    begin = at + 1;
  }
}

/// The byte of the text that came from this byte of the file; nothing where it came from elsewhere.
std::optional<std::size_t> text_offset(const python::Text& text, std::uint32_t place, bool end) {
  for (std::size_t i = 0; i < text.segments.size(); ++i) {
    const python::Segment& segment = text.segments[i];
    const std::size_t next = i + 1 < text.segments.size() ? text.segments[i + 1].text_begin : text.value.size();
    const auto length = static_cast<std::uint32_t>(next - segment.text_begin);
    const std::uint32_t file_end = segment.linear ? segment.file_begin + length : segment.file_end;
    const bool inside = end ? place > segment.file_begin && place <= file_end : place >= segment.file_begin && place < file_end;
    if (!inside) continue;
    if (segment.linear) return segment.text_begin + (place - segment.file_begin);
    return end ? next : segment.text_begin;
  }
  return std::nullopt;
}

/// The statement as the server gets it, where that differs from the bytes of the file.
std::string decoded_statement(const python::Text& text, Span span) {
  if (text.segments.size() < 2 && (text.segments.empty() || text.segments[0].linear)) return {};
  const auto begin = text_offset(text, span.begin, false);
  const auto end = text_offset(text, span.end, true);
  return begin && end && *begin < *end ? text.value.substr(*begin, *end - *begin) : text.value;
}

/// Where `complete` is false the text has holes: a hole where a name must stand is no parameter, though the grammar read it as a name.
void record(Recorder& recorder, const python::Text& text, sql::Parsed parsed, Span call, bool complete) {
  const auto names_hole = [](const ir::Statement& statement) {
    return std::any_of(statement.steps.begin(), statement.steps.end(), [](const ir::Step& step) { return ir::to_string(step.operation).find(":unknown\"") != std::string::npos; });
  };
  for (ir::Unknown& unknown : parsed.unknown) recorder.note(std::move(unknown));
  for (ir::Statement& statement : parsed.statements) {
    if (!complete && names_hole(statement)) {
      recorder.opaque(call, fmt::format("{} of something whose name cannot be told", statement.kind));
      continue;
    }
    statement.sql = decoded_statement(text, statement.span);
    recorder.emit_sql(std::move(statement), call);
  }
}

void execute_text(Recorder& recorder, const python::Text& given, Span call, bool complete) {
  if (!recorder.may_read(given.value.size())) return recorder.opaque(call, "the file runs too much SQL");
  const python::Text text = without_escaped_colons(given);
  sql::Parsed parsed = sql::parse(host_text(text, recorder.file()), {.psql = false, .templates = false, .placeholders = true});
  if (!complete) {
    // With holes, what parses is what it seems to be; what does not may be anything.
    const bool broken = parsed.statements.empty() || std::any_of(parsed.statements.begin(), parsed.statements.end(),
                                                                 [](const ir::Statement& statement) { return statement.kind == "Invalid"; });
    if (broken) return recorder.opaque(call, "the SQL is put together from what cannot be told");
  }
  record(recorder, text, std::move(parsed), call, complete);
}

/// text("…").bindparams(…).columns(…): the text().
const python::Call* text_call(const Value& value) {
  const auto* call = value.as<python::Call>();
  while (call != nullptr && call->receiver() != nullptr) call = call->receiver()->as<python::Call>();
  if (call == nullptr) return nullptr;
  const std::string_view name = construct(*call);
  return (name == "text" || name == "DDL" || name == "literal_column") && !call->args.empty() ? call : nullptr;
}

}  // namespace

void execute_value(Recorder& recorder, const Value& statement, Span call) {
  const python::Call* wrapped = text_call(statement);
  const Value& value = wrapped != nullptr ? wrapped->args[0] : statement;
  if (const auto* text = value.as<python::Text>()) return execute_text(recorder, *text, call, true);
  if (const auto text = text_with_holes(value)) {
    recorder.note(value.span, "the SQL has parts that cannot be told");
    return execute_text(recorder, *text, call, false);
  }
  if (wrapped == nullptr && execute_construct(recorder, statement, call)) return;
  recorder.opaque(call, said_of("the SQL", value));
}

void execute_sql(Recorder& recorder, const python::Text& text, Span call) {
  record(recorder, text, sql::parse(host_text(text, recorder.file()), {.psql = false, .templates = false, .placeholders = false}), call, true);
}

void execute(Directive& directive) {
  const Value* statement = directive.arguments.get("sqltext");
  if (statement == nullptr) return directive.arguments.fail("the SQL is missing");
  execute_value(directive.recorder, *statement, directive.span());
}

void bulk_insert(Directive& directive) {
  const Value* object = directive.arguments.get("table");
  const Value* rows = directive.arguments.get("rows");
  const auto table = object != nullptr ? table_of(*object) : std::nullopt;
  if (!table) return directive.arguments.fail(object != nullptr ? said_of("the table", *object) : "the table is missing");
  ir::op::Insert insert;
  insert.table = *table;
  if (const auto* items = rows != nullptr ? rows->items() : nullptr) {
    if (items->empty()) return;  // Alembic emits nothing then
    insert.rows = static_cast<std::uint32_t>(items->size());
    if (const auto* first = items->front().as<python::Dictionary>()) {
      for (const auto& [key, value] : first->entries) {
        if (const std::string* name = key.string()) insert.columns.push_back({*name, key.span});
      }
    }
  } else {
    directive.recorder.note(directive.span(), "the rows of bulk_insert are not known");
  }
  directive.recorder.emit("Insert", directive.span(), std::move(insert));
}

}  // namespace whimbrel::alembic
