// Objects by resolved name: found by hash, walked in the order of the names.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "whimbrel/ir/names.h"

namespace whimbrel::catalog {

using ir::QualifiedName;

struct NameHash {
  std::size_t operator()(const QualifiedName& name) const {
    const std::hash<std::string_view> hash;
    // Most names share a schema; multiplied, so that a.b and b.a differ.
    return hash(name.name) + 31 * hash(name.schema);
  }
};

/// A std::map from names, with the part of its interface that is used; a look-up compares no names on its way. A replay looks names up
/// a hundred times as often as it makes them.
template <class T>
class NameMap {
  using Ordered = std::map<QualifiedName, T>;

 public:
  using iterator = typename Ordered::iterator;
  using const_iterator = typename Ordered::const_iterator;
  using value_type = typename Ordered::value_type;

  NameMap() = default;
  NameMap(const NameMap&) = delete;
  NameMap& operator=(const NameMap&) = delete;
  NameMap(NameMap&&) = default;             // the nodes stay where they are
  NameMap& operator=(NameMap&&) = default;
  ~NameMap() = default;

  [[nodiscard]] const_iterator begin() const { return ordered_.begin(); }
  [[nodiscard]] const_iterator end() const { return ordered_.end(); }
  [[nodiscard]] iterator begin() { return ordered_.begin(); }
  [[nodiscard]] iterator end() { return ordered_.end(); }
  [[nodiscard]] std::size_t size() const { return ordered_.size(); }
  [[nodiscard]] bool empty() const { return ordered_.empty(); }

  [[nodiscard]] bool contains(const QualifiedName& name) const { return places_.contains(name); }
  [[nodiscard]] const_iterator find(const QualifiedName& name) const {
    const auto found = places_.find(name);
    return found == places_.end() ? ordered_.end() : const_iterator(found->second);
  }
  [[nodiscard]] iterator find(const QualifiedName& name) {
    const auto found = places_.find(name);
    return found == places_.end() ? ordered_.end() : found->second;
  }
  [[nodiscard]] const T& at(const QualifiedName& name) const { return places_.at(name)->second; }
  [[nodiscard]] const_iterator lower_bound(const QualifiedName& name) const { return ordered_.lower_bound(name); }

  template <class... Arguments>
  std::pair<iterator, bool> try_emplace(const QualifiedName& name, Arguments&&... arguments) {
    if (const auto found = places_.find(name); found != places_.end()) return {found->second, false};
    const iterator place = ordered_.try_emplace(name, std::forward<Arguments>(arguments)...).first;
    places_.emplace(std::cref(place->first), place);
    return {place, true};
  }
  template <class Value>
  void insert_or_assign(const QualifiedName& name, Value&& value) {
    const auto [place, made] = try_emplace(name, std::forward<Value>(value));
    if (!made) place->second = std::forward<Value>(value);  // try_emplace has taken nothing then
  }
  iterator erase(const_iterator place) {
    places_.erase(std::cref(place->first));
    return ordered_.erase(place);
  }
  void erase(const QualifiedName& name) {
    if (const auto found = places_.find(name); found != places_.end()) {
      const iterator place = found->second;
      places_.erase(found);
      ordered_.erase(place);
    }
  }
  void clear() {
    places_.clear();
    ordered_.clear();
  }

 private:
  using Key = std::reference_wrapper<const QualifiedName>;   // the node's own
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(const QualifiedName& name) const { return NameHash{}(name); }
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(const QualifiedName& left, const QualifiedName& right) const {
      return left.name == right.name && left.schema == right.schema;
    }
  };

  Ordered ordered_;
  std::unordered_map<Key, iterator, Hash, Equal> places_;
};

}  // namespace whimbrel::catalog
