// Views, sequences, schemas, extensions.
#include "read_names.h"
#include "read_query.h"
#include "read_shape.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

ir::Persistence persistence(const RangeVar* relation) {
  if (relation->relpersistence == 't') return ir::Persistence::temporary;
  return relation->relpersistence == 'u' ? ir::Persistence::unlogged : ir::Persistence::permanent;
}

op::SequenceOptions sequence_options(const Reader& reader, const List* options) {
  op::SequenceOptions read;
  for (const DefElem* option : Items<DefElem>(options)) {
    const std::string_view name = option->defname;
    if (name == "as") {
      read.type = read_type(reader, as<::TypeName>(option->arg));
    } else if (name == "restart") {
      read.restart = true;
      if (option->arg != nullptr) read.other.push_back(read_option(reader, option));
    } else if (name == "owned_by") {
      const Items<::String> parts(as<List>(option->arg));
      const int count = parts.size();
      if (count == 1) {
        read.owned_by_none = true;
        continue;
      }
      const TokenIndex begin = reader.at(option->location) + 2;  // behind OWNED BY
      const TokenIndex end = reader.name_end(begin);
      read.owned_by_column = reader.name(parts[count - 1]->sval, end - 1);
      read.owned_by_table.value.name = reader.str(parts[count - 2]->sval);
      if (count > 2) read.owned_by_table.value.schema = reader.str(parts[count - 3]->sval);
      read.owned_by_table.span = reader.span(begin, end - 2);
    } else {
      read.other.push_back(read_option(reader, option));
    }
  }
  return read;
}

}  // namespace

void read_create_view(Reader& reader, const ViewStmt* stmt, ir::Statement& out) {
  out.kind = "CreateView";
  op::CreateView op;
  op.view = read_relation(reader, stmt->view);
  op.or_replace = stmt->replace;
  op.persistence = persistence(stmt->view);
  op.columns = read_strings(reader, stmt->aliases);
  op.options = read_options(reader, stmt->options);
  op.query = read_query(reader, stmt->query, reader.span(reader.find(0, reader.count(), "as") + 1, reader.count()));
  op.query.shape = read_shape(reader, stmt->query);
  add_step(out, std::move(op), reader.whole());
}

void read_refresh(Reader& reader, const RefreshMatViewStmt* stmt, ir::Statement& out) {
  out.kind = "RefreshMaterializedView";
  add_step(out, op::RefreshMaterializedView{read_relation(reader, stmt->relation), stmt->concurrent, !stmt->skipData}, reader.whole());
}

void read_create_sequence(Reader& reader, const CreateSeqStmt* stmt, ir::Statement& out) {
  out.kind = "CreateSequence";
  op::CreateSequence op;
  op.sequence = read_relation(reader, stmt->sequence);
  op.persistence = persistence(stmt->sequence);
  op.if_not_exists = stmt->if_not_exists;
  op.options = sequence_options(reader, stmt->options);
  add_step(out, std::move(op), reader.whole());
}

void read_alter_sequence(Reader& reader, const AlterSeqStmt* stmt, ir::Statement& out) {
  out.kind = "AlterSequence";
  add_step(out, op::AlterSequence{read_relation(reader, stmt->sequence), stmt->missing_ok, sequence_options(reader, stmt->options)}, reader.whole());
}

void read_create_schema(Reader& reader, const CreateSchemaStmt* stmt, ir::Statement& out) {
  out.kind = "CreateSchema";
  Cursor cursor(reader, 2);
  cursor.accept({"if", "not", "exists"});
  op::CreateSchema op;
  op.if_not_exists = stmt->if_not_exists;
  if (stmt->schemaname != nullptr) {
    op.schema = reader.name(stmt->schemaname, cursor.index());
  } else if (stmt->authrole != nullptr) {  // AUTHORIZATION role: the schema has the role's name
    op.schema = {std::string(read_role(stmt->authrole)), reader.token_span(cursor.index() + 1)};
  }
  add_step(out, std::move(op), reader.whole());
  // The elements are statements without semicolons: each begins at a CREATE or GRANT of the outermost level.
  std::vector<TokenIndex> starts;
  for (TokenIndex i = cursor.index() + 1; i < reader.count(); ++i) {
    if (reader.is(i, "create") || (reader.is(i, "grant") && !reader.is(i - 1, "with"))) starts.push_back(i);
    if (reader.is_symbol(i, '(')) i = reader.match(i);
  }
  const Items<> elements(stmt->schemaElts);
  for (int i = 0; i < elements.size(); ++i) {
    const auto k = static_cast<std::size_t>(i);
    ir::Statement& element = append_statement(out.body);
    Reader inner = k < starts.size() ? reader.part(starts[k], k + 1 < starts.size() ? starts[k + 1] : reader.count()) : reader.part(0, reader.count());
    element.span = inner.whole();
    read_statement(inner, elements[i], element);
  }
}

void read_create_extension(Reader& reader, const CreateExtensionStmt* stmt, ir::Statement& out) {
  out.kind = "CreateExtension";
  Cursor cursor(reader, 2);
  cursor.accept({"if", "not", "exists"});
  op::CreateExtension op;
  op.extension = reader.name(stmt->extname, cursor.index());
  op.if_not_exists = stmt->if_not_exists;
  for (const DefElem* option : Items<DefElem>(stmt->options)) {
    if (std::string_view(option->defname) == "new_version") op.version = read_value(reader, option->arg);
    if (std::string_view(option->defname) != "schema") continue;
    op.schema = {read_value(reader, option->arg), reader.token_span(reader.at(option->location) + 1)};
  }
  add_step(out, std::move(op), reader.whole());
}

}  // namespace whimbrel::sql
