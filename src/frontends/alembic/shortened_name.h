// Names that are too long for PostgreSQL, as SQLAlchemy shortens them.
#pragma once

#include <string>

namespace whimbrel::alembic {

/// What SQLAlchemy writes for a name that a naming convention or op.f() gives: as it is up to 63 characters, else its first 55, "_", and the
/// last four digits of its MD5 (sqlalchemy/sql/compiler.py, IdentifierPreparer.truncate_and_render_constraint_name).
std::string shortened_name(const std::string& name);

}  // namespace whimbrel::alembic
