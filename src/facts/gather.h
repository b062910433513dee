// Where the effects of one operation are collected: the strongest lock on each relation, each rewrite, scan and build
// once.
#pragma once

#include <string>
#include <string_view>

#include "whimbrel/facts/effects.h"

namespace whimbrel::facts {

class Gather {
 public:
  void lock(const QualifiedName& relation, LockMode mode, RelationSort sort = RelationSort::table);
  void rewrite(const QualifiedName& relation, Cause cause, Tri happens = Tri::yes);
  void scan(const QualifiedName& relation, Cause cause, Tri happens = Tri::yes);
  void build(const QualifiedName& index, const QualifiedName& table, Cause cause, Tri happens = Tri::yes);
  /// The server certainly refuses; the first reason counts.
  void fail(std::string_view sqlstate, std::string reason);
  /// The data may make it fail.
  void may_fail(std::string_view sqlstate, std::string reason);
  void forbid_transaction() { effects_.forbids_transaction = true; }
  void uncertain() { effects_.certain = false; }
  /// All of another's effects, too.
  void merge(const Effects& other);

  [[nodiscard]] const Effects& effects() const { return effects_; }
  /// What was collected, sorted by relation.
  [[nodiscard]] Effects finish() &&;

 private:
  Effects effects_;
};

/// An error undoes the statement: nothing is rewritten, read or built. Locks count only where it runs in transactions
/// of its own, so that the first ones were really waited for (detach.concurrently_with_default). The steps' own shares
/// keep what they would do.
void settle_error(Effects& whole);

}  // namespace whimbrel::facts
