// The evaluator's public face.
#include "whimbrel/python/evaluator.h"

#include <utility>

#include "interpreter.h"

namespace whimbrel::python {

Evaluator::Evaluator(const Tree& tree, Host& host, Limits limits) : interpreter_(std::make_unique<Interpreter>(tree, host, limits)) {}

Evaluator::~Evaluator() = default;

void Evaluator::run_module() { interpreter_->run_module(); }

const Value* Evaluator::global(std::string_view name) const { return interpreter_->global(name); }

Value Evaluator::call(const Function& function, std::vector<Value> args, Span span) {
  return interpreter_->call_function(function, {.args = std::move(args), .keywords = {}}, span);
}

Tri Evaluator::runs() const { return interpreter_->runs(); }

const std::vector<Span>& Evaluator::call_stack() const { return interpreter_->call_stack(); }

Interpreter::Interpreter(const Tree& tree, Host& host, Limits limits) : tree_(tree), host_(host), limits_(limits) {
  module_ = new_frame(nullptr);
  frame_ = module_;
}

void Interpreter::run_module() { run_block(tree_.root()); }

const Value* Interpreter::global(std::string_view name) const {
  const auto found = module_->names.find(name);
  return found != module_->names.end() ? &found->second : nullptr;
}

bool Interpreter::step(Span span) {
  if (!exhausted_ && ++steps_ > limits_.steps) exhausted(span, "the file asks for too much work");
  return !exhausted_;
}

bool Interpreter::iteration(Span span) {
  if (!exhausted_ && ++iterations_ > limits_.iterations) exhausted(span, "a loop runs too often");
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
  host_.unknown(span, std::move(reason));
}

}  // namespace whimbrel::python
