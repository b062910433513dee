// Keeps the statements of a large project out of memory: reads files again when the replay comes to them.
#pragma once

#include <cstddef>
#include <map>

#include "whimbrel/engine/project.h"
#include "whimbrel/history/lending.h"

namespace whimbrel::engine {

/// Lets go of what can be read again from the text alone: the one migration of a file, of a front end whose readings share nothing, without
/// comments that speak of its statements. True if it did.
bool let_go(const frontend::FrontEnd& front_end, frontend::Reading& reading);

/// Lends what `let_go` has taken, history by history.
class Lender final : public history::Lending {
 public:
  explicit Lender(Project& project);
  Lender(const Lender&) = delete;
  Lender& operator=(const Lender&) = delete;
  ~Lender() override { let_all_go(); }

  /// Before the migrations of a history, which stay where they are.
  void begin(history::History& history);
  /// Reads some migrations from this one on, on several cores, but none from `end` on; lets go of those that were read so before.
  void look_ahead(std::size_t from, std::size_t end);
  void lend(const ir::Migration& migration) override;
  void give_back(const ir::Migration& migration) override;

 private:
  [[nodiscard]] bool is_out(const ir::Part& part) const;
  [[nodiscard]] std::size_t index_of(const ir::Migration& migration) const;
  [[nodiscard]] bool is_ready(std::size_t migration) const { return migration >= ready_begin_ && migration < ready_end_; }
  void fill(std::size_t migration);
  void fill(ir::Part& part, ir::Direction direction) const;
  void empty(std::size_t migration);
  void let_all_go();

  Project& project_;
  bool idle_ = true;                        ///< nothing of the project is out
  history::History* history_ = nullptr;
  std::size_t ready_begin_ = 0;             ///< what was read ahead
  std::size_t ready_end_ = 0;
  std::map<std::size_t, int> loans_;        ///< of other migrations
};

}  // namespace whimbrel::engine
