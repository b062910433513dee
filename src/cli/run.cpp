// From options to output: the flow of each command.
#include "run.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "debug.h"
#include "migrate.h"
#include "output.h"
#include "whimbrel/base/files.h"
#include "whimbrel/base/text.h"
#include "whimbrel/base/version.h"
#include "whimbrel/engine/baseline.h"
#include "whimbrel/engine/check.h"
#include "whimbrel/engine/project.h"
#include "whimbrel/finding/rule_info.h"
#include "whimbrel/report/inspect.h"
#include "whimbrel/report/write.h"

namespace whimbrel::cli {
namespace {

/// The tool's own log: only with --verbose, on standard error.
class Log {
 public:
  explicit Log(bool verbose) : verbose_(verbose) {
    if (!verbose_) return;
    spdlog::set_default_logger(spdlog::stderr_logger_st("whimbrel"));
    spdlog::set_pattern("whimbrel: %v");
  }
  template <class... Args>
  void say(fmt::format_string<Args...> format, Args&&... args) const {
    if (verbose_) spdlog::info("{}", printable(fmt::format(format, std::forward<Args>(args)...)));
  }

 private:
  bool verbose_;
};

int unusable(const Error& error) {
  complain(error.message);
  return kUnusable;
}

std::string count_of(std::size_t number, std::string_view what) { return fmt::format("{} {}{}", number, what, number == 1 ? "" : "s"); }

std::string folder_of(const std::string& path) {
  if (is_folder(path)) return path;
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<engine::Config> configuration(const Options& options) {
  Result<engine::Config> config = [&]() -> Result<engine::Config> {
    if (!options.config.empty()) return engine::config_from(options.config);
    std::string start = ".";
    if (!options.paths.empty() && options.paths.front() != "-") start = folder_of(options.paths.front());
    if (!options.paths.empty() && options.paths.front() == "-" && !options.stdin_filename.empty()) start = folder_of(options.stdin_filename);
    return engine::find_config(start);
  }();
  if (!config) return config;
  if (options.pg_version) config->pg_version = *options.pg_version;
  if (options.fail_on) config->fail_on = *options.fail_on;
  if (options.select) config->select = *options.select;
  config->select.insert(config->select.end(), options.extend_select.begin(), options.extend_select.end());
  config->ignore.insert(config->ignore.end(), options.ignore.begin(), options.ignore.end());
  return config;
}

/// Bytes of text whose statements all fit into memory, also where it is little; more is read twice (`engine::Request::kept_text`).
constexpr std::uint64_t kKeptText = 8UL * 1024 * 1024;

Result<engine::Project> project_of(const Options& options, const Log& log) {
  Result<engine::Config> config = configuration(options);
  if (!config) return std::unexpected(config.error());
  log.say("configuration: {}", config->path.empty() ? "defaults" : config->path);
  engine::Request request;
  request.jobs = options.jobs;
  for (const std::string& path : options.paths) {
    if (path != "-") {
      request.paths.push_back(path);
      continue;
    }
    if (request.stdin_text) continue;
    Result<std::string> text = read_standard_input();
    if (!text) return std::unexpected(text.error());
    request.stdin_text = std::move(*text);
    request.stdin_path = options.stdin_filename;
  }
  const auto begin = std::chrono::steady_clock::now();
  request.since = options.since;
  if (options.command == Command::check) request.kept_text = kKeptText;
  Result<engine::Project> project = engine::open_project(request, std::move(*config));
  if (!project) return project;
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  log.say("read {} files, {} histories in {:.1f} ms", project->files.size(), project->histories.size(), took.count());
  return project;
}

void say_troubles(const std::vector<std::string>& troubles, const std::vector<std::string>& notes, bool quiet) {
  for (const std::string& trouble : troubles) complain(trouble);
  if (quiet) return;
  for (const std::string& note : notes) complain(note);
}

bool reaches(const Report& report, engine::FailOn fail_on) {
  switch (fail_on) {
    case engine::FailOn::error: return report.summary.errors > 0;
    case engine::FailOn::warning: return report.summary.errors + report.summary.warnings > 0;
    case engine::FailOn::info: return !report.findings.empty();
    case engine::FailOn::never: return false;
  }
  return false;
}

/// Ends the program where all is written. Taking a large project apart, object by object, would be a tenth of the run.
[[noreturn]] void leave(int code) {
  std::cout.flush();
  std::cerr.flush();
  std::_Exit(code);
}

/// Writes what was found, and gives what was written.
Result<engine::Baseline> renew_baseline(const Options& options, Report& report, const engine::Project& project, const std::vector<RuleId>& rules) {
  const std::string& path = options.write_baseline;
  const Result<engine::Baseline> before = engine::read_baseline(path, true);
  if (!before) return before;
  const std::string text = engine::updated_baseline(*before, report, project, rules);
  if (const Result<void> written = write_file(path, text); !written) return std::unexpected(written.error());
  report.notes.push_back(fmt::format("{}: {} written, to be hidden by --baseline", path, count_of(report.findings.size(), "finding")));
  return engine::parse_baseline(path, text);
}

int check(const Options& options, const Log& log) {
  Result<engine::Baseline> baseline;
  if (!options.baseline.empty()) baseline = engine::read_baseline(options.baseline);
  if (!baseline) return unusable(baseline.error());
  Result<engine::Project> project = project_of(options, log);
  if (!project) return unusable(project.error());
  const Result<std::vector<RuleId>> rules = engine::selected_rules(project->config.select, project->config.ignore);
  if (!rules) return unusable(rules.error());
  const auto begin = std::chrono::steady_clock::now();
  const report::Format format = report::parse_format(options.format).value_or(report::Format::text);
  Report report = engine::check(*project, *rules, report::tells_migrations(format) ? engine::Summaries::with : engine::Summaries::without);
  if (!options.write_baseline.empty()) {
    baseline = renew_baseline(options, report, *project, *rules);
    if (!baseline) return unusable(baseline.error());
  }
  if (!baseline->path.empty()) engine::apply_baseline(report, *baseline, *project, *rules);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  log.say("checked {} operations with {} rules in {:.1f} ms", report.summary.operations, rules->size(), took.count());
  const Result<void> written =
      with_output(options, [&](std::ostream& out) { report::write(out, report, project->sources, format, style_for(options)); });
  say_troubles(report.troubles, report.notes, options.quiet);
  if (!written) leave(unusable(written.error()));
  if (!report.troubles.empty()) leave(kUnusable);
  leave(reaches(report, project->config.fail_on) ? kFindings : kClean);
}

/// A command that prints something about a project and judges nothing.
int inspect(const Options& options, const Log& log,
            const std::function<Result<void>(std::ostream&, const engine::Project&, bool json)>& print) {
  const Result<engine::Project> project = project_of(options, log);
  if (!project) return unusable(project.error());
  Result<void> printed;
  const Result<void> written = with_output(options, [&](std::ostream& out) { printed = print(out, *project, options.format == "json"); });
  say_troubles(project->troubles, project->notes, options.quiet);
  if (!printed) return unusable(printed.error());
  if (!written) return unusable(written.error());
  return project->troubles.empty() ? kClean : kUnusable;
}

int locks(const Options& options, const Log& log) {
  return inspect(options, log, [&](std::ostream& out, const engine::Project& project, bool json) -> Result<void> {
    report::write_locks(out, engine::lock_rows(project), project.sources, json, style_for(options));
    return {};
  });
}

int schema(const Options& options, const Log& log) {
  return inspect(options, log, [&](std::ostream& out, const engine::Project& project, bool json) -> Result<void> {
    const Result<catalog::Catalog> catalog = engine::schema_at(project, options.at);
    if (!catalog) return std::unexpected(catalog.error());
    report::write_schema(out, *catalog, project.sources, project.config.pg_version, json);
    return {};
  });
}

int debug(const Options& options, const Log& log, void (*print)(std::ostream&, const engine::Project&, bool)) {
  return inspect(options, log, [print](std::ostream& out, const engine::Project& project, bool json) -> Result<void> {
    print(out, project, json);
    return {};
  });
}

int explain(const Options& options) {
  const std::string& name = options.paths.front();
  const auto id = find_rule(name);
  if (!id) {
    std::vector<std::string_view> names;
    for (const RuleInfo& rule : all_rules()) {
      names.push_back(rule.name);
      names.push_back(rule.code);
    }
    const auto near = nearest(name, names);
    return unusable({fmt::format("no rule is called '{}'{}", printable(name), near ? fmt::format("; did you mean {}?", *near) : "; whimbrel rules lists them")});
  }
  const Result<void> written = with_output(options, [&](std::ostream& out) {
    if (options.format == "markdown") {
      report::write_rule_page(out, rule_info(*id));
    } else {
      report::write_rule(out, rule_info(*id), style_for(options));
    }
  });
  return written ? kClean : unusable(written.error());
}

int rules(const Options& options) {
  const Result<void> written =
      with_output(options, [&](std::ostream& out) { report::write_rules(out, options.format == "json", style_for(options)); });
  return written ? kClean : unusable(written.error());
}

int print(const std::string& text) {
  const Result<void> written = with_output({}, [&](std::ostream& out) { out << text; });
  return written ? kClean : unusable(written.error());
}

}  // namespace

void complain(const std::string& message) { std::cerr << "whimbrel: " << printable(message) << '\n'; }

int run(const Options& options) {
  const Log log(options.verbose);
  switch (options.command) {
    case Command::check: return check(options, log);
    case Command::locks: return locks(options, log);
    case Command::schema: return schema(options, log);
    case Command::rules: return rules(options);
    case Command::explain: return explain(options);
    case Command::debug_files: return debug(options, log, print_files);
    case Command::debug_operations: return debug(options, log, print_operations);
    case Command::debug_history: return debug(options, log, print_history);
    case Command::debug_schema: return debug(options, log, print_schemas);
    case Command::migrate_config: return migrate_config(options);
    case Command::help: return print(options.help_text);
    case Command::version: return print(fmt::format("whimbrel {} (grammar of PostgreSQL {})\n", kVersion, kGrammarVersion));
  }
  return kBug;
}

}  // namespace whimbrel::cli
