// The catalog as text: readable lines in a fixed order, for fixtures and `whimbrel schema`.
#pragma once

#include <string>

#include "whimbrel/catalog/catalog.h"

namespace whimbrel::catalog {

/// Every object in lines like DDL, sorted by name; the same catalog gives the same bytes. What is not exact or only presumed says so.
std::string dump(const Catalog& catalog);
/// One relation with its columns, constraints, indexes and what is attached to it.
std::string dump(const Catalog& catalog, const Relation& relation);

/// "public.users" with each part quoted where SQL must.
std::string to_text(const QualifiedName& name);
/// A constraint as ALTER TABLE … ADD would say it, without its name: `foreign key (a) references public.b (id) on delete cascade`.
std::string to_text(const Constraint& constraint);
/// An index's definition without its name: `unique btree (lower(email)) include (a) where …`.
std::string to_text(const Index& index);

}  // namespace whimbrel::catalog
