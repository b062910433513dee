// The server's headers, and what differs between their versions. The only place that includes them.
#pragma once

// Before them: they define short macros that break the standard library's headers.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A type of that name at global scope would be shadowed by every parameter called text.
#define text server_text_type
extern "C" {
#include "pg_query.h"
#include "pg_query/pg_query_internal.h"

#include "catalog/index.h"
#include "nodes/nodeFuncs.h"
#include "nodes/parsenodes.h"
#include "nodes/primnodes.h"
#include "nodes/value.h"
#include "storage/lockdefs.h"
#include "utils/timestamp.h"
}

#undef text
#undef restrict
#undef Abs
#undef foreach
#undef gettext
#undef _

namespace whimbrel::sql {

/// The grammar's major version, as a constant for `if constexpr` and #if.
#define WHIMBREL_PG_MAJOR (PG_VERSION_NUM / 10000)

/// The items of a list of nodes; none for a null list.
template <class Node = ::Node>
class Items {
 public:
  explicit Items(const List* list) : list_(list) {}
  class Iterator {
   public:
    Iterator(const List* list, int i) : list_(list), i_(i) {}
    const Node* operator*() const { return static_cast<const Node*>(list_->elements[i_].ptr_value); }
    Iterator& operator++() {
      ++i_;
      return *this;
    }
    friend bool operator!=(const Iterator& left, const Iterator& right) { return left.i_ != right.i_; }

   private:
    const List* list_;
    int i_;
  };
  [[nodiscard]] Iterator begin() const { return {list_, 0}; }
  [[nodiscard]] Iterator end() const { return {list_, size()}; }
  [[nodiscard]] int size() const { return list_ == nullptr ? 0 : list_->length; }
  [[nodiscard]] const Node* operator[](int i) const { return static_cast<const Node*>(list_->elements[i].ptr_value); }

 private:
  const List* list_;
};

/// The node as a T, without a check.
template <class T>
const T* as(const void* node) {
  return static_cast<const T*>(node);
}

inline NodeTag tag_of(const void* node) { return node == nullptr ? T_Invalid : as<::Node>(node)->type; }

}  // namespace whimbrel::sql
