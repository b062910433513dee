// A list whose copies share what they have in common: a table with a thousand indexes that gets one more is not copied for it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace whimbrel::catalog {

/// A copy costs a pointer; the first change after it one more for each kChunk items, and a copy of the few items around the change. Items are
/// changed by `edit` and what it is named in; whoever only looks has the interface of a constant std::vector.
template <class T>
class List {
  static constexpr std::size_t kChunk = 16;
  using Chunk = std::vector<T>;                          // never empty
  using Chunks = std::vector<std::shared_ptr<Chunk>>;

 public:
  using value_type = T;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using reference = const T&;
  using const_reference = const T&;

  /// Item: T where the items may be changed, else const T.
  template <class Item>
  class Iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = Item*;
    using reference = Item&;

    Iterator() = default;
    reference operator*() const { return *item_; }
    pointer operator->() const { return item_; }
    Iterator& operator++() {
      if (++item_ == last_) enter(chunk_ + 1);
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    Iterator& operator--() {
      if (chunk_ == behind_ || item_ == (*chunk_)->data()) {
        enter(chunk_ - 1);
        item_ = last_;
      }
      --item_;
      return *this;
    }
    Iterator operator--(int) {
      Iterator before = *this;
      --*this;
      return before;
    }
    friend bool operator==(const Iterator& left, const Iterator& right) { return left.item_ == right.item_; }

   private:
    friend class List;
    using Place = typename Chunks::const_iterator;
    Iterator(Place chunk, Place behind) : behind_(behind) { enter(chunk); }
    void enter(Place chunk) {
      chunk_ = chunk;
      item_ = chunk == behind_ ? nullptr : (*chunk)->data();
      last_ = chunk == behind_ ? nullptr : item_ + (*chunk)->size();
    }

    Place chunk_{};
    Place behind_{};
    Item* item_ = nullptr;   ///< null: behind the last one
    Item* last_ = nullptr;
  };
  using const_iterator = Iterator<const T>;
  using iterator = const_iterator;

  List() = default;
  List(std::initializer_list<T> items) : List(std::vector<T>(items)) {}
  List(std::vector<T> items) {  // NOLINT(google-explicit-constructor): a list is made of one, and means the same
    for (T& item : items) push_back(std::move(item));
  }

  [[nodiscard]] const_iterator begin() const { return chunks_ ? const_iterator(chunks_->begin(), chunks_->end()) : const_iterator(); }
  [[nodiscard]] const_iterator end() const { return chunks_ ? const_iterator(chunks_->end(), chunks_->end()) : const_iterator(); }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] const T& front() const { return chunks_->front()->front(); }
  [[nodiscard]] const T& back() const { return chunks_->back()->back(); }
  [[nodiscard]] const T& operator[](std::size_t index) const { return *std::next(begin(), static_cast<std::ptrdiff_t>(index)); }

  /// The new item, which may be changed until the list is copied. `room`: so many will come with it, which get their room at once.
  T& push_back(T&& item, std::size_t room = 1) {
    Chunks& chunks = own();
    if (chunks.empty() || chunks.back()->size() >= kChunk) {
      chunks.push_back(std::make_shared<Chunk>());
      chunks.back()->reserve(std::min(kChunk, room));
    } else {
      own(chunks.back());
    }
    ++size_;
    return chunks.back()->emplace_back(std::move(item));
  }
  T& push_back(const T& item) { return push_back(T(item)); }
  /// The item at a place of this list, which may be changed until the list is copied.
  T& edit(const_iterator place) {
    const auto chunk = static_cast<std::size_t>(place.chunk_ - std::as_const(*chunks_).begin());
    const auto item = static_cast<std::size_t>(place.item_ - (*place.chunk_)->data());
    return own(own()[chunk])[item];
  }
  /// All items, to be changed; none is shared with a copy any more.
  class Editing {
   public:
    [[nodiscard]] Iterator<T> begin() const { return list_.chunks_ ? Iterator<T>(list_.chunks_->begin(), list_.chunks_->end()) : Iterator<T>(); }
    [[nodiscard]] Iterator<T> end() const { return list_.chunks_ ? Iterator<T>(list_.chunks_->end(), list_.chunks_->end()) : Iterator<T>(); }

   private:
    friend class List;
    explicit Editing(const List& list) : list_(list) {}
    const List& list_;
  };
  [[nodiscard]] Editing edit_each() {
    if (!empty()) {
      for (auto& chunk : own()) own(chunk);
    }
    return Editing(*this);
  }
  template <class Test>
  std::size_t erase_if(const Test& test) {
    const std::size_t before = size_;
    for (std::size_t i = 0; chunks_ && i < chunks_->size();) {
      const Chunk& seen = *(*chunks_)[i];
      if (std::none_of(seen.begin(), seen.end(), test)) {
        ++i;
        continue;
      }
      Chunks& chunks = own();
      size_ -= std::erase_if(own(chunks[i]), test);
      if (chunks[i]->empty()) {
        chunks.erase(chunks.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
    return before - size_;
  }
  std::size_t erase(const T& item) {
    return erase_if([&item](const T& other) { return other == item; });
  }
  void erase(const_iterator place) {
    erase_if([gone = &edit(place)](const T& item) { return &item == gone; });
  }
  void clear() {
    chunks_.reset();
    size_ = 0;
  }

  /// Calls `come` with the items of `after` and then `gone` with those of `before`, without most of those that both share.
  template <class Gone, class Come>
  static void for_each_difference(const List& before, const List& after, const Gone& gone, const Come& come) {
    if (before.chunks_ == after.chunks_) return;
    static const Chunks kNone;
    const Chunks& old = before.chunks_ ? *before.chunks_ : kNone;
    const Chunks& now = after.chunks_ ? *after.chunks_ : kNone;
    const std::size_t shorter = std::min(old.size(), now.size());
    std::size_t first = 0;
    while (first < shorter && old[first] == now[first]) ++first;
    std::size_t last = 0;
    while (last < shorter - first && old[old.size() - 1 - last] == now[now.size() - 1 - last]) ++last;
    for (std::size_t i = first; i < now.size() - last; ++i) std::for_each(now[i]->begin(), now[i]->end(), come);
    for (std::size_t i = first; i < old.size() - last; ++i) std::for_each(old[i]->begin(), old[i]->end(), gone);
  }

  friend bool operator==(const List& left, const List& right) { return left.size_ == right.size_ && std::equal(left.begin(), left.end(), right.begin()); }

 private:
  Chunks& own() {
    if (!chunks_) {
      chunks_ = std::make_shared<Chunks>();
    } else if (chunks_.use_count() > 1) {
      chunks_ = std::make_shared<Chunks>(*chunks_);
    }
    return *chunks_;
  }
  static Chunk& own(std::shared_ptr<Chunk>& chunk) {
    if (chunk.use_count() > 1) chunk = std::make_shared<Chunk>(*chunk);
    return *chunk;
  }

  std::shared_ptr<Chunks> chunks_;   ///< null: empty, and never had an item
  std::size_t size_ = 0;
};

}  // namespace whimbrel::catalog
