// The target for configurations: a clear sentence or settings that work; what is translated from other linters is read by whimbrel.
#include "whimbrel/engine/config.h"

#include "fuzz/fuzz.h"
#include "whimbrel/base/text.h"
#include "whimbrel/engine/migrate_config.h"

namespace whimbrel::fuzz {

namespace {

constexpr std::string_view kMigration =
    "-- whimbrel: ignore drop-column (nobody reads it)\nALTER TABLE country_codes DROP COLUMN name;\n"
    "CREATE TABLE \"Orders\" (id int, made timestamp);\nCREATE INDEX orders_idx ON \"Orders\" (made);\nUPDATE \"Orders\" SET made = now();\n";
constexpr std::string_view kRevision =
    "from alembic import op\nimport sqlalchemy as sa\nrevision = '0001'\ndown_revision = None\n\ndef upgrade():\n"
    "    op.add_column('orders', sa.Column('total', sa.Integer(), nullable=False))\n\ndef downgrade():\n    pass\n";

/// One line for standard error.
std::string broken_error(const Error& error) {
  if (error.message.empty()) return "an error without a sentence";
  if (error.message.contains('\n')) return "an error of several lines: " + printable(error.message);
  return unprintable(error.message);
}

std::string broken_settings(const engine::Config& settings) {
  if (const auto rules = engine::selected_rules(settings.select, settings.ignore); !rules) {
    if (std::string broken = broken_error(rules.error()); !broken.empty()) return broken;
  }
  const Case one{.files = {{"db/migrations/0001_step.sql", std::string(kMigration)}, {"alembic/versions/0001.py", std::string(kRevision)}},
                 .config = settings,
                 .was = {},
                 .since = false};
  return broken_promise(one, open(one));
}

std::string broken_translation(const std::string& path, std::string_view input) {
  const auto translated = engine::translate_config(path, input);
  if (!translated) return broken_error(translated.error());
  for (const engine::TranslationNote& note : translated->notes) {
    if (std::string broken = unprintable(note.sentence); !broken.empty()) return path + ": " + broken;
  }
  const auto settings = engine::read_config("whimbrel.toml", translated->text);
  return settings ? std::string() : path + ": the translation cannot be read: " + settings.error().message;
}

}  // namespace

std::string config(std::string_view input) {
  for (const std::string path : {"whimbrel.toml", "pyproject.toml"}) {
    const auto settings = engine::read_config(path, input);
    std::string broken = settings ? broken_settings(*settings) : broken_error(settings.error());
    if (!broken.empty()) return broken;
  }
  for (const std::string path : {".squawk.toml", ".pgfence.toml", ".pgfence.json", "pg-migration-lint.toml"}) {
    if (!engine::is_foreign_config(path)) return path + " is no longer known";
    if (std::string broken = broken_translation(path, input); !broken.empty()) return broken;
  }
  return {};
}

}  // namespace whimbrel::fuzz
