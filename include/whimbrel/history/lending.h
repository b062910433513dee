// Statements that are not kept in memory: let go of after reading, and lent while somebody needs them.
#pragma once

#include "whimbrel/ir/migration.h"

namespace whimbrel::history {

class Lending {
 public:
  Lending() = default;
  Lending(const Lending&) = delete;
  Lending& operator=(const Lending&) = delete;
  virtual ~Lending() = default;
  /// Until it is given back, the migration has all its statements. Loans nest.
  virtual void lend(const ir::Migration& migration) = 0;
  virtual void give_back(const ir::Migration& migration) = 0;
};

/// A loan for as long as it lives. No lender: everything is in memory.
class Loan {
 public:
  Loan(Lending* lending, const ir::Migration& migration) : lending_(lending), migration_(migration) {
    if (lending_ != nullptr) lending_->lend(migration_);
  }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;
  ~Loan() {
    if (lending_ != nullptr) lending_->give_back(migration_);
  }

 private:
  Lending* lending_;
  const ir::Migration& migration_;
};

}  // namespace whimbrel::history
