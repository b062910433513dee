// Classes of the file: what their bodies define, instances with what self holds, methods bound to them.
#include <algorithm>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

constexpr std::size_t kMostBases = 32;

bool is_enum_base(const Value& base) {
  if (const auto* class_ = base.as<Class>()) return class_->is_enum;
  const std::string_view path = base.path();
  return path.find("Enum", path.rfind('.') == std::string_view::npos ? 0 : path.rfind('.')) != std::string_view::npos || path.ends_with("IntFlag");
}

bool is_record_base(const Value& base) { return base.path() == "NamedTuple" || base.path().ends_with(".NamedTuple"); }

/// The class and those that it inherits from, nearest first.
std::vector<const Class*> line_of(const Class& class_) {
  std::vector<const Class*> line{&class_};
  for (std::size_t i = 0; i < line.size() && line.size() < kMostBases; ++i) {
    for (const Value& base : line[i]->bases) {
      const auto* known = base.as<Class>();
      if (known != nullptr && std::ranges::find(line, known) == line.end()) line.push_back(known);
    }
  }
  return line;
}

/// The name that a statement of a class's body gives a value, or only a type (`table: str`).
std::string_view assigned_name(Node statement, bool& annotated) {
  const Node assignment = statement.kind() == NodeKind::expression_statement ? statement.first() : Node();
  const Node target = assignment.kind() == NodeKind::assignment ? assignment.child(Field::left) : Node();
  annotated = static_cast<bool>(assignment.child(Field::type));
  return target.kind() == NodeKind::identifier ? target.text() : std::string_view();
}

}  // namespace

const Value* Class::find(std::string_view wanted, std::uint32_t from, std::uint32_t* level) const {
  const std::vector<const Class*> line = line_of(*this);
  for (std::size_t i = from; i < line.size(); ++i) {
    if (const Value* found = line[i]->member(wanted)) {
      if (level != nullptr) *level = static_cast<std::uint32_t>(i);
      return found;
    }
  }
  return nullptr;
}

void Interpreter::define_class(Node definition, std::string_view decorators) {
  Class class_;
  const Node name = definition.child(Field::name);
  class_.name = name.text();
  bool is_record = decorators.contains("dataclass");
  for (const Node base : definition.child(Field::superclasses).children()) {
    if (base.kind() == NodeKind::keyword_argument) continue;
    class_.bases.push_back(evaluate(base));
    class_.is_enum = class_.is_enum || is_enum_base(class_.bases.back());
    is_record = is_record || is_record_base(class_.bases.back());
  }
  Frame* const outside = frame_;
  frame_ = new_frame(outside);
  frame_->is_class = true;
  std::vector<std::string> order;
  for (const Node statement : definition.child(Field::body).children()) {
    run(statement);
    bool annotated = false;
    const std::string_view assigned = assigned_name(statement, annotated);
    if (assigned.empty()) continue;
    order.emplace_back(assigned);
    if (annotated && is_record) class_.fields.emplace_back(assigned);
  }
  Frame* const inside = std::exchange(frame_, outside);
  for (const std::string& member : order) {
    const auto found = inside->names.find(member);
    if (found == inside->names.end() || class_.member(member) != nullptr) continue;
    Value value = found->second;
    if (class_.is_enum && value.as<Function>() == nullptr) {
      EnumMember made{class_.name, member, std::make_shared<const Value>(value)};
      value = {.data = std::make_shared<const EnumMember>(std::move(made)), .span = value.span, .depth = value.depth + 1, .weight = value.weight};
    }
    class_.members.emplace_back(member, std::move(value));
  }
  for (const auto& [member, value] : inside->names) {
    if (class_.member(member) == nullptr) class_.members.emplace_back(member, value);
  }
  std::uint32_t depth = 0;
  for (const auto& [member, value] : class_.members) depth = std::max(depth, value.depth);
  for (const Value& base : class_.bases) depth = std::max(depth, base.depth);
  if (depth >= kMaxValueDepth) return bind(name.text(), make_unknown("it nests too deeply", at(name)));
  bind(name.text(), {.data = std::make_shared<const Class>(std::move(class_)), .span = at(name), .depth = depth + 1});
}

Value Interpreter::bound(const Value& member, const Value& object, std::uint32_t level, Span span) {
  const auto* function = member.as<Function>();
  if (function == nullptr) return member;
  const auto* instance = object.as<Call>();
  Function method = *function;
  method.level = level;
  switch (function->binding) {
    case Binding::static_method: return member;
    case Binding::class_method: method.self = instance != nullptr ? instance->callee : std::make_shared<const Value>(object); break;
    case Binding::function:
    case Binding::property:
      if (instance == nullptr) return member;  // Class.method, whose self is given
      method.self = std::make_shared<const Value>(object);
      break;
  }
  if (object.depth >= kMaxValueDepth) return make_unknown("it nests too deeply", span);
  if (function->binding == Binding::property) return call_function(method, {}, span);
  return {.data = std::move(method), .span = span, .depth = object.depth + 1};
}

