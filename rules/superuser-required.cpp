// A statement that only a superuser may run.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string_view>

#include "whimbrel/base/text.h"
#include "whimbrel/rule/help.h"
#include "whimbrel/rule/rule.h"

namespace whimbrel::rules {
namespace {

/// contrib's extensions that are not trusted: their control files.
constexpr std::array<std::string_view, 19> kUntrusted{"amcheck", "autoinc", "bloom", "dblink", "earthdistance", "file_fdw", "insert_username", "moddatetime", "pageinspect", "pg_buffercache", "pg_freespacemap",
                                                      "pg_prewarm", "pg_stat_statements", "pg_surgery", "pg_visibility", "pg_walinspect", "pgrowlocks", "pgstattuple", "postgres_fdw"};
constexpr std::array<std::string_view, 7> kUntrustedLanguages{"c", "internal", "plperlu", "plpython3u", "plpythonu", "pltclu", "plsh"};

void tell(std::string_view what, Span place, rule::Context& context) {
  context.remark(place, fmt::format("{} needs a superuser, or a role that is nearly one", what));
}

void on_create(const ir::op::CreateObject& create, rule::Context& context) {
  if (create.kind == ir::ObjectKind::tablespace || create.kind == ir::ObjectKind::event_trigger || create.kind == ir::ObjectKind::foreign_data_wrapper || create.kind == ir::ObjectKind::access_method) {
    tell(fmt::format("CREATE {}", ir::object_kind_name(create.kind)), create.object.span, context);
  }
}
void on_function(const ir::op::CreateFunction& create, rule::Context& context) {
  if (std::ranges::find(kUntrustedLanguages, create.language) != kUntrustedLanguages.end()) tell(fmt::format("A function in {}", create.language), create.function.span, context);
}
void on_extension(const ir::op::CreateExtension& create, rule::Context& context) {
  if (std::ranges::find(kUntrusted, create.extension.value) != kUntrusted.end()) tell(fmt::format("Extension {}", create.extension.value), create.extension.span, context);
}
void on_copy(const ir::op::Copy& copy, rule::Context& context) {
  if (copy.program) tell("COPY … PROGRAM", context.step().span, context);
}
void on_set(const ir::op::SetParameter& set, rule::Context& context) {
  if (equals_ignoring_case(set.name.value, "session_replication_role")) tell("session_replication_role", set.name.span, context);
}
void on_system(const ir::op::SetRoleParameter& set, rule::Context& context) {
  if (context.statement().kind == "AlterSystem") tell("ALTER SYSTEM", set.name.span, context);
}
void on_trigger(const ir::op::AlterTable& alter, rule::Context& context) {
  const bool turns = alter.action == ir::op::TableAction::disable_trigger || alter.action == ir::op::TableAction::enable_trigger;
  if (turns && equals_ignoring_case(alter.detail.value, "all")) tell("TRIGGER ALL, which means those of foreign keys too,", context.step().span, context);
}

}  // namespace

extern constinit const rule::RuleChecks superuser_required = rule::subscribe<on_create, on_function, on_extension, on_copy, on_set, on_system, on_trigger>();

}  // namespace whimbrel::rules
