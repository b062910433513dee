// Index elements and partition bounds.
#include "read_columns.h"
#include "read_expr.h"
#include "read_names.h"

namespace whimbrel::sql {
namespace {

ir::IndexElement element(const Reader& reader, const char* name, const ::Node* expr, const List* collation, const List* opclass, TokenIndex begin) {
  ir::IndexElement read;
  read.span = reader.span(begin, reader.list_end(begin));
  read.column = reader.str(name);
  read.expr = read_expr(reader, expr);
  read.collation = last_name(reader, collation);
  read.opclass = joined_name(reader, opclass);
  return read;
}

ir::PartitionStrategy strategy(char code) {
  switch (code) {
    case 'l': return ir::PartitionStrategy::list;
    case 'r': return ir::PartitionStrategy::range;
    case 'h': return ir::PartitionStrategy::hash;
    default: return ir::PartitionStrategy::none;
  }
}

}  // namespace

std::vector<ir::IndexElement> read_index_elements(const Reader& reader, const List* elements, TokenIndex open) {
  std::vector<ir::IndexElement> list;
  TokenIndex i = open + 1;
  for (const IndexElem* node : Items<IndexElem>(elements)) {
    ir::IndexElement read = element(reader, node->name, node->expr, node->collation, node->opclass, i);
    read.descending = node->ordering == SORTBY_DESC;
    if (node->nulls_ordering == SORTBY_NULLS_FIRST) read.nulls_first = Tri::yes;
    if (node->nulls_ordering == SORTBY_NULLS_LAST) read.nulls_first = Tri::no;
    list.push_back(std::move(read));
    i = reader.list_end(i) + 1;
  }
  return list;
}

ir::PartitionBy read_partition_by(const Reader& reader, const PartitionSpec* spec) {
  ir::PartitionBy read;
  if (spec == nullptr) return read;
  read.strategy = strategy(static_cast<char>(spec->strategy));
  TokenIndex i = reader.at(spec->location);
  while (i < reader.count() && !reader.is_symbol(i, '(')) ++i;
  ++i;
  for (const PartitionElem* key : Items<PartitionElem>(spec->partParams)) {
    read.keys.push_back(element(reader, key->name, key->expr, key->collation, key->opclass, i));
    i = reader.list_end(i) + 1;
  }
  return read;
}

ir::PartitionBound read_partition_bound(const Reader& reader, const PartitionBoundSpec* bound) {
  ir::PartitionBound read;
  if (bound == nullptr) return read;
  read.is_default = bound->is_default;
  read.strategy = bound->is_default ? ir::PartitionStrategy::none : strategy(bound->strategy);
  read.values = read_exprs(reader, bound->listdatums);
  read.from = read_exprs(reader, bound->lowerdatums);
  read.to = read_exprs(reader, bound->upperdatums);
  read.modulus = bound->modulus;
  read.remainder = bound->remainder;
  // DEFAULT, or FOR VALUES and the lists in parentheses behind it.
  TokenIndex begin = reader.at(bound->location);
  if (begin < reader.count()) {
    while (begin > 0 && !bound->is_default && !reader.is(begin, "for")) --begin;
    TokenIndex end = begin + 1;
    if (!bound->is_default) {
      for (TokenIndex i = begin; i < reader.count(); ++i) {
        if (reader.is_symbol(i, '(')) {
          i = reader.match(i);
          end = i + 1;
        } else if (i >= end && end > begin + 1 && !reader.is(i, "to")) {
          break;
        }
      }
    }
    read.span = reader.span(begin, end);
  }
  return read;
}

}  // namespace whimbrel::sql
