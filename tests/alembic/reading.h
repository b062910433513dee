// Reading an Alembic revision from a text, for the tests of the front end.
#pragma once

#include <string>
#include <utility>

#include "whimbrel/base/source.h"
#include "whimbrel/frontend/front_end.h"
#include "whimbrel/ir/print.h"

namespace whimbrel::frontends {
extern const frontend::FrontEnd alembic;
}

/// A file and what the front end made of it.
struct Revision {
  whimbrel::Sources sources;
  whimbrel::frontend::Reading reading;

  explicit Revision(std::string text, std::string path = "versions/a.py") {
    const whimbrel::FileId id = sources.add({std::move(path), std::move(text)});
    reading = whimbrel::frontends::alembic.read(sources[id], id, nullptr);
  }
  [[nodiscard]] const whimbrel::ir::Migration& migration() const { return reading.migrations.at(0); }
  [[nodiscard]] const std::vector<whimbrel::ir::Statement>& up() const { return migration().up.statements; }
  [[nodiscard]] std::string dump() const { return whimbrel::ir::dump(migration(), sources); }
  /// The operations of upgrade(), one a line.
  [[nodiscard]] std::string operations() const {
    std::string lines;
    for (const whimbrel::ir::Statement& statement : up()) {
      for (const whimbrel::ir::Step& step : statement.steps) lines += whimbrel::ir::to_string(step.operation) + "\n";
    }
    return lines;
  }
};

/// A revision whose upgrade() has this body (each line is indented here).
inline std::string revision_of(const std::string& body) {
  std::string text = "from alembic import op\nimport sqlalchemy as sa\nrevision = 'r'\ndown_revision = None\n\n\ndef upgrade():\n    ";
  for (const char c : body) {
    text += c;
    if (c == '\n') text += "    ";
  }
  return text + "\n";
}
