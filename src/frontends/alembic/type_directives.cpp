// Types, tables, sequences and indexes that create and drop themselves: Enum(…).create(op.get_bind()).
#include <fmt/format.h>

#include "directives.h"

namespace whimbrel::alembic {

namespace {

/// checkfirst=True (the default): only where it is not there yet (still there), which the server is asked.
bool checks_first(const python::Call& call) {
  const python::Keyword* keyword = call.keyword("checkfirst");
  const Value* value = keyword != nullptr ? keyword->value.get() : call.args.size() > 1 ? &call.args[1] : nullptr;
  return value == nullptr || python::truth(*value) != Tri::no;
}

}  // namespace

void create_enum(Recorder& recorder, const EnumType& type, Span span) {
  if (!type.labels_known) recorder.note(span, fmt::format("the labels of the enum {} are not known", type.name.value.name));
  recorder.emit("CreateEnum", span, ir::op::CreateType{.type = type.name, .form = ir::op::TypeForm::enum_, .labels = type.labels, .attributes = {}});
}

bool create_or_drop(Recorder& recorder, const python::Call& call, Span span) {
  const std::string_view method = call.method();
  if (method != "create" && method != "drop") return false;
  const auto* receiver = call.receiver()->as<python::Call>();
  if (receiver == nullptr) return false;
  const std::string_view name = construct(*receiver);
  if (name == "Enum" || name == "ENUM") {
    const TypeReading reading = read_type(*call.receiver());
    if (!reading.enum_type) return false;
    const bool checks = checks_first(call);
    const Database* database = checks ? recorder.ask() : nullptr;
    const Tri there = !checks ? to_tri(method == "drop") : database != nullptr ? database->has_type(reading.enum_type->name.value) : Tri::unknown;
    if (there == to_tri(method == "create")) return true;  // nothing is done
    if (method == "create") {
      create_enum(recorder, *reading.enum_type, span);
      if (there == Tri::unknown) recorder.last().runs = Tri::unknown;
    } else {
      recorder.emit("DropType", span, ir::op::DropType{.type = reading.enum_type->name, .if_exists = there == Tri::unknown});
    }
    return true;
  }
  if (receiver->args.empty() || receiver->args[0].string() == nullptr) return false;
  const ir::Name object{*receiver->args[0].string(), receiver->args[0].span};
  if (name == "Sequence") {
    if (method == "create") {
      recorder.emit("CreateSequence", span, ir::op::CreateSequence{.sequence = {{"", object.value}, object.span}, .if_not_exists = checks_first(call), .options = {}});
    } else {
      recorder.emit("DropSequence", span, ir::op::DropSequence{.sequence = {{"", object.value}, object.span}, .if_exists = checks_first(call)});
    }
    return true;
  }
  if (name == "Table") {
    constexpr std::string_view kParameters[] = {"name", "metadata"};
    Arguments arguments(*receiver, span, kParameters);
    const ir::RelationName table{{arguments.name("schema").value, object.value}, object.span};
    if (method == "create") {
      create_table_of(recorder, arguments, table, arguments.rest());
      if (!arguments.problem().empty()) recorder.opaque(span, arguments.problem(), {table});
    } else {
      recorder.emit("DropTable", span, ir::op::DropTable{.table = table, .if_exists = checks_first(call)});
    }
    return true;
  }
  return false;
}

}  // namespace whimbrel::alembic
