// Reading a revision: identifiers, docstring, upgrade() and downgrade().
#include "revision.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "arguments.h"
#include "modules.h"
#include "naming.h"
#include "recorder.h"
#include "remarks.h"
#include "whimbrel/base/text.h"
#include "whimbrel/python/text.h"

namespace whimbrel::alembic {

namespace {

using python::Node;
using python::NodeKind;

/// revision, down_revision, depends_on: None, one id, or several.
std::vector<std::string> ids(const Value* value, ir::Migration& migration, std::string_view what) {
  std::vector<std::string> result;
  if (value == nullptr || value->is_none()) return result;
  if (const std::string* id = value->string()) return {*id};
  if (const auto* items = value->items()) {
    for (const Value& item : *items) {
      if (const std::string* id = item.string()) result.push_back(*id);
    }
    if (result.size() == items->size()) return result;
  }
  migration.unknown.push_back({value->span, said_of(what, *value)});
  return result;
}

/// branch_labels. One that cannot be told stands as it is written: what matters is which are the same.
std::vector<std::string> labels(const Value* value, std::string_view text) {
  std::vector<std::string> result;
  if (value == nullptr || value->is_none()) return result;
  const auto add = [&](const Value& label) {
    const std::string* name = label.string();
    result.push_back(name != nullptr ? *name : std::string(text.substr(label.span.begin, label.span.size())));
  };
  if (const auto* items = value->items()) {
    for (const Value& item : *items) add(item);
  } else {
    add(*value);
  }
  return result;
}

bool is_docstring(Node statement) {
  if (statement.kind() != NodeKind::expression_statement) return false;
  const NodeKind inner = statement.first().kind();
  return inner == NodeKind::string || inner == NodeKind::concatenated_string || inner == NodeKind::ellipsis;
}

/// The module's docstring.
std::string description_of(const python::Tree& tree) {
  const Node first = tree.root().first();
  if (first.kind() != NodeKind::expression_statement || first.first().kind() != NodeKind::string) return {};
  return std::string(trim(python::decode(first.first()).value));
}

ir::PartState state_of(Node body) {
  for (const Node statement : body.children()) {
    if (statement.kind() == NodeKind::pass_statement || is_docstring(statement)) continue;
    if (statement.kind() == NodeKind::return_statement && (!statement.first() || statement.first().kind() == NodeKind::none)) return ir::PartState::empty;
    return statement.kind() == NodeKind::raise_statement ? ir::PartState::raising : ir::PartState::present;
  }
  return ir::PartState::empty;
}

/// `def downgrade() -> None:`
Span header(Node definition) {
  Span span = definition.span();
  const Node body = definition.child(python::Field::body);
  const std::string_view text = definition.text();
  const std::size_t limit = body ? body.span().begin - span.begin : text.size();
  const std::size_t colon = text.substr(0, limit).rfind(':');
  span.end = span.begin + static_cast<std::uint32_t>(colon == std::string_view::npos ? limit : colon + 1);
  return span;
}

/// The function of that name as a part of the migration.
void read_part(python::Evaluator& evaluator, Recorder& recorder, ir::Direction direction, ir::Migration& migration) {
  const bool is_up = direction == ir::Direction::up;
  ir::Part& part = is_up ? migration.up : migration.down;
  const Value* value = evaluator.global(is_up ? "upgrade" : "downgrade");
  const auto* function = value != nullptr ? value->as<python::Function>() : nullptr;
  if (function == nullptr || function->node.kind() != NodeKind::function_definition) return;
  part.span = header(function->node);
  part.state = state_of(function->node.child(python::Field::body));
  recorder.begin(part.statements);
  evaluator.call(*function, {}, part.span);
  part.asks = recorder.take_asked();
  for (ir::Unknown& unknown : recorder.take_unknown()) {
    unknown.part = direction;
    migration.unknown.push_back(std::move(unknown));
  }
}

std::vector<frontend::Directive> directives(const python::Tree& tree) {
  std::vector<frontend::Directive> found;
  for (const Span& comment : tree.comments()) {
    const std::string_view text = tree.text().substr(comment.begin, comment.size());
    const std::size_t mark = text.find("whimbrel:");
    if (mark == std::string_view::npos || text.find_first_not_of("# \t") != mark) continue;
    found.push_back({comment, std::string(trim(text.substr(mark))), comment.begin + static_cast<std::uint32_t>(mark)});
  }
  return found;
}

/// A function that holds nothing but what is no Python is not empty.
void keep_broken(const python::Tree& tree, ir::Part& part) {
  if (!tree.errors().empty() && part.state == ir::PartState::empty) part.state = ir::PartState::present;
}

/// One statement for all that is no Python, at its first place, before what could still be read.
void add_syntax_error(const python::Tree& tree, ir::Part& part) {
  if (tree.errors().empty()) return;
  const auto& [at, reason] = tree.errors().front();
  ir::Statement statement;
  statement.kind = "Invalid";
  statement.span = at;
  statement.call = at;
  statement.steps.push_back({ir::op::Invalid{std::string(reason), at, "Python"}, at});
  part.statements.insert(part.statements.begin(), std::move(statement));
  if (part.state == ir::PartState::missing) part.state = ir::PartState::present;
}

bool starts_assignment(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return false;
  const std::size_t next = line.find_first_not_of(" \t", name.size());
  return next != std::string_view::npos && (line[next] == '=' || line[next] == ':');
}

/// For a text that stands alone.
class NoModules final : public python::Modules {
 public:
  [[nodiscard]] bool may_have(std::string_view /*name*/) const override { return false; }
  const python::Module* find(std::string_view /*name*/, const python::Module& /*importer*/) override { return nullptr; }
};

/// The path of a revision below its history's folder.
std::string path_in_history(std::string_view path) {
  const std::string folder = history_folder(path);
  return std::string(path.substr(path.starts_with(folder + '/') ? folder.size() + 1 : 0));
}

/// A revision whose module has been run.
struct Evaluation {
  Evaluation(const SourceFile& source, FileId file, frontend::Shared* shared, Database* database)
      : tree(source.text, file),
        recorder(file, database),
        evaluator({.path = path_in_history(source.path), .tree = &tree},
                  shared != nullptr ? static_cast<python::Modules&>(*static_cast<ProjectModules*>(shared)) : none, recorder) {
    recorder.attach(evaluator, source.text.size());
    evaluator.run_module();
  }
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;
  ~Evaluation() = default;

