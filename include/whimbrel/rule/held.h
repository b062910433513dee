// What rules about transactions share: locks that earlier statements left behind, and work that makes them last.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/rule/context.h"

namespace whimbrel::rule {

/// Whether other sessions wait for it on a table or view that they may be using.
bool is_felt(const Context& context, const facts::RelationLock& lock);
/// The locks of earlier statements of the open transaction that other sessions feel: on tables that they can be using, and stronger
/// than what the statement itself needs there. The strongest first; those that block reads before those that block writes only.
std::vector<const facts::HeldLock*> felt_locks(const Context& context);
/// "reads and writes of users wait", "writes of users and orders wait".
std::string who_waits(const Context& context, const std::vector<const facts::HeldLock*>& locks);
/// "has locked it" or "has locked them", for those.
std::string locked_them(const std::vector<const facts::HeldLock*>& locks);
/// A label at each statement that took one of the locks: "users is locked ACCESS EXCLUSIVE from here until the transaction ends".
void label_locks(Finding& finding, const Context& context, const std::vector<const facts::HeldLock*>& locks);
/// Reports at `span` what is made long by these locks of earlier statements: they are the finding's own, each is labelled where it was
/// taken, and the help says how to let go of them before.
void report_held(Context& context, Span span, std::string message, const std::vector<const facts::HeldLock*>& locks);

/// Whether a table may have many rows of somebody else: not the server's own, not made by this part, temporary or declared small.
bool holds_much(const Context& context, const ir::RelationName& table);
/// The statement's longest work on data that was there before: a rewrite, an index build, a table read in full. Null: none.
struct HeavyWork {
  const facts::Work* work = nullptr;
  std::string phrase;   ///< "rewrites orders", "builds an index on orders", "reads all of orders"
};
HeavyWork heavy_work(const Context& context);

}  // namespace whimbrel::rule
