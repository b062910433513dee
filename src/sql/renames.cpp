// ALTER … RENAME, SET SCHEMA, OWNER TO, and COMMENT ON.
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

/// The name before the word: RENAME [COLUMN | CONSTRAINT | ATTRIBUTE | VALUE] name TO new.
TokenIndex before_to(const Reader& reader) {
  for (TokenIndex i = reader.count(); i-- > 1;) {
    if (reader.is(i, "to")) return i - 1;
  }
  return 0;
}

/// The object's name by its tokens: behind the kind's words and IF EXISTS, ON for what belongs to a table.
Span object_span(const Reader& reader, TokenIndex from, ObjectType type) {
  switch (type) {
    case OBJECT_MATVIEW:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_ACCESS_METHOD:
    case OBJECT_EVENT_TRIGGER:
    case OBJECT_OPCLASS:
    case OBJECT_OPFAMILY: from += 2; break;
    case OBJECT_LANGUAGE: from += reader.is(from, "procedural") ? 2 : 1; break;
    case OBJECT_LARGEOBJECT: from += 2; break;
    case OBJECT_FDW:
    case OBJECT_TSCONFIGURATION:
    case OBJECT_TSDICTIONARY:
    case OBJECT_TSPARSER:
    case OBJECT_TSTEMPLATE: from += 3; break;
    default: from += 1; break;
  }
  Cursor cursor(reader, from);
  cursor.accept({"if", "exists"});
  return cursor.name();
}

ir::RelationName object_of(const Reader& reader, const RangeVar* relation, const ::Node* object, ObjectType type, TokenIndex kind_word_at) {
  if (relation != nullptr) return read_relation(reader, relation);
  return {object_name(reader, object), object_span(reader, kind_word_at, type)};
}

}  // namespace

void read_rename(Reader& reader, const RenameStmt* stmt, ir::Statement& out) {
  out.kind = "Rename";
  const TokenIndex old = before_to(reader);
  const ir::Name new_name = reader.name(stmt->newname, old + 2);
  const ir::Name sub = stmt->subname == nullptr ? ir::Name{} : reader.name(stmt->subname, old);
  const ir::RelationName object = object_of(reader, stmt->relation, stmt->object, stmt->renameType, 1);
  const bool exists = stmt->missing_ok;
  switch (stmt->renameType) {
    case OBJECT_TABLE:
    case OBJECT_FOREIGN_TABLE: return add_step(out, op::RenameTable{object, new_name, exists}, reader.whole());
    case OBJECT_COLUMN: {
      const bool view = stmt->relationType == OBJECT_VIEW || stmt->relationType == OBJECT_MATVIEW;
      return add_step(out, op::RenameColumn{object, sub, new_name, exists, view}, reader.whole());
    }
    case OBJECT_TABCONSTRAINT: return add_step(out, op::RenameConstraint{object, sub, new_name}, reader.whole());
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE: {  // ALTER TRIGGER name ON table RENAME TO new
      Cursor cursor(reader, 2);
      cursor.accept({"if", "exists"});
      op::RenameObject op{object_kind(stmt->renameType), object, reader.name(stmt->subname, cursor.index()), new_name, exists, false};
      return add_step(out, std::move(op), reader.whole());
    }
    default: {
      op::RenameObject op{object_kind(stmt->renameType), object, sub, new_name, exists, false};
      if (stmt->renameType == OBJECT_ROLE || stmt->renameType == OBJECT_SCHEMA || stmt->renameType == OBJECT_DATABASE ||
          stmt->renameType == OBJECT_TABLESPACE) {  // the grammar keeps the name as the inner one
        if (op.object.value.empty()) op.object = {{"", sub.value}, sub.span};
        op.sub = {};
        if (!op.object.span.empty() && op.object.value.name == sub.value) op.object.span = reader.token_span(2);
      }
      add_step(out, std::move(op), reader.whole());
      return;
    }
  }
}

void read_set_schema(Reader& reader, const AlterObjectSchemaStmt* stmt, ir::Statement& out) {
  out.kind = "AlterObjectSchema";
  op::SetSchema op;
  op.kind = object_kind(stmt->objectType);
  op.object = object_of(reader, stmt->relation, stmt->object, stmt->objectType, 1);
  op.schema = reader.name(stmt->newschema, reader.count() - 1);
  op.if_exists = stmt->missing_ok;
  add_step(out, std::move(op), reader.whole());
}

void read_owner(Reader& reader, const AlterOwnerStmt* stmt, ir::Statement& out) {
  out.kind = "AlterOwner";
  op::OwnerTo op;
  op.kind = object_kind(stmt->objectType);
  op.object = object_of(reader, stmt->relation, stmt->object, stmt->objectType, 1);
  op.owner = {std::string(read_role(stmt->newowner)), reader.token_span(reader.count() - 1)};
  add_step(out, std::move(op), reader.whole());
}

void read_comment(Reader& reader, const CommentStmt* stmt, ir::Statement& out) {
  out.kind = "Comment";
  op::Comment op;
  op.kind = object_kind(stmt->objtype);
  if (stmt->comment != nullptr) op.text = stmt->comment;
  const ::Node* object = stmt->object;
  switch (stmt->objtype) {
    case OBJECT_COLUMN: {  // schema.table.column
      const Items<::String> parts(as<List>(object));
      const Span whole = object_span(reader, 2, stmt->objtype);
      const int count = parts.size();
      const TokenIndex column = reader.name_end(3) - 1;
      if (count > 0) op.sub = reader.name(parts[count - 1]->sval, column);
      if (count > 1) op.object.value.name = reader.str(parts[count - 2]->sval);
      if (count > 2) op.object.value.schema = reader.str(parts[count - 3]->sval);
      op.object.span = {whole.file, whole.begin, count > 1 ? reader.token_span(column - 2).end : whole.end};
      break;
    }
    case OBJECT_TABCONSTRAINT:
    case OBJECT_TRIGGER:
    case OBJECT_POLICY:
    case OBJECT_RULE: {  // name ON table
      const Items<::String> parts(as<List>(object));
      const int count = parts.size();
      op.sub = reader.name(parts[count - 1]->sval, 3);
      if (count > 1) op.object.value.name = reader.str(parts[count - 2]->sval);
      if (count > 2) op.object.value.schema = reader.str(parts[count - 3]->sval);
      op.object.span = reader.span(5, reader.name_end(5));
      break;
    }
    case OBJECT_DOMCONSTRAINT: {
      const Items<> parts(as<List>(object));
      op.object.value = object_name(reader, parts[0]);
      op.sub = reader.name(as<::String>(parts[1])->sval, 3);
      op.object.span = reader.span(6, reader.name_end(6));
      break;
    }
    default: op.object = {object_name(reader, object), object_span(reader, 2, stmt->objtype)}; break;
  }
  add_step(out, std::move(op), reader.whole());
}

}  // namespace whimbrel::sql
