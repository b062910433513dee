// A map that can go back to an earlier moment: what a transaction collects, and loses by ROLLBACK TO.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace whimbrel {

/// Going back costs what was set since, whatever else is in the map.
template <class Key, class Value>
class UndoMap {
 public:
  using Moment = std::size_t;

  [[nodiscard]] const Value* find(const Key& key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? nullptr : &found->second;
  }
  void set(const Key& key, Value value) {
    const auto [at, first] = values_.try_emplace(key, value);
    log_.emplace_back(key, first ? std::nullopt : std::optional<Value>(std::exchange(at->second, std::move(value))));
  }
  void erase(const Key& key) {
    const auto found = values_.find(key);
    if (found == values_.end()) return;
    log_.emplace_back(key, std::move(found->second));
    values_.erase(found);
  }
  /// Empty, and no way back.
  void clear() {
    values_.clear();
    log_.clear();
  }

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] bool empty() const { return values_.empty(); }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }

  [[nodiscard]] Moment now() const { return log_.size(); }
  /// Undoes what was set or erased since; the keys that were touched, the latest first.
  std::vector<Key> back_to(Moment moment) {
    std::vector<Key> touched;
    while (log_.size() > moment) {
      auto& [key, before] = log_.back();
      if (before) {
        values_.insert_or_assign(key, std::move(*before));
      } else {
        values_.erase(key);
      }
      touched.push_back(std::move(key));
      log_.pop_back();
    }
    return touched;
  }

 private:
  std::map<Key, Value> values_;
  std::vector<std::pair<Key, std::optional<Value>>> log_;
};

}  // namespace whimbrel
