// One run of everything over a project, and all that is promised of it.
#include <fmt/format.h>

#include <sstream>

#include "fuzz/fuzz.h"
#include "whimbrel/engine/baseline.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/report/write.h"

namespace whimbrel::fuzz {

namespace {

std::vector<RuleId> every_rule() { return engine::selected_rules({"all"}, {}).value_or(std::vector<RuleId>{}); }

std::string json_of(engine::Project project) {
  std::ostringstream out;
  report::write(out, engine::check(project, every_rule()), project.sources, report::Format::json, {});
  return out.str();
}

/// FNV-1a: which inputs are tried again must not depend on the run.
std::uint64_t hash_of(const std::vector<SourceFile>& files) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const SourceFile& file : files) {
    for (const char c : file.text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return hash;
}

/// The same files many times over, so that there is something to share between threads.
std::string broken_by_threads(const Case& one) {
  constexpr std::size_t kCopies = 20;
  constexpr unsigned kThreads = 5;
  Case many{.files = {}, .config = one.config, .was = one.was, .since = one.since};
  for (std::size_t copy = 0; copy < kCopies; ++copy) {
    for (const SourceFile& file : one.files) many.files.push_back({fmt::format("copy{}/{}", copy, file.path), file.text});
  }
  const bool same = json_of(open(many, 1)) == json_of(open(many, kThreads));
  return same ? std::string() : "the report depends on the number of threads";
}

std::string broken_baseline(engine::Project project, Report report) {
  const std::vector<RuleId> rules = every_rule();
  const std::string path = "whimbrel-baseline.json";
  const auto baseline = engine::parse_baseline(path, engine::updated_baseline({.path = path, .text = {}, .entries = {}}, report, project, rules));
  if (!baseline) return "the baseline that was written cannot be read: " + baseline.error().message;
  engine::apply_baseline(report, *baseline, project, rules);
  if (report.findings.empty()) return {};
  return fmt::format("a baseline of all findings leaves {}: {}", report.findings.size(), report.findings.front().message);
}

}  // namespace

std::string broken_promise(const Case& one, engine::Project project, const std::function<std::string(const Report&)>& also) {
  constexpr std::uint64_t kEvery = 1000;
  constexpr std::uint64_t kSarifEvery = 50;
  const std::uint64_t hash = hash_of(one.files);
  if (std::string broken = broken_spans(project); !broken.empty()) return broken;
  const Report report = engine::check(project, every_rule(), engine::Summaries::with);
  if (std::string broken = broken_report(project, report); !broken.empty()) return broken;
  if (std::string broken = broken_output(project, report, hash % kSarifEvery == 0); !broken.empty()) return broken;
  if (also) {
    if (std::string broken = also(report); !broken.empty()) return broken;
  }
  if (std::string broken = broken_baseline(project, report); !broken.empty()) return broken;
  return hash % kEvery == 0 ? broken_by_threads(one) : std::string();
}

}  // namespace whimbrel::fuzz
