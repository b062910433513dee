// Names: scopes, assignment to targets, parameters.
#include <algorithm>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

Node first_identifier(Node node) {
  for (const Node child : node.children()) {
    if (child.kind() == NodeKind::identifier) return child;
  }
  return {};
}

}  // namespace

Frame* Interpreter::new_frame(Frame* parent) {
  frames_.emplace_back();
  frames_.back().parent = parent;
  if (parent != nullptr) frames_.back().module = parent->module;
  return &frames_.back();
}

const Value* Interpreter::find(std::string_view name) const {
  for (const Frame* frame = frame_; frame != nullptr; frame = frame->parent) {
    if (frame != frame_ && frame->is_class) continue;
    const auto found = frame->names.find(name);
    if (found != frame->names.end()) return &found->second;
  }
  return nullptr;
}

void Interpreter::bind(std::string_view name, Value value) {
  Frame* target = frame_;
  if (frame_->outer.contains(name)) {
    target = frame_->parent;
    while (target->parent != nullptr && !target->names.contains(name)) target = target->parent;
  }
  target->names.insert_or_assign(std::string(name), std::move(value));
}

void Interpreter::unpack(const std::vector<Node>& targets, const Value& value) {
  const std::vector<Value>* items = value.items();
  const auto star = std::find_if(targets.begin(), targets.end(), [](Node target) { return target.kind() == NodeKind::list_splat_pattern; });
  const bool fits = items != nullptr && (star == targets.end() ? items->size() == targets.size() : items->size() + 1 >= targets.size());
  if (!fits) {
    const Value part = value.is_unknown() ? value : make_unknown("a part of " + describe(value), value.span);
    for (const Node target : targets) assign(target, part);
    return;
  }
  const auto before = static_cast<std::size_t>(star - targets.begin());
  const std::size_t extra = star == targets.end() ? 0 : items->size() + 1 - targets.size();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (i < before) {
      assign(targets[i], (*items)[i]);
    } else if (i == before) {
      const auto begin = items->begin() + static_cast<std::ptrdiff_t>(before);
      const Value rest = make_sequence(SequenceKind::list, {begin, begin + static_cast<std::ptrdiff_t>(extra)}, value.span);
      if (const Node name = targets[i].first()) assign(name, rest);
    } else {
      assign(targets[i], (*items)[i - 1 + extra]);
    }
  }
}

void Interpreter::assign(Node target, const Value& value) {
  const Nesting nesting(nesting_);
  if (nesting_ > limits_.nesting) return;
  switch (target.kind()) {
    case NodeKind::identifier: bind(target.text(), value); break;
    case NodeKind::tuple:
    case NodeKind::list:
    case NodeKind::pattern_list:
    case NodeKind::tuple_pattern:
    case NodeKind::list_pattern:
    case NodeKind::expression_list: unpack(target.named(), value); break;
    case NodeKind::parenthesized_expression:
    case NodeKind::as_pattern_target:
      if (const Node inner = target.first()) assign(inner, value);
      break;
    case NodeKind::subscript: {
      const Node object = target.child(Field::value);
      if (object.kind() != NodeKind::identifier) break;
      const Value* held = find(object.text());
      const auto* dictionary = held != nullptr ? held->as<Dictionary>() : nullptr;
      const Value key = evaluate(target.child(Field::subscript));
      if (dictionary == nullptr || !key.constant() || conditional_ != 0) {
        if (held != nullptr && held->path().empty()) bind(object.text(), make_unknown("an item of it is assigned", at(target)));
        break;
      }
      copies(2 * dictionary->entries.size(), at(target));
      auto entries = dictionary->entries;
      std::erase_if(entries, [&](const auto& entry) { return certainly(equal(entry.first, key)); });
      entries.emplace_back(key, value);
      bind(object.text(), make_dictionary(std::move(entries), held->span, dictionary->exact));
      break;
    }
    case NodeKind::attribute: assign_attribute(target, value); break;
    default: break;
  }
}

void Interpreter::bind_parameters(Node parameters, const Arguments& arguments, Frame& frame, Frame* defined_in) {
  std::size_t position = 0;
  std::set<std::string, std::less<>> taken;
  bool keyword_only = false;
  const auto given = [&](std::string_view name) -> std::optional<Value> {
    if (!keyword_only && position < arguments.args.size()) return arguments.args[position++];
    for (const Keyword& keyword : arguments.keywords) {
      if (keyword.name == name) {
        taken.insert(keyword.name);
        return *keyword.value;
      }
    }
    return std::nullopt;
  };
  const auto bind_one = [&](Node name, Node fallback) {
    if (!name) return;
    auto value = given(name.text());
    if (!value && fallback && arguments.exact) {
      Frame* const here = std::exchange(frame_, defined_in);
      value = evaluate(fallback);
      frame_ = here;
    }
    if (!value) value = make_unknown("an argument that is not given", at(name));
    frame.names.insert_or_assign(std::string(name.text()), std::move(*value));
  };
  const auto bind_rest = [&](Node name) {
    keyword_only = true;
    if (!name) return;
    std::vector<Value> rest;
    while (position < arguments.args.size()) rest.push_back(arguments.args[position++]);
    frame.names.insert_or_assign(std::string(name.text()), make_sequence(SequenceKind::tuple, std::move(rest), at(name), arguments.exact));
  };
  const auto bind_keywords = [&](Node name) {
    std::vector<std::pair<Value, Value>> entries;
    for (const Keyword& keyword : arguments.keywords) {
      if (!taken.contains(keyword.name)) entries.emplace_back(make_string(keyword.name, keyword.span), *keyword.value);
    }
    if (name) frame.names.insert_or_assign(std::string(name.text()), make_dictionary(std::move(entries), at(name), arguments.exact));
  };
  for (const Node parameter : parameters.children()) {
    const NodeKind kind = parameter.kind();
    const Node inner = kind == NodeKind::typed_parameter ? parameter.first() : Node();
    if (kind == NodeKind::identifier) {
      bind_one(parameter, {});
    } else if (kind == NodeKind::default_parameter || kind == NodeKind::typed_default_parameter) {
      bind_one(parameter.child(Field::name), parameter.child(Field::value));
    } else if (kind == NodeKind::list_splat_pattern || inner.kind() == NodeKind::list_splat_pattern) {
      bind_rest(first_identifier(inner ? inner : parameter));
    } else if (kind == NodeKind::dictionary_splat_pattern || inner.kind() == NodeKind::dictionary_splat_pattern) {
      bind_keywords(first_identifier(inner ? inner : parameter));
    } else if (kind == NodeKind::typed_parameter) {
      bind_one(first_identifier(parameter), {});
    } else if (kind == NodeKind::keyword_separator) {
      keyword_only = true;
    }
  }
}

}  // namespace whimbrel::python
