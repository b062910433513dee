// A host that knows nothing: for modules of which only constants and names matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "whimbrel/python/evaluator.h"

namespace whimbrel::alembic {

/// A module and what its names stand for.
class QuietModule {
 public:
  /// `text` must outlive it.
  explicit QuietModule(std::string_view text) : tree_(text, {}), evaluator_(tree_, host_) { evaluator_.run_module(); }

  [[nodiscard]] const python::Tree& tree() const { return tree_; }
  [[nodiscard]] const python::Value* global(std::string_view name) const { return evaluator_.global(name); }

 private:
  class Host final : public python::Host {
   public:
    std::optional<python::Value> call(const python::Call& /*call*/, Span /*span*/) override { return std::nullopt; }
    std::optional<python::Value> name(std::string_view /*path*/, Span /*span*/) override { return std::nullopt; }
    python::Value enter(const python::Value& context, Span /*span*/) override { return context; }
    void leave(const python::Value& /*context*/) override {}
    void unknown(Span /*span*/, std::string /*reason*/) override {}
  };

  python::Tree tree_;
  Host host_;
  python::Evaluator evaluator_;
};

}  // namespace whimbrel::alembic
