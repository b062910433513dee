// The naming convention of target_metadata: followed by name from env.py through the modules of the project, none of which is run.
#include <array>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "host.h"
#include "modules.h"
#include "surroundings.h"

namespace whimbrel::alembic {

namespace {

using python::Value;

constexpr int kDeepest = 12;                 ///< names that lead to names
constexpr std::size_t kMostModules = 20;

class Search {
 public:
  explicit Search(const frontend::NearbyFile& nearby) : nearby_(nearby) {}

  std::map<std::string, std::string> run(const std::string& text, const std::string& path) {
    const QuietModule& environment = *load(text, path);
    if (const Value* metadata = environment.global("target_metadata")) look_at(*metadata, path, 0);
    return std::move(found_);
  }

 private:
  const QuietModule* load(std::string text, const std::string& path) {
    texts_.push_back(std::move(text));
    return (modules_[path] = std::make_unique<QuietModule>(texts_.back())).get();
  }

  /// A module's file below some folder; null where there is none.
  const QuietModule* open(const std::string& path) {
    if (const auto known = modules_.find(path); known != modules_.end()) return known->second.get();
    if (modules_.size() >= kMostModules) return nullptr;
    auto text = nearby_(path);
    return text ? load(*std::move(text), path) : nullptr;
  }

  void look_at(const Value& value, const std::string& module, int depth) {
    if (depth > kDeepest || !found_.empty()) return;
    if (const auto* call = value.as<python::Call>()) {
      if (const auto* convention = call->keyword("naming_convention")) take(*convention->value, module, depth);
      for (const std::string_view name : {"metadata", "metadata_obj"}) {
        if (const auto* metadata = call->keyword(name)) look_at(*metadata->value, module, depth + 1);
      }
    } else if (const auto* attribute = value.as<python::Attribute>()) {
      look_at(*attribute->base, module, depth + 1);
    } else if (const auto* class_ = value.as<python::Class>()) {
      if (const Value* metadata = class_->member("metadata")) look_at(*metadata, module, depth + 1);
      for (const Value& base : class_->bases) look_at(base, module, depth + 1);
    } else if (const auto* items = value.items()) {
      for (const Value& item : *items) look_at(item, module, depth + 1);
    } else if (!value.path().empty()) {
      follow(std::string(value.path()), module, depth);
    }
  }

  /// "app.db.Base.metadata": the longest beginning that is a module of the project, and a name in it.
  void follow(const std::string& path, const std::string& module, int depth) {
    for (std::size_t dot = path.rfind('.'); dot != std::string::npos && dot > 0; dot = path.rfind('.', dot - 1)) {
      const std::string name = path.substr(dot + 1, path.find('.', dot + 1) - dot - 1);
      std::string where;
      const QuietModule* found = find_module(path.substr(0, dot), module, where);
      if (found == nullptr) continue;
      if (const Value* value = found->global(name)) look_at(*value, where, depth + 1);
      return;
    }
  }

  /// `where` becomes the path of its file.
  const QuietModule* find_module(const std::string& name, const std::string& from, std::string& where) {
    for (std::string& file : module_files(name, from, {})) {
      const QuietModule* module = open(file);
      if (module == nullptr) continue;
      where = std::move(file);
      return module;
    }
    return nullptr;
  }

  /// A dictionary, or the name of one.
  void take(const Value& value, const std::string& module, int depth) {
    if (const auto* dictionary = value.as<python::Dictionary>()) {
      for (const auto& [key, text] : dictionary->entries) {
        if (key.string() != nullptr && text.string() != nullptr) found_.emplace(*key.string(), *text.string());
      }
      return;
    }
    if (value.path().empty() || depth > kDeepest) return;
    const std::string path(value.path());
    const std::size_t dot = path.rfind('.');
    if (dot == std::string::npos) return;
    std::string where;
    const QuietModule* found = find_module(path.substr(0, dot), module, where);
    const Value* target = found == nullptr ? nullptr : found->global(path.substr(dot + 1));
    if (target != nullptr) take(*target, where, depth + 1);
  }

  const frontend::NearbyFile& nearby_;
  std::deque<std::string> texts_;
  std::map<std::string, std::unique_ptr<QuietModule>> modules_;   ///< by path as `nearby` takes it
  std::map<std::string, std::string> found_;
};

}  // namespace

std::map<std::string, std::string> read_naming_convention(const std::string& text, const std::string& to_environment, const frontend::NearbyFile& nearby) {
  return Search(nearby).run(text, to_environment);
}

}  // namespace whimbrel::alembic
