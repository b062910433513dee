// Enums, composite types and domains.
#include <algorithm>
#include <utility>

#include "apply_operation.h"
#include "expressions.h"
#include "names.h"
#include "parts.h"
#include "type_uses.h"

namespace whimbrel::catalog {

namespace {

std::optional<QualifiedName> target(Change& change, const ir::RelationName& written, bool if_exists = false) {
  if (const Type* found = change.catalog.find_type(written.value)) return found->name;
  const QualifiedName name = change.catalog.resolve_new(written.value);
  if (!if_exists) change.missing(describe("type", name), "42704", written.span);
  return std::nullopt;
}

/// As target(), and presumed where it is missing.
QualifiedName target_or_presumed(Change& change, const ir::RelationName& written) {
  if (const std::optional<QualifiedName> found = target(change, written)) return *found;
  const QualifiedName name = change.catalog.resolve_new(written.value);
  Type& type = change.catalog.edit_type(name);
  type.exact = false;
  type.origin = change.origin;
  return name;
}

/// A new type's place; null where another type stands there.
Type* make(Change& change, const ir::RelationName& written) {
  QualifiedName name = change.catalog.resolve_new(written.value);
  name.name = clip_name(name.name);
  const auto old = change.catalog.types().find(name);
  if (old != change.catalog.types().end() && old->second->exact && change.catalog.complete()) {
    change.existing(describe("type", name), "42710", written.span);
    return nullptr;
  }
  Type& type = change.catalog.edit_type(name);
  type = Type{};
  type.name = name;
  type.exact = !change.maybe();
  type.origin = change.origin;
  return &type;
}

Column attribute_from(const Change& change, const ir::ColumnDef& written) {
  Column column;
  column.name = clip_name(written.name.value);
  column.type = stored_type(change.catalog, written.type.value);
  column.collation = written.collation;
  column.origin = change.origin_at(written.span);
  return column;
}

void add_domain_constraint(Change& change, Type& domain, const ir::Constraint& written) {
  if (written.kind == ir::ConstraintKind::not_null) domain.not_null = true;
  if (written.kind != ir::ConstraintKind::check) return;
  Constraint constraint;
  constraint.name = constraint_name_for_domain(change.catalog, domain.name, written);
  constraint.kind = written.kind;
  constraint.expr = written.expr;
  constraint.validated = !written.not_valid;
  constraint.origin = change.origin_at(written.span);
  domain.constraints.push_back(std::move(constraint));
}

}  // namespace

std::string constraint_name_for_domain(const Catalog& catalog, const QualifiedName& domain,
                                       const ir::Constraint& written) {
  if (!written.name.value.empty()) return clip_name(written.name.value);
  return choose_plain_constraint_name(catalog, domain.schema, domain.name, "", "check");
}

void apply_operation(Change& change, const op::CreateType& written) {
  Type* type = make(change, written.type);
  if (type == nullptr) return;
  type->form = written.form;
  for (const ir::Name& label : written.labels) {
    type->labels.push_back(label.value);
    type->label_origins.push_back(change.origin_at(label.span));
  }
  for (const ir::ColumnDef& attribute : written.attributes)
    type->attributes.push_back(attribute_from(change, attribute));
}

void apply_operation(Change& change, const op::AddEnumValue& written) {
  const QualifiedName name = target_or_presumed(change, written.type);
  Type& type = change.catalog.edit_type(name);
  if (std::ranges::find(type.labels, written.value.value) != type.labels.end()) {
    if (!written.if_not_exists && type.exact)
      change.existing("enum label " + written.value.value + " of " + describe("type", name), "42710",
                      written.value.span);
    return;
  }
  std::size_t place = type.labels.size();
  if (!written.neighbor.value.empty()) {
    const auto neighbor = std::ranges::find(type.labels, written.neighbor.value);
    if (neighbor != type.labels.end()) {
      place = static_cast<std::size_t>(neighbor - type.labels.begin()) + (written.after ? 1U : 0U);
    } else if (type.exact) {
      change.missing("enum label " + written.neighbor.value + " of " + describe("type", name), "22023",
                     written.neighbor.span);
    }
  }
  if (change.maybe()) type.exact = false;
  type.labels.insert(type.labels.begin() + static_cast<std::ptrdiff_t>(place), written.value.value);
  type.label_origins.resize(type.labels.size() - 1);
  type.label_origins.insert(type.label_origins.begin() + static_cast<std::ptrdiff_t>(place), change.origin);
}

void apply_operation(Change& change, const op::RenameEnumValue& written) {
  const std::optional<QualifiedName> name = target(change, written.type);
  if (!name) return;
  Type& type = change.catalog.edit_type(*name);
  if (change.maybe()) {
    type.exact = false;
    return;
  }
  const auto label = std::ranges::find(type.labels, written.value.value);
  if (label != type.labels.end()) {
    *label = written.new_value.value;
    rename_label_in_expressions(change, *name, written.value.value, written.new_value.value);
  } else if (type.exact) {
    change.missing("enum label " + written.value.value + " of " + describe("type", *name), "22023", written.value.span);
  }
}

void apply_operation(Change& change, const op::CreateDomain& written) {
  Type* type = make(change, written.domain);
  if (type == nullptr) return;
  type->domain = true;
  type->form = op::TypeForm::base;
  type->base = stored_type(change.catalog, written.type.value);
  type->default_value = written.default_value;
  type->not_null = written.not_null;
  for (const ir::Constraint& constraint : written.constraints) add_domain_constraint(change, *type, constraint);
}

void apply_operation(Change& change, const op::AlterDomain& written) {
  const std::optional<QualifiedName> name = target(change, written.domain);
  if (!name) return;
  Type& domain = change.catalog.edit_type(*name);
  if (change.maybe()) {
    domain.exact = false;
    return;
  }
  const auto constraint = std::ranges::find(domain.constraints, written.constraint_name.value, &Constraint::name);
  const bool found = constraint != domain.constraints.end();
  const auto report = [&] {
    if (!found && !written.if_exists && domain.exact) {
      change.missing(
          "constraint " + ir::quote_identifier(written.constraint_name.value) + " of " + describe("domain", *name),
          "42704", written.constraint_name.span);
    }
  };
  switch (written.action) {
    case op::DomainAction::set_default:
      domain.default_value = written.value;
      return;
    case op::DomainAction::drop_default:
      domain.default_value = nullptr;
      return;
    case op::DomainAction::set_not_null:
      domain.not_null = true;
      return;
    case op::DomainAction::drop_not_null:
      domain.not_null = false;
      return;
    case op::DomainAction::add_constraint:
      add_domain_constraint(change, domain, written.constraint);
      return;
    case op::DomainAction::drop_constraint:
      report();
      if (found) domain.constraints.erase(constraint);
      return;
    case op::DomainAction::validate_constraint:
      report();
      if (found) constraint->validated = true;
      return;
  }
}

void apply_operation(Change& change, const op::AlterCompositeType& written) {
  const std::optional<QualifiedName> name = target(change, written.type);
  if (!name) return;
  Type& type = change.catalog.edit_type(*name);
  if (change.maybe()) {
    type.exact = false;
    return;
  }
  const auto old = std::ranges::find(type.attributes, written.attribute.name.value, &Column::name);
  const bool found = old != type.attributes.end();
  const std::string what =
      "attribute " + ir::quote_identifier(written.attribute.name.value) + " of " + describe("type", *name);
  switch (written.action) {
    case op::AttributeAction::add:
      if (found) {
        if (type.exact) change.existing(what, "42701", written.attribute.name.span);
        return;
      }
      type.attributes.push_back(attribute_from(change, written.attribute));
      return;
    case op::AttributeAction::drop:
    case op::AttributeAction::alter_type:
      if (!found) {
        if (type.exact && !written.if_exists) change.missing(what, "42703", written.attribute.name.span);
        return;
      }
      if (written.action == op::AttributeAction::drop) {
        type.attributes.erase(old);
      } else {
        old->type = stored_type(change.catalog, written.attribute.type.value);
      }
      return;
  }
}

void apply_operation(Change& change, const op::DropType& written) {
  const std::optional<QualifiedName> name = target(change, written.type, written.if_exists);
  if (!name) return;
  if (change.maybe()) {
    change.catalog.edit_type(*name).exact = false;
    return;
  }
  if (written.cascade) remove_columns_of_type(change, *name);
  change.catalog.erase_type(*name);
}

}  // namespace whimbrel::catalog
