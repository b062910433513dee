// Objects by resolved name: found by hash, walked in the order of the names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
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
    // Most names share a schema; the second begins with what the first gave, so that a.b and b.a differ.
    return static_cast<std::size_t>(of(name.schema, name.name));
  }
  static std::uint64_t of(std::string_view schema, std::string_view name) { return add(add(0, schema), name); }

 private:
  /// Eight bytes a step, each folded in by a product: names are short, and a look-up costs little more than its hash.
  static std::uint64_t add(std::uint64_t hash, std::string_view text) {
    const char* at = text.data();
    std::size_t left = text.size();
    hash ^= left;
    for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t), at += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, sizeof(word));
      hash = fold(hash ^ word);
    }
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < left; ++i) word |= static_cast<std::uint64_t>(static_cast<unsigned char>(at[i])) << (8 * i);
    return fold(hash ^ word);
  }
  static std::uint64_t fold(std::uint64_t value) {
    value = (value ^ 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U;
    return value ^ (value >> 32U);
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
