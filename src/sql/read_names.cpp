// Names, roles and options.
#include "read_names.h"

namespace whimbrel::sql {

ir::RelationName read_relation(const Reader& reader, const RangeVar* relation) {
  if (relation == nullptr) return {};
  const TokenIndex begin = reader.at(relation->location);
  return {{reader.str(relation->schemaname), reader.str(relation->relname)}, reader.span(begin, reader.name_end(begin))};
}

ir::QualifiedName read_qualified(const Reader& reader, const List* names) {
  const Items<::String> items(names);
  ir::QualifiedName name;
  if (items.size() > 0 && tag_of(items[items.size() - 1]) == T_String) name.name = reader.str(items[items.size() - 1]->sval);
  if (items.size() > 1 && tag_of(items[items.size() - 2]) == T_String) name.schema = reader.str(items[items.size() - 2]->sval);
  return name;
}

std::string last_name(const Reader& reader, const List* names) { return read_qualified(reader, names).name; }

std::string joined_name(const Reader& reader, const List* names) {
  std::string joined;
  for (const ::String* name : Items<::String>(names)) {
    if (tag_of(name) != T_String) continue;
    if (!joined.empty()) joined += '.';
    joined += reader.str(name->sval);
  }
  return joined;
}

std::vector<std::string> read_strings(const Reader& reader, const List* names) {
  std::vector<std::string> list;
  for (const ::String* name : Items<::String>(names)) {
    if (tag_of(name) == T_String) list.push_back(reader.str(name->sval));
  }
  return list;
}

std::vector<ir::Name> read_name_list(const Reader& reader, const List* names, TokenIndex open) {
  std::vector<ir::Name> list;
  TokenIndex i = open + 1;
  for (const ::String* name : Items<::String>(names)) {
    if (tag_of(name) != T_String) continue;
    list.push_back({reader.str(name->sval), reader.token_span(i)});
    i = reader.list_end(i) + 1;
  }
  return list;
}

std::string_view read_role(const RoleSpec* role) {
  if (role == nullptr) return "";
  switch (role->roletype) {
    case ROLESPEC_CSTRING: return role->rolename == nullptr ? "" : role->rolename;
    case ROLESPEC_CURRENT_ROLE: return "current_role";
    case ROLESPEC_CURRENT_USER: return "current_user";
    case ROLESPEC_SESSION_USER: return "session_user";
    case ROLESPEC_PUBLIC: return "public";
  }
  return "";
}

std::string read_value(const Reader& reader, const ::Node* value) {
  switch (tag_of(value)) {
    case T_Integer: return std::to_string(as<Integer>(value)->ival);
    case T_Float: return as<Float>(value)->fval;
    case T_Boolean: return as<Boolean>(value)->boolval ? "true" : "false";
    case T_String: return reader.str(as<::String>(value)->sval);
    case T_BitString: return as<BitString>(value)->bsval;
    case T_A_Const: {
      const auto* constant = as<A_Const>(value);
      return constant->isnull ? "" : read_value(reader, &constant->val.node);
    }
    case T_TypeCast: return read_value(reader, as<TypeCast>(value)->arg);
    case T_TypeName: return ir::to_sql(read_type(reader, as<::TypeName>(value)));
    case T_List: {
      std::string joined;
      for (const ::Node* item : Items<>(as<List>(value))) joined += (joined.empty() ? "" : ".") + read_value(reader, item);
      return joined;
    }
    default: return "";  // the server's set of nodes is open
  }
}

bool option_is_true(const DefElem* option) {
  if (option->arg == nullptr) return true;
  switch (tag_of(option->arg)) {
    case T_Integer: return as<Integer>(option->arg)->ival != 0;
    case T_Boolean: return as<Boolean>(option->arg)->boolval;
    case T_String: {
      const std::string_view value = as<::String>(option->arg)->sval;
      return is_keyword(value, "true") || is_keyword(value, "on") || value == "1";
    }
    default: return false;
  }
}

ir::Option read_option(const Reader& reader, const DefElem* option) {
  ir::Option read;
  read.name = option->defname == nullptr ? "" : option->defname;
  if (option->defnamespace != nullptr) read.name = std::string(option->defnamespace) + "." + read.name;
  read.value = read_value(reader, option->arg);
  const TokenIndex begin = reader.at(option->location);
  if (begin < reader.count()) read.span = reader.span(begin, reader.list_end(begin));
  return read;
}

std::vector<ir::Option> read_options(const Reader& reader, const List* options) {
  std::vector<ir::Option> list;
  for (const DefElem* option : Items<DefElem>(options)) {
    if (tag_of(option) == T_DefElem) list.push_back(read_option(reader, option));
  }
  return list;
}

}  // namespace whimbrel::sql
