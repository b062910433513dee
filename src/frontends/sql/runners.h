// The runners that are told apart, and how each wraps a migration.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "whimbrel/ir/migration.h"

namespace whimbrel::frontends::sql_files {

/// A tool that runs SQL files. `name` is what `Migration::runner` says.
struct Runner {
  std::string_view name;
  std::optional<ir::TransactionMode> transaction;  ///< nothing: not told by the files
};

inline constexpr Runner kPlain{"", std::nullopt};
inline constexpr Runner kGoose{"goose", ir::TransactionMode::per_migration};
inline constexpr Runner kDbmate{"dbmate", ir::TransactionMode::per_migration};
inline constexpr Runner kSqlMigrate{"sql-migrate", ir::TransactionMode::per_migration};
inline constexpr Runner kGolangMigrate{"golang-migrate", ir::TransactionMode::implicit};
inline constexpr Runner kSqlx{"sqlx", ir::TransactionMode::per_migration};
inline constexpr Runner kDiesel{"diesel", ir::TransactionMode::per_migration};
inline constexpr Runner kHasura{"hasura", ir::TransactionMode::per_migration};
inline constexpr Runner kPrisma{"prisma", ir::TransactionMode::implicit};
inline constexpr Runner kFlyway{"flyway", ir::TransactionMode::per_migration};
inline constexpr Runner kRefinery{"refinery", ir::TransactionMode::per_migration};
inline constexpr Runner kLiquibase{"liquibase", ir::TransactionMode::per_migration};
inline constexpr Runner kSupabase{"supabase", ir::TransactionMode::implicit};  ///< a pipeline; CONCURRENTLY goes alone
inline constexpr Runner kAtlas{"atlas", ir::TransactionMode::per_migration};
inline constexpr Runner kRambler{"rambler", ir::TransactionMode::none};
inline constexpr Runner kPostgrator{"postgrator", ir::TransactionMode::implicit};
inline constexpr Runner kNodePgMigrate{"node-pg-migrate", ir::TransactionMode::single};
inline constexpr Runner kPostgresMigrations{"postgres-migrations", ir::TransactionMode::per_migration};
inline constexpr Runner kDrizzle{"drizzle", ir::TransactionMode::single};
inline constexpr Runner kMyBatis{"mybatis", ir::TransactionMode::per_migration};
inline constexpr Runner kTern{"tern", ir::TransactionMode::per_migration};
inline constexpr Runner kPlay{"play", ir::TransactionMode::none};
inline constexpr Runner kGraphile{"graphile-migrate", ir::TransactionMode::per_migration};
inline constexpr Runner kSqitch{"sqitch", ir::TransactionMode::none};

}  // namespace whimbrel::frontends::sql_files
