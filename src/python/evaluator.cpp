// The evaluator's public face.
#include "whimbrel/python/evaluator.h"

#include <algorithm>
#include <utility>

#include "interpreter.h"

namespace whimbrel::python {

Evaluator::Evaluator(const Tree& tree, Host& host, Limits limits) : interpreter_(std::make_unique<Interpreter>(Module{.path = {}, .tree = &tree}, nullptr, host, limits)) {}

Evaluator::Evaluator(const Module& file, Modules& modules, Host& host, Limits limits)
    : interpreter_(std::make_unique<Interpreter>(file, &modules, host, limits)) {}

Evaluator::~Evaluator() = default;

void Evaluator::run_module() { interpreter_->run_module(); }

const Value* Evaluator::global(std::string_view name) const { return interpreter_->global(name); }

Value Evaluator::call(const Function& function, std::vector<Value> args, Span span) {
  return interpreter_->call_function(function, {.args = std::move(args), .keywords = {}}, span);
}

Value Evaluator::call(const Value& callee, std::vector<Value> args, Span span) {
  return interpreter_->apply(callee, {.args = std::move(args), .keywords = {}}, span, false);
}

std::optional<Value> Evaluator::call_method(const Value& object, std::string_view name, std::vector<Value> args, Span span) {
  const Value method = interpreter_->attribute_of(object, name, span);
  const auto* function = method.as<Function>();
  return function != nullptr ? std::optional(call(*function, std::move(args), span)) : std::nullopt;
}

Tri Evaluator::runs() const { return interpreter_->runs(); }

bool Evaluator::is_importing() const { return interpreter_->is_importing(); }

const std::vector<Span>& Evaluator::call_stack() const { return interpreter_->call_stack(); }

Interpreter::Interpreter(const Module& file, Modules* modules, Host& host, Limits limits)
    : file_(file), modules_(modules), host_(host), limits_(limits) {
  limits_.steps += static_cast<std::uint32_t>(std::min<std::size_t>(file_.tree->size(), UINT32_MAX / 2));
  module_ = new_frame(nullptr);
  module_->module = &file_;
  frame_ = module_;
}

void Interpreter::run_module() { run_block(file_.tree->root()); }

const Value* Interpreter::global(std::string_view name) const {
  const auto found = module_->names.find(name);
  return found != module_->names.end() ? &found->second : nullptr;
}

bool Interpreter::step(Span span) {
  const bool over = importing_ > 0 ? ++module_steps_ > limits_.module_steps : ++steps_ > limits_.steps;
  if (!exhausted_ && over) exhausted(span, "the file asks for too much work");
  return !exhausted_;
}

bool Interpreter::iteration(Span span) {
  if (!exhausted_ && ++iterations_ > limits_.iterations) exhausted(span, "a loop runs too often");
  return !exhausted_;
}

bool Interpreter::copies(std::size_t values, Span span) {
  texts_ += values * sizeof(Value);
  if (texts_ > limits_.texts) exhausted(span, "the file makes too long lists");
  return !exhausted_;
}

Value Interpreter::text_value(Text text, Span span) {
  texts_ += text.value.size() + text.segments.size() * sizeof(Segment);
  if (text.value.size() > limits_.text) return make_unknown("a text is too long", span);
  if (texts_ > limits_.texts) {
    exhausted(span, "the file makes too much text");
    return make_unknown("the file makes too much text", span);
  }
  return make_text(std::move(text), span);
}

void Interpreter::exhausted(Span span, std::string reason) {
  if (exhausted_) return;
  exhausted_ = true;
  if (importing_ > 0) return;  // the module's names are not known, which whoever uses one says
  host_.beyond_bounds(span, std::move(reason));
}

}  // namespace whimbrel::python
