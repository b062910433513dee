// Reading again costs what reading costs; only projects that would not fit into memory pay it.
#include "lender.h"

#include <algorithm>
#include <utility>

#include "parallel.h"

namespace whimbrel::engine {

namespace {

/// Migrations that are read at once: enough for several cores, and little memory.
constexpr std::size_t kAhead = 256;

}  // namespace

bool let_go(const frontend::FrontEnd& front_end, frontend::Reading& reading) {
  if (front_end.share != nullptr || reading.migrations.size() != 1 || !reading.directives.empty() || reading.settle_needs_statements) return false;
  reading.migrations.front().up.statements = {};
  reading.migrations.front().down.statements = {};
  return true;
}

Lender::Lender(Project& project)
    : project_(project), idle_(std::ranges::none_of(project.files, [](const ProjectFile& file) { return file.let_go; })) {}

bool Lender::is_out(const ir::Part& part) const {
  const auto file = static_cast<std::size_t>(part.file);
  return part.state != ir::PartState::missing && file < project_.files.size() && project_.files[file].let_go;
}

std::size_t Lender::index_of(const ir::Migration& migration) const { return static_cast<std::size_t>(&migration - history_->migrations.data()); }

void Lender::begin(history::History& history) {
  if (idle_) return;
  let_all_go();
  history_ = &history;
}

void Lender::look_ahead(std::size_t from, std::size_t end) {
  if (idle_ || is_ready(from)) return;
  let_all_go();
  ready_begin_ = from;
  ready_end_ = std::max(from, std::min(end, from + kAhead));
  for_each_in_parallel(ready_end_ - ready_begin_, project_.jobs, [this](std::size_t i) { fill(ready_begin_ + i); });
}

void Lender::let_all_go() {
  for (std::size_t i = ready_begin_; i < ready_end_; ++i) empty(i);
  ready_begin_ = ready_end_ = 0;
}

void Lender::lend(const ir::Migration& migration) {
  if (idle_) return;
  const std::size_t index = index_of(migration);
  if (!is_ready(index) && ++loans_[index] == 1) fill(index);
}

void Lender::give_back(const ir::Migration& migration) {
  if (idle_) return;
  const auto loan = loans_.find(index_of(migration));
  if (loan == loans_.end() || --loan->second > 0) return;
  empty(loan->first);
  loans_.erase(loan);
}

void Lender::fill(std::size_t migration) {
  fill(history_->migrations[migration].up, ir::Direction::up);
  fill(history_->migrations[migration].down, ir::Direction::down);
}

void Lender::fill(ir::Part& part, ir::Direction direction) const {
  if (!is_out(part)) return;
  const ProjectFile& file = project_.files[static_cast<std::size_t>(part.file)];
  frontend::Reading reading = file.front_end->read(project_.sources[part.file], part.file, nullptr);
  ir::Migration& again = reading.migrations.front();
  const bool as_read = (direction == ir::Direction::up ? again.up : again.down).span == part.span;
  // The history may have found out that what reads like one direction is the other one.
  ir::Part& source = (direction == ir::Direction::up) == as_read ? again.up : again.down;
  part.statements = std::move(source.statements);
}

void Lender::empty(std::size_t migration) {
  for (ir::Part* part : {&history_->migrations[migration].up, &history_->migrations[migration].down}) {
    if (is_out(*part)) part->statements = {};
  }
}

}  // namespace whimbrel::engine
