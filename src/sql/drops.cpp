// DROP, one step for each object it names.
#include "read_names.h"
#include "statements.h"

namespace whimbrel::sql {
namespace {

namespace op = ir::op;

struct Drop {
  Reader& reader;
  const DropStmt* stmt;
  const ::Node* object;
  Span keyword;   ///< the word of the kind: INDEX
  Span name_span; ///< the object's name
  TokenIndex name_end = 0;

  [[nodiscard]] ir::RelationName name() const { return {object_name(reader, object), name_span}; }
  [[nodiscard]] bool if_exists() const { return stmt->missing_ok; }
  [[nodiscard]] bool cascade() const { return stmt->behavior == DROP_CASCADE; }

  /// name ON table: the list of the tree is the table's name and then the object's.
  template <class Operation>
  [[nodiscard]] Operation on_table(ir::Name Operation::*field) const {
    Operation op;
    const Items<::String> parts(as<List>(object));
    const int count = parts.size();
    op.*field = {count > 0 ? reader.str(parts[count - 1]->sval) : "", name_span};
    const TokenIndex table = name_end + 1;  // behind ON
    if (count > 1) op.table.value.name = reader.str(parts[count - 2]->sval);
    if (count > 2) op.table.value.schema = reader.str(parts[count - 3]->sval);
    op.table.span = reader.span(table, reader.name_end(table));
    op.if_exists = if_exists();
    op.cascade = cascade();
    return op;
  }

  [[nodiscard]] op::DropFunction function(bool procedure) const {
    op::DropFunction op;
    op.function = name();
    op.procedure = procedure;
    op.if_exists = if_exists();
    op.cascade = cascade();
    if (tag_of(object) == T_ObjectWithArgs) {
      for (const ::TypeName* type : Items<::TypeName>(as<ObjectWithArgs>(object)->objargs)) op.arguments.push_back(read_type(reader, type));
    }
    return op;
  }

  [[nodiscard]] op::DropType type(bool domain) const { return op::DropType{name(), domain, if_exists(), cascade()}; }

  void read(ir::Statement& out, Span span) const {
    const auto add = [&](auto operation) { add_step(out, std::move(operation), span); };
    switch (stmt->removeType) {
      case OBJECT_TABLE:
      case OBJECT_FOREIGN_TABLE: return add(op::DropTable{name(), if_exists(), cascade()});
      case OBJECT_INDEX: return add(op::DropIndex{name(), keyword, stmt->concurrent, if_exists(), cascade()});
      case OBJECT_VIEW: return add(op::DropView{name(), false, if_exists(), cascade()});
      case OBJECT_MATVIEW: return add(op::DropView{name(), true, if_exists(), cascade()});
      case OBJECT_SEQUENCE: return add(op::DropSequence{name(), if_exists(), cascade()});
      case OBJECT_TYPE: return add(type(false));
      case OBJECT_DOMAIN: return add(type(true));
      case OBJECT_SCHEMA: return add(op::DropSchema{{name().value.name, name_span}, if_exists(), cascade()});
      case OBJECT_EXTENSION: return add(op::DropExtension{{name().value.name, name_span}, if_exists(), cascade()});
      case OBJECT_FUNCTION:
      case OBJECT_ROUTINE: return add(function(false));
      case OBJECT_PROCEDURE: return add(function(true));
      case OBJECT_TRIGGER: return add(on_table(&op::DropTrigger::trigger));
      case OBJECT_POLICY: return add(on_table(&op::DropPolicy::policy));
      case OBJECT_RULE: return add(on_table(&op::DropRule::rule));
      default: return add(op::DropObject{object_kind(stmt->removeType), name(), if_exists(), cascade()});
    }
  }
};

/// Behind the words of a kind: the one before the name, IF EXISTS aside.
TokenIndex skip_kind(const Reader& reader, ObjectType type) {
  switch (type) {
    case OBJECT_MATVIEW:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_ACCESS_METHOD:
    case OBJECT_EVENT_TRIGGER:
    case OBJECT_OPCLASS:
    case OBJECT_OPFAMILY: return 3;
    case OBJECT_LANGUAGE: return reader.is(1, "procedural") ? 3 : 2;
    case OBJECT_FDW: return 4;
    case OBJECT_TSCONFIGURATION:
    case OBJECT_TSDICTIONARY:
    case OBJECT_TSPARSER:
    case OBJECT_TSTEMPLATE: return 4;
    default: return 2;
  }
}

}  // namespace

void read_drop(Reader& reader, const DropStmt* stmt, ir::Statement& out) {
  out.kind = "Drop" + std::string(kind_word(stmt->removeType));
  Cursor cursor(reader, skip_kind(reader, stmt->removeType));
  const Span keyword = reader.token_span(cursor.index() - 1);
  cursor.accept("concurrently");
  cursor.accept({"if", "exists"});
  TokenIndex i = cursor.index();
  const Items<> objects(stmt->objects);
  for (const ::Node* object : objects) {
    const TokenIndex name_end = reader.name_end(i);
    const Drop drop{reader, stmt, object, keyword, reader.span(i, name_end), name_end};
    drop.read(out, objects.size() == 1 ? reader.whole() : drop.name_span);
    i = reader.list_end(i) + 1;
  }
}

}  // namespace whimbrel::sql
