// Statements, and what happens when a test cannot be told: both sides, the second from the same start.
#include <algorithm>

#include "interpreter.h"

namespace whimbrel::python {

namespace {

constexpr std::string_view kDependsOnTest = "it depends on a test that cannot be told";

}  // namespace

Flow Interpreter::run_block(Node block) {
  for (const Node statement : block.children()) {
    const Flow flow = run(statement);
    if (flow != Flow::next) return flow;
  }
  return Flow::next;
}

Flow Interpreter::run(Node statement) {
  const Nesting nesting(nesting_);
  if (!step(at(statement))) return Flow::return_;
  if (nesting_ > limits_.nesting) {
    host_.unknown(at(statement), "statements nest too deeply");
    return Flow::next;
  }
  switch (statement.kind()) {
    case NodeKind::expression_statement: run_expression(statement); return Flow::next;
    case NodeKind::if_statement: return run_if(statement);
    case NodeKind::for_statement: return run_for(statement);
    case NodeKind::while_statement: return run_while(statement);
    case NodeKind::with_statement: return run_with(statement);
    case NodeKind::try_statement: return run_try(statement);
    case NodeKind::match_statement: return run_match(statement);
    case NodeKind::return_statement: return run_return(statement);
    case NodeKind::raise_statement: return Flow::raise_;
    case NodeKind::break_statement: return Flow::break_;
    case NodeKind::continue_statement: return Flow::continue_;
    case NodeKind::import_statement: run_import(statement); return Flow::next;
    case NodeKind::import_from_statement: run_import_from(statement); return Flow::next;
    case NodeKind::function_definition: define_function(statement, {}); return Flow::next;
    case NodeKind::class_definition: define_class(statement, {}); return Flow::next;
    case NodeKind::decorated_definition: {
      const Node definition = statement.child(Field::definition);
      const std::string_view decorators = statement.text().substr(0, definition.span().begin - statement.span().begin);
      definition.kind() == NodeKind::class_definition ? define_class(definition, decorators) : define_function(definition, decorators);
      return Flow::next;
    }
    case NodeKind::block:
    case NodeKind::module:
    case NodeKind::error: return run_block(statement);  // what is whole inside an error still counts
    case NodeKind::global_statement:
    case NodeKind::nonlocal_statement:
      for (const Node name : statement.children()) frame_->outer.insert(std::string(name.text()));
      return Flow::next;
    default: return Flow::next;
  }
}

void Interpreter::run_expression(Node statement) {
  for (const Node expression : statement.children()) {
    switch (expression.kind()) {
      case NodeKind::assignment: run_assignment(expression); break;
      case NodeKind::augmented_assignment: run_augmented(expression); break;
      case NodeKind::call: evaluate_call(expression, true); break;
      case NodeKind::await: {
        const Node awaited = expression.first();
        if (awaited.kind() == NodeKind::call) {
          evaluate_call(awaited, true);
        } else {
          evaluate(awaited);
        }
        break;
      }
      case NodeKind::string: break;  // a docstring
      default: evaluate(expression); break;
    }
  }
}

void Interpreter::run_assignment(Node assignment) {
  const Node right = assignment.child(Field::right);
  if (!right) return;  // a bare annotation
  const Node left = assignment.child(Field::left);
  if (right.kind() == NodeKind::assignment) {
    run_assignment(right);
    assign(left, evaluate(right.child(Field::left)));
    return;
  }
  assign(left, evaluate(right));
}

void Interpreter::run_augmented(Node assignment) {
  const Node left = assignment.child(Field::left);
  const Value before = evaluate(left);
  const Value operand = evaluate(assignment.child(Field::right));
  std::string_view op = assignment.child(Field::operator_).text();
  if (op.ends_with('=')) op.remove_suffix(1);
  assign(left, binary(op, before, operand, at(assignment)));
}

Flow Interpreter::run_return(Node statement) {
  const Node value = statement.first();
  result_ = value ? evaluate(value) : make_none(at(statement));
  return Flow::return_;
}

void Interpreter::merge(const std::map<std::string, Value, std::less<>>& other, Span span) {
  for (auto& [name, value] : frame_->names) {
    const auto found = other.find(name);
    if (found == other.end()) continue;  // bound on one side only: the other side cannot use it
    if (!identical(found->second, value)) value = make_unknown(std::string(kDependsOnTest), span);
  }
  for (const auto& [name, value] : other) frame_->names.try_emplace(name, value);
}

/// Both sides of a test that cannot be told. A side that leaves (a guard) is taken as not taken afterwards.
Flow Interpreter::run_branches(Node consequence, Node alternative) {
  if (!copies(2 * frame_->names.size(), at(consequence))) return Flow::return_;
  const auto before = frame_->names;
  const auto keep_result = [&](Flow flow) {
    if (flow != Flow::return_ || !result_) return;
    if (possible_ != nullptr) possible_->push_back(*result_);
    result_.reset();
  };
  ++conditional_;
  const Flow first = run_block(consequence);
  keep_result(first);
  auto after_first = std::exchange(frame_->names, before);
  const Flow second = alternative ? run_alternative(alternative) : Flow::next;
  keep_result(second);
  --conditional_;
  if (exhausted_) return Flow::return_;
  if (first != second) {
    may_break_ = may_break_ || first == Flow::break_ || second == Flow::break_;
    for (const Flow flow : {first, second}) may_return_ = may_return_ || flow == Flow::return_ || flow == Flow::raise_;
  }
  if (first != Flow::next && second != Flow::next) return first == second ? first : Flow::return_;
  if (second != Flow::next) {
    frame_->names = std::move(after_first);
  } else if (first == Flow::next) {
    merge(after_first, at(consequence));
  }
  return Flow::next;
}

Tri Interpreter::evaluate_test(Node condition) {
  const bool outer = std::exchange(in_test_, true);
  const Tri result = truth(evaluate(condition));
  in_test_ = outer;
  return result;
}

Flow Interpreter::run_alternative(Node alternative) {
  if (alternative.kind() == NodeKind::elif_clause) return run_if(alternative);
  const Node body = alternative.child(Field::body);
  return body ? run_block(body) : Flow::next;
}

Flow Interpreter::run_if(Node statement) {
  const Nesting nesting(nesting_);
  if (nesting_ > limits_.nesting) return Flow::next;
  const Tri condition = evaluate_test(statement.child(Field::condition));
  // if_statement has all its elif and else clauses as children; an elif_clause goes on with its siblings.
  Node alternative = statement.kind() == NodeKind::elif_clause ? statement.next() : statement.child(Field::alternative);
  while (alternative && alternative.kind() != NodeKind::elif_clause && alternative.kind() != NodeKind::else_clause) alternative = alternative.next();
  const Node consequence = statement.child(Field::consequence);
  switch (condition) {
    case Tri::yes: return run_block(consequence);
    case Tri::no: return alternative ? run_alternative(alternative) : Flow::next;
    case Tri::unknown: break;
  }
  return run_branches(consequence, alternative);
}

/// A body that may run, any number of times.
Flow Interpreter::run_maybe(Node body, const std::string& reason) {
  if (!copies(frame_->names.size(), at(body))) return Flow::return_;
  const auto before = frame_->names;
  ++conditional_;
  const Flow flow = run_block(body);
  --conditional_;
  if (flow == Flow::return_ && result_) {
    if (possible_ != nullptr) possible_->push_back(*result_);
    result_.reset();
  }
  forget_changes(before, reason, at(body));
  return exhausted_ ? Flow::return_ : Flow::next;
}

void Interpreter::forget_changes(const std::map<std::string, Value, std::less<>>& before, const std::string& reason, Span span) {
  for (auto& [name, value] : frame_->names) {
    const auto found = before.find(name);
    if (found != before.end() && !identical(found->second, value)) value = make_unknown(reason, span);
  }
}

Flow Interpreter::run_for(Node statement) {
  const Noted breaks(may_break_, false);
  const Value iterable = evaluate(statement.child(Field::right));
  const Node left = statement.child(Field::left);
  const Node body = statement.child(Field::body);
  const auto items = iterate(iterable);
  if (!items) {
    assign(left, iterable.is_unknown() ? iterable : make_unknown("an item of " + describe(iterable), at(left)));
    return run_maybe(body, "it is computed in a loop over " + describe(iterable));
  }
  bool broken = false;
  for (const Value& item : *items) {
    if (!iteration(at(statement))) return Flow::return_;
    Value bound = item;
    bound.span = at(left);
    assign(left, item);
    const Flow flow = run_block(body);
    if (flow == Flow::return_ || flow == Flow::raise_) return flow;
    if (flow == Flow::break_) {
      broken = true;
      break;
    }
  }
  const Node alternative = statement.child(Field::alternative);
  return !broken && alternative ? run_alternative(alternative) : Flow::next;
}

Flow Interpreter::run_while(Node statement) {
  constexpr const char* kInLoop = "it is computed in a loop";
  const Node body = statement.child(Field::body);
  // `while True`: it ends where its body says so, in batches that go on until no row is left. A body that may have ended it runs once.
  const bool endless = statement.child(Field::condition).kind() == NodeKind::true_;
  const Noted breaks(may_break_, false);
  const Noted returns(may_return_, true);
  while (true) {
    const Tri condition = evaluate_test(statement.child(Field::condition));
    if (condition == Tri::no) break;
    if (condition == Tri::unknown) return run_maybe(body, kInLoop);
    if (!iteration(at(statement)) || (endless && !copies(frame_->names.size(), at(statement)))) return Flow::return_;
    const std::uint32_t unsure = conditional_;
    const auto before = endless ? frame_->names : std::map<std::string, Value, std::less<>>{};
    const Flow flow = run_block(body);
    conditional_ = unsure;
    if (endless && flow != Flow::return_ && flow != Flow::raise_ && (may_break_ || may_return_)) {
      forget_changes(before, kInLoop, at(body));
      return Flow::next;
    }
    if (flow == Flow::return_ || flow == Flow::raise_) return flow;
    if (flow == Flow::break_) return Flow::next;
  }
  const Node alternative = statement.child(Field::alternative);
  return alternative ? run_alternative(alternative) : Flow::next;
}

Flow Interpreter::run_with(Node statement) {
  std::vector<Value> entered;
  const Node clause = statement.first();
  std::vector<Node> items;
  for (const Node child : clause.children()) {
    if (child.kind() == NodeKind::with_item) items.push_back(child);
  }
  for (const Node item : items) {
    Node expression = item.child(Field::value);
    Node target;
    if (expression.kind() == NodeKind::as_pattern) {
      target = expression.child(Field::alias);
      expression = expression.first();
    }
    const Value context = evaluate(expression);
    const Value bound = host_.enter(context, at(expression));
    if (target) assign(target, bound);
    entered.push_back(context);
  }
  const Flow flow = run_block(statement.child(Field::body));
  for (auto context = entered.rbegin(); context != entered.rend(); ++context) host_.leave(*context);
  return flow;
}

Flow Interpreter::run_try(Node statement) {
  Flow flow = run_block(statement.child(Field::body));
  for (const Node clause : statement.children()) {
    if (clause.kind() == NodeKind::except_clause) {
      for (const Node block : clause.children()) {
        if (block.kind() == NodeKind::block) run_maybe(block, std::string(kDependsOnTest));
      }
    } else if (clause.kind() == NodeKind::else_clause && flow == Flow::next) {
      flow = run_alternative(clause);
    } else if (clause.kind() == NodeKind::finally_clause) {
      const Flow last = run_block(clause.first());
      if (last != Flow::next) flow = last;
    }
  }
  return flow;
}

Flow Interpreter::run_match(Node statement) {
  for (const Node child : statement.children()) {
    if (child.field() == Field::subject) evaluate(child);
    for (const Node clause : child.children()) {
      if (clause.kind() == NodeKind::case_clause) run_maybe(clause.child(Field::consequence), std::string(kDependsOnTest));
    }
  }
  return Flow::next;
}

void Interpreter::define_function(Node definition, std::string_view decorators) {
  const Node name = definition.child(Field::name);
  Function function{definition, frame_};
  if (decorators.contains("@staticmethod")) function.binding = Binding::static_method;
  if (decorators.contains("@classmethod")) function.binding = Binding::class_method;
  if (decorators.contains("@property") || decorators.contains("cached_property")) function.binding = Binding::property;
  bind(name.text(), {.data = std::move(function), .span = at(name)});
}

}  // namespace whimbrel::python
