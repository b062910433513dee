// Calls: the file's own functions are followed, builtins and methods of constants computed, the rest is asked of the host.
#include <fmt/format.h>

#include <algorithm>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

constexpr std::string_view kMutators[] = {"append", "extend", "add", "update", "insert", "remove", "pop", "clear", "setdefault", "sort", "reverse",
                                          "discard", "popitem"};

bool is_mutator(std::string_view name) { return std::find(std::begin(kMutators), std::end(kMutators), name) != std::end(kMutators); }

}  // namespace

Arguments Interpreter::evaluate_arguments(Node list) {
  Arguments arguments;
  if (list.kind() == NodeKind::generator_expression) {
    arguments.args.push_back(evaluate(list));
    return arguments;
  }
  for (const Node item : list.children()) {
    if (item.kind() == NodeKind::keyword_argument) {
      Value value = evaluate(item.child(Field::value));
      arguments.keywords.push_back({std::string(item.child(Field::name).text()), std::make_shared<const Value>(std::move(value)), at(item)});
    } else if (item.kind() == NodeKind::list_splat) {
      const auto spread = iterate(evaluate(item.first()));
      if (spread) arguments.args.insert(arguments.args.end(), spread->begin(), spread->end());
      arguments.exact = arguments.exact && spread;
    } else if (item.kind() == NodeKind::dictionary_splat) {
      const Value spread = evaluate(item.first());
      const auto* dictionary = spread.as<Dictionary>();
      arguments.exact = arguments.exact && dictionary != nullptr && dictionary->exact;
      if (dictionary == nullptr) continue;
      for (const auto& [key, value] : dictionary->entries) {
        const std::string* name = key.string();
        if (name != nullptr) arguments.keywords.push_back({*name, std::make_shared<const Value>(value), at(item)});
      }
    } else if (item.kind() != NodeKind::token) {
      arguments.args.push_back(evaluate(item));
    }
  }
  return arguments;
}

Value Interpreter::evaluate_call(Node node, bool statement) {
  const Nesting nesting(nesting_);
  if (!step(at(node)) || nesting_ > limits_.nesting) return make_unknown("expressions nest too deeply", at(node));
  const Node function = node.child(Field::function);
  const Node list = node.child(Field::arguments);
  if (function.kind() != NodeKind::attribute) {
    Value callee = evaluate(function);
    return apply(std::move(callee), evaluate_arguments(list), at(node), statement);
  }
  const Node object = function.child(Field::object);
  const std::string_view method = function.child(Field::attribute).text();
  const Value base = evaluate(object);
  Arguments arguments = evaluate_arguments(list);
  if (method == "__init__" && base.as<Call>() != nullptr && base.as<Call>()->path() == "super" && !inherited(method, at(node))) {
    handed_on_ = std::move(arguments);
    return make_none(at(node));
  }
  if (is_mutator(method)) {
    if (auto result = mutate(object, method, arguments, at(node))) return *result;
  }
  if (auto result = call_method(base, method, arguments, at(node))) {
    result->span = at(node);
    return *result;
  }
  return apply(attribute_of(base, method, at(function)), std::move(arguments), at(node), statement);
}

Value Interpreter::apply(Value callee, Arguments arguments, Span span, bool statement) {
  if (const auto* function = callee.as<Function>()) return call_function(*function, std::move(arguments), span);
  if (const auto* class_ = callee.as<Class>()) {
    const Nesting nesting(nesting_);
    if (nesting_ > limits_.nesting) return make_unknown("calls nest too deeply", span);
    return instantiate(callee, *class_, std::move(arguments), span, statement);
  }
  if (const auto* partial = callee.as<Call>(); partial != nullptr && partial->path() == "functools.partial" && !partial->args.empty()) {
    Arguments all{.args = {partial->args.begin() + 1, partial->args.end()}, .keywords = partial->keywords, .exact = partial->exact && arguments.exact};
    all.args.insert(all.args.end(), arguments.args.begin(), arguments.args.end());
    for (const Keyword& keyword : arguments.keywords) {
      std::erase_if(all.keywords, [&](const Keyword& other) { return other.name == keyword.name; });
      all.keywords.push_back(keyword);
    }
    const Nesting nesting(nesting_);
    if (nesting_ > limits_.nesting) return make_unknown("calls nest too deeply", span);
    return apply(partial->args[0], std::move(all), span, statement);
  }
  if (const auto* path = callee.as<Path>()) {
    if (auto result = call_builtin(path->name, arguments, span)) return *result;
  }
  Call call{.callee = std::make_shared<const Value>(std::move(callee)),
            .args = std::move(arguments.args),
            .keywords = std::move(arguments.keywords),
            .exact = arguments.exact,
            .statement = statement,
            .test = in_test_};
  if (auto result = host_.call(call, span)) return *result;
  return make_call(std::move(call), span);
}