  python::Tree tree;
  Recorder recorder;
  NoModules none;
  python::Evaluator evaluator;
};

}  // namespace

std::string history_folder(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? std::string_view(".") : path.substr(0, slash);
  const std::string padded = std::string(folder) + '/';
  const std::size_t versions = padded.rfind("versions/");
  if (versions != std::string::npos && (versions == 0 || padded[versions - 1] == '/')) return padded.substr(0, versions + 8);
  return std::string(folder);
}

bool looks_like_revision(std::string_view text) {
  bool revision = false;
  bool upgrade = false;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t begin = 0; begin < text.size() && !(revision && upgrade);) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    revision = revision || starts_assignment(line, "revision") || starts_assignment(line, "down_revision");
    upgrade = upgrade || line.starts_with("def upgrade(") || line.starts_with("async def upgrade(") || line.starts_with("def upgrade (");
    begin = end + 1;
  }
  return revision && upgrade;
}

frontend::Reading read_revision(const SourceFile& source, FileId file, frontend::Shared* shared) {
  Evaluation evaluation(source, file, shared, nullptr);
  const python::Tree& tree = evaluation.tree;
  Recorder& recorder = evaluation.recorder;
  python::Evaluator& evaluator = evaluation.evaluator;
  const bool module_asks = recorder.take_asked();

  ir::Migration migration;
  migration.runner = "alembic";
  migration.description = description_of(tree);
  migration.message = trim(std::string_view(migration.description).substr(0, migration.description.find('\n')));
  migration.remarks = remarks(tree);
  migration.up.file = file;
  migration.down.file = file;
  migration.id_span = {file, 0, 0};
  if (const Value* id = evaluator.global("revision"); id != nullptr && id->string() != nullptr) {
    migration.id = *id->string();
    migration.id_span = id->span;
  } else {
    const std::string_view path = source.path;
    const std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
    migration.id = name.substr(0, name.rfind('.'));
    migration.unknown.push_back({migration.id_span, "the revision's id cannot be told"});
  }
  migration.parents = ids(evaluator.global("down_revision"), migration, "down_revision");
  migration.depends_on = ids(evaluator.global("depends_on"), migration, "depends_on");
  migration.labels = labels(evaluator.global("branch_labels"), source.text);

  for (ir::Unknown& unknown : recorder.take_unknown()) migration.unknown.push_back(std::move(unknown));
  for (const ir::Direction direction : {ir::Direction::up, ir::Direction::down}) {
    read_part(evaluator, recorder, direction, migration);
    ir::Part& part = direction == ir::Direction::up ? migration.up : migration.down;
    part.asks = part.asks || (module_asks && part.state != ir::PartState::missing);
  }
  if (migration.down.state == ir::PartState::missing) migration.down.span = migration.up.span;
  keep_broken(tree, migration.up);
  keep_broken(tree, migration.down);
  add_syntax_error(tree, migration.up);

  frontend::Reading reading;
  reading.directives = directives(tree);
  reading.migrations.push_back(std::move(migration));
  return reading;
}

void answer_revision(ir::Migration& migration, const frontend::Question& question) {
  Database database(question.catalog, question.surroundings);
  Evaluation evaluation(question.source, question.file, question.shared, &database);
  evaluation.recorder.take_unknown();  // the module's own, which stand
  const bool is_up = question.direction == ir::Direction::up;
  ir::Part& part = is_up ? migration.up : migration.down;
  part = {.state = ir::PartState::missing, .file = question.file, .span = {}, .statements = {}, .transaction = part.transaction};
  std::erase_if(migration.unknown, [&](const ir::Unknown& unknown) { return unknown.part == question.direction; });
  read_part(evaluation.evaluator, evaluation.recorder, question.direction, migration);
  keep_broken(evaluation.tree, part);
  if (is_up) add_syntax_error(evaluation.tree, part);
  for (ir::Statement& statement : part.statements) give_names(statement, question.surroundings.naming_convention);
}

}  // namespace whimbrel::alembic