std::optional<Value> Interpreter::member_of(const Value& object, std::string_view name, Span span) {
  const auto* instance = object.as<Call>();
  if (instance != nullptr && instance->fields == nullptr) return std::nullopt;
  const auto* class_ = instance != nullptr ? instance->callee->as<Class>() : object.as<Class>();
  if (class_ == nullptr) return std::nullopt;
  if (instance != nullptr) {
    if (const auto field = instance->fields->names.find(name); field != instance->fields->names.end()) return field->second;
    if (name == "__class__") return *instance->callee;
  }
  std::uint32_t level = 0;
  const Value* member = class_->find(name, 0, &level);
  return member != nullptr ? std::optional(bound(*member, object, level, span)) : std::nullopt;
}

/// super().name inside a method.
std::optional<Value> Interpreter::inherited(std::string_view name, Span span) {
  if (self_ == nullptr) return std::nullopt;
  const Value self = *self_;
  const auto* instance = self.as<Call>();
  const auto* class_ = instance != nullptr ? instance->callee->as<Class>() : self.as<Class>();
  if (class_ == nullptr) return std::nullopt;
  std::uint32_t level = 0;
  const Value* member = class_->find(name, level_ + 1, &level);
  return member != nullptr ? std::optional(bound(*member, self, level, span)) : std::nullopt;
}

Value* Interpreter::field_of(Node attribute) {
  const Node object = attribute.child(Field::object);
  if (object.kind() != NodeKind::identifier) return nullptr;
  const Value* held = find(object.text());
  const auto* instance = held != nullptr ? held->as<Call>() : nullptr;
  if (instance == nullptr || instance->fields == nullptr) return nullptr;
  const auto found = instance->fields->names.find(attribute.child(Field::attribute).text());
  return found != instance->fields->names.end() ? &found->second : nullptr;
}

void Interpreter::assign_attribute(Node target, const Value& value) {
  const Value object = evaluate(target.child(Field::object));
  const auto* instance = object.as<Call>();
  if (instance == nullptr || instance->fields == nullptr) return;  // attributes of other objects are not followed
  const bool doubtful = conditional_ > instance->fields->born || value.depth + 1 >= kMaxValueDepth;
  instance->fields->names.insert_or_assign(std::string(target.child(Field::attribute).text()),
                                           doubtful ? make_unknown("it depends on a test that cannot be told", value.span) : value);
}

Value Interpreter::instantiate(const Value& callee, const Class& class_, Arguments arguments, Span span, bool statement) {
  if (class_.is_enum && arguments.args.size() == 1) {
    for (const auto& [name, value] : class_.members) {
      const auto* member = value.as<EnumMember>();
      if (member != nullptr && certainly(equal(*member->value, arguments.args[0]))) return value;
    }
  }
  Call call{.callee = std::make_shared<const Value>(callee),
            .args = arguments.args,
            .keywords = arguments.keywords,
            .exact = arguments.exact,
            .statement = statement,
            .test = in_test_,
            .fields = new_frame(nullptr)};
  call.fields->born = conditional_;
  const Value self = make_call(call, span);
  if (self.is_unknown()) return self;
  std::uint32_t level = 0;
  const Value* init = class_.find("__init__", 0, &level);
  if (init != nullptr && init->as<Function>() != nullptr) {
    std::optional<Arguments> outer = std::exchange(handed_on_, std::nullopt);
    const Value method = bound(*init, self, level, span);
    if (const auto* function = method.as<Function>()) call_function(*function, std::move(arguments), span);
    if (handed_on_) {  // what it gives to a class of a library counts as what it was made with
      call.args = std::move(handed_on_->args);
      call.keywords = std::move(handed_on_->keywords);
      call.exact = handed_on_->exact;
    }
    handed_on_ = std::move(outer);
  } else {
    fill_record(class_, arguments, *call.fields);
  }
  if (auto result = host_.call(call, span)) return *result;
  return make_call(std::move(call), span);
}

/// A dataclass or named tuple: its fields from the arguments, else from what its body says.
void Interpreter::fill_record(const Class& class_, const Arguments& arguments, Frame& fields) {
  std::vector<std::string> names;
  const std::vector<const Class*> line = line_of(class_);
  for (auto base = line.rbegin(); base != line.rend(); ++base) {
    for (const std::string& field : (*base)->fields) {
      if (std::ranges::find(names, field) == names.end()) names.push_back(field);
    }
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto keyword = std::ranges::find(arguments.keywords, names[i], &Keyword::name);
    const Value* fallback = class_.find(names[i]);
    if (i < arguments.args.size()) {
      fields.names.insert_or_assign(names[i], arguments.args[i]);
    } else if (keyword != arguments.keywords.end()) {
      fields.names.insert_or_assign(names[i], *keyword->value);
    } else if (!arguments.exact || fallback == nullptr || !fallback->constant()) {
      fields.names.insert_or_assign(names[i], make_unknown("a field that is not given", {}));
    }
  }
}

}  // namespace whimbrel::python