Value Interpreter::call_function(const Function& function, Arguments arguments, Span span) {
  if (call_stack_.empty()) too_deep_ = false;
  if (call_stack_.size() >= limits_.call_depth) {
    if (importing_ == 0 && !std::exchange(too_deep_, true)) host_.unknown(span, "functions call each other too deeply");
    return make_unknown("functions call each other too deeply", span);
  }
  const Node definition = function.node;
  Frame* const frame = new_frame(function.frame != nullptr ? function.frame : module_);
  const Span outer_use = use_;
  if (definition.tree() != file_.tree) use_ = span;
  if (function.self != nullptr) arguments.args.insert(arguments.args.begin(), *function.self);
  bind_parameters(definition.child(Field::parameters), arguments, *frame, frame->parent);

  const ValuePtr outer_self = std::exchange(self_, function.self);
  const std::uint32_t outer_level = std::exchange(level_, function.level);
  Frame* const caller = std::exchange(frame_, frame);
  const bool outer_test = std::exchange(in_test_, false);
  std::optional<Value> outer_result = std::exchange(result_, std::nullopt);
  const Noted breaks(may_break_, false);
  const Noted returns(may_return_, false);
  std::vector<Value> possible;
  std::vector<Value>* const outer_possible = std::exchange(possible_, &possible);
  call_stack_.push_back(span);

  Value value = make_none(span);
  const Node body = definition.child(Field::body);
  if (definition.kind() == NodeKind::lambda) {
    value = evaluate(body);
  } else {
    const Flow flow = run_block(body);
    if (flow == Flow::return_ && result_) value = *result_;
    if (exhausted_) value = make_unknown("the file asks for too much work", span);
  }
  for (const Value& other : possible) {
    if (!identical(other, value)) value = make_unknown("it depends on a test that cannot be told", span);
  }

  call_stack_.pop_back();
  possible_ = outer_possible;
  result_ = std::move(outer_result);
  frame_ = caller;
  self_ = outer_self;
  level_ = outer_level;
  use_ = outer_use;
  in_test_ = outer_test;
  value.span = span;
  return value;
}

/// Changing a list, set or dictionary in place is binding its name anew: values themselves never change.
std::optional<Value> Interpreter::mutate(Node object, std::string_view method, const Arguments& arguments, Span span) {
  Value* const field = object.kind() == NodeKind::attribute ? field_of(object) : nullptr;
  if (object.kind() != NodeKind::identifier && field == nullptr) return std::nullopt;
  const Value* held = field != nullptr ? field : find(object.text());
  if (held == nullptr) return std::nullopt;
  const Value before = *held;
  const auto put_back = [&](Value value) {
    if (field != nullptr) {
      *field = std::move(value);
    } else {
      bind(object.text(), std::move(value));
    }
  };
  const auto* sequence = before.as<Sequence>();
  const auto* dictionary = before.as<Dictionary>();
  if (sequence == nullptr && dictionary == nullptr) return std::nullopt;
  if (sequence != nullptr && (method == "append" || method == "extend" || method == "add" || method == "update") && arguments.args.size() == 1 &&
      arguments.exact) {
    std::vector<Value> items = sequence->items;
    bool exact = sequence->exact && conditional_ == 0;
    if (method == "append" || method == "add") {
      items.push_back(arguments.args[0]);
    } else if (const auto more = iterate(arguments.args[0])) {
      items.insert(items.end(), more->begin(), more->end());
    } else {
      exact = false;
    }
    copies(items.size(), span);
    put_back(make_sequence(sequence->kind, std::move(items), before.span, exact));
    return make_none(span);
  }
  if (dictionary != nullptr && method == "update" && arguments.exact && conditional_ == 0) {
    std::vector<std::pair<Value, Value>> entries = dictionary->entries;
    bool exact = dictionary->exact;
    const auto put = [&](const Value& key, const Value& value) {
      std::erase_if(entries, [&](const auto& entry) { return certainly(equal(entry.first, key)); });
      entries.emplace_back(key, value);
    };
    for (const Value& argument : arguments.args) {
      const auto* more = argument.as<Dictionary>();
      exact = exact && more != nullptr && more->exact;
      if (more == nullptr) continue;
      for (const auto& [key, value] : more->entries) put(key, value);
    }
    for (const Keyword& keyword : arguments.keywords) put(make_string(keyword.name, keyword.span), *keyword.value);
    put_back(make_dictionary(std::move(entries), before.span, exact));
    return make_none(span);
  }
  const std::string reason = fmt::format("it is changed by .{}()", method);
  put_back(make_unknown(reason, span));
  return make_unknown(reason, span);
}

}  // namespace whimbrel::python
