// The project's own modules: found by the names that revisions and env.py import, parsed once.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "whimbrel/frontend/front_end.h"
#include "whimbrel/python/evaluator.h"

namespace whimbrel::alembic {

/// The files that a module's name may mean, best first. `from` is the path of the file that imports it; all paths are as NearbyFile takes them.
/// `folders` are looked into before those around the history.
std::vector<std::string> module_files(std::string name, std::string_view from, std::span<const std::string> folders);

/// What the revisions of one folder share. Files are read and parsed at their first use, by whichever thread comes first.
class ProjectModules final : public frontend::Shared, public python::Modules {
 public:
  ProjectModules(std::vector<std::string> folders, frontend::NearbyFile nearby) : folders_(std::move(folders)), nearby_(std::move(nearby)) {}

  [[nodiscard]] bool may_have(std::string_view name) const override;
  const python::Module* find(std::string_view name, const python::Module& importer) override;

 private:
  struct Parsed {
    explicit Parsed(std::string source) : text(std::move(source)), tree(text, {}) {}
    std::string text;
    python::Tree tree;
    python::Module module;
  };
  const python::Module* open(const std::string& path);

  std::vector<std::string> folders_;
  frontend::NearbyFile nearby_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Parsed>> files_;                                    ///< by path; null: there is none
  std::map<std::pair<std::string, std::string>, const python::Module*> names_;   ///< by name and the importing file's folder
};

/// See frontend::FrontEnd::share.
std::unique_ptr<frontend::Shared> share_modules(const std::string& history, const frontend::Surroundings& surroundings, frontend::NearbyFile nearby);

}  // namespace whimbrel::alembic
