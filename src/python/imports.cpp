// Imports: names from other modules of the project, whose statements are run when the first of their names is needed.
#include <algorithm>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

/// "a.b.c" of a dotted_name, relative_import or identifier.
std::string dotted(Node node) {
  std::string name;
  for (const char c : node.text()) {
    if (c != ' ' && c != '\t' && c != '\\' && c != '\n' && c != '\r') name += c;
  }
  return name;
}

/// What stands before a name of the module: "shop.states." of shop.states, ".." of "..".
std::string prefix_of(std::string module) {
  if (!module.ends_with('.')) module += '.';
  return module;
}

}  // namespace

Value Interpreter::imported(std::string name, Span span) const {
  const bool ours = modules_ != nullptr && modules_->may_have(name);
  return {.data = Path{std::move(name), ours ? frame_->module : nullptr}, .span = span};
}

void Interpreter::run_import(Node statement) {
  for (const Node item : statement.children()) {
    if (item.kind() == NodeKind::aliased_import) {
      bind(item.child(Field::alias).text(), imported(dotted(item.child(Field::name)), at(item)));
    } else if (item.kind() == NodeKind::dotted_name) {
      const std::string name = dotted(item);
      const std::string first = name.substr(0, name.find('.'));
      bind(first, imported(first, at(item)));
    }
  }
}

void Interpreter::run_import_from(Node statement) {
  const Node module = statement.child(Field::module_name);
  const std::string prefix = prefix_of(dotted(module));
  for (const Node item : statement.children()) {
    if (item.kind() == NodeKind::wildcard_import) import_all(dotted(module), at(item));
    if (item == module || item.field() != Field::name) continue;
    const bool aliased = item.kind() == NodeKind::aliased_import;
    const std::string name = dotted(aliased ? item.child(Field::name) : item);
    bind(aliased ? item.child(Field::alias).text() : std::string_view(name), imported(prefix + name, at(item)));
  }
}

/// from module import *: the names in its __all__, else those without an underscore.
void Interpreter::import_all(const std::string& name, Span span) {
  if (modules_ == nullptr || !modules_->may_have(name)) return;
  const Module* module = modules_->find(name, *frame_->module);
  const Frame* source = module != nullptr ? load(*module, span) : nullptr;
  if (source == nullptr || source == frame_) return;
  const auto all = source->names.find("__all__");
  const auto* listed = all != source->names.end() ? all->second.items() : nullptr;
  const auto wanted = [&](const std::string& one) {
    if (listed == nullptr) return !one.starts_with('_');
    return std::ranges::any_of(*listed, [&](const Value& item) { return item.string() != nullptr && *item.string() == one; });
  };
  for (const auto& [one, value] : source->names) {
    if (wanted(one)) bind(one, value);
  }
}

std::optional<Value> Interpreter::resolve(const Path& path, Span span) {
  if (path.importer == nullptr) return std::nullopt;
  const std::pair key(path.name, path.importer);
  auto known = resolved_.find(key);
  if (known == resolved_.end()) {
    resolved_.emplace(key, std::nullopt);   // asked for again while it is being made: a cycle, which gives the name alone
    known = resolved_.insert_or_assign(key, look_up(path, span)).first;
  }
  std::optional<Value> value = known->second;
  if (!value) return std::nullopt;
  if (const auto* text = value->as<Text>()) return make_text(text->from(span), span);
  value->span = span;
  return value;
}

/// "shop.states.Status.OPEN": the longest beginning that is a module of the project, a name in it, and attributes of that.
std::optional<Value> Interpreter::look_up(const Path& path, Span span) {
  const std::string& full = path.name;
  for (std::size_t dot = full.rfind('.'); dot != std::string::npos; dot = full.rfind('.', dot - 1)) {
    const bool only_dots = full.find_first_not_of('.') > dot;
    const Module* module = modules_->find(only_dots ? full.substr(0, dot + 1) : full.substr(0, dot), *path.importer);
    if (module != nullptr) {
      const Frame* names = load(*module, span);
      if (names == nullptr) return std::nullopt;
      std::size_t next = full.find('.', dot + 1);
      const auto found = names->names.find(full.substr(dot + 1, next == std::string::npos ? next : next - dot - 1));
      if (found == names->names.end()) return std::nullopt;
      Value value = found->second;
      // A name that the module imports itself.
      if (const auto* inner = value.as<Path>(); inner != nullptr && inner->importer != nullptr) value = resolve(*inner, span).value_or(value);
      while (next != std::string::npos) {
        const std::size_t begin = next + 1;
        next = full.find('.', begin);
        value = attribute_of(value, std::string_view(full).substr(begin, next == std::string::npos ? next : next - begin), span);
      }
      return value;
    }
    if (only_dots || dot == 0) break;
  }
  return std::nullopt;
}

/// The module's names, after its statements have run; as far as they have where it is being looked into already. Null beyond the bounds.
Frame* Interpreter::load(const Module& module, Span span) {
  if (const auto known = loaded_.find(&module); known != loaded_.end()) return known->second;
  if (importing_ >= limits_.module_depth || loaded_.size() >= limits_.modules || exhausted_) return nullptr;
  Frame* const names = new_frame(nullptr);
  names->module = &module;
  loaded_.emplace(&module, names);

  Frame* const outer_frame = std::exchange(frame_, names);
  const Span outer_use = std::exchange(use_, span);
  const std::uint32_t outer_conditional = std::exchange(conditional_, 0);
  const std::uint32_t outer_nesting = std::exchange(nesting_, 0);
  const std::uint32_t outer_iterations = iterations_;
  const bool outer_test = std::exchange(in_test_, false);
  std::optional<Value> outer_result = std::exchange(result_, std::nullopt);
  std::vector<Value>* const outer_possible = std::exchange(possible_, nullptr);
  ++importing_;
  run_block(module.tree->root());
  --importing_;
  exhausted_ = false;
  possible_ = outer_possible;
  result_ = std::move(outer_result);
  in_test_ = outer_test;
  iterations_ = outer_iterations;
  nesting_ = outer_nesting;
  conditional_ = outer_conditional;
  use_ = outer_use;
  frame_ = outer_frame;
  return names;
}

}  // namespace whimbrel::python
