// Parsing the command line with CLI11, in whimbrel's own words.
#include "options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "whimbrel/base/text.h"
#include "whimbrel/report/write.h"

namespace whimbrel::cli {
namespace {

constexpr std::string_view kFooter =
    "Exit codes: 0 no finding at or above --fail-on; 1 findings; 2 the command line, the configuration or a path could\n"
    "not be used; 70 a bug in whimbrel; 130 interrupted.";

constexpr std::array<std::string_view, 7> kCommands{"check", "locks", "schema", "rules", "explain", "debug", "migrate-config"};

std::string nearest_hint(std::string_view given, std::span<const std::string_view> known) {
  const auto near = nearest(given, known);
  return near ? fmt::format("; did you mean {}?", *near) : std::string();
}

/// A check for CLI11 that accepts only these words, naming the nearest.
CLI::Validator one_of(std::vector<std::string_view> words) {
  return {[words](std::string& value) {
            if (std::ranges::find(words, value) != words.end()) return std::string();
            return fmt::format("'{}' is not one of {}{}", printable(value), fmt::join(words, ", "), nearest_hint(value, words));
          },
          ""};
}

class Parser {
 public:
  Parser() : app_("Finds what hurts in PostgreSQL migrations, before they run: locks, rewrites, lost data, broken downgrades.", "whimbrel") {
    app_.footer(std::string(kFooter));
    app_.set_help_flag("-h,--help", "Print this help and exit");
    app_.add_flag("--version", version_, "Print the version, and the PostgreSQL version of its grammar, and exit");
    app_.require_subcommand(0, 1);
    app_.get_formatter()->column_width(34);

    CLI::App& check = add("check", "Lint migrations (also plain: whimbrel PATH…)");
    paths(check, "Files and folders; none: discover below the current folder; -: standard input");
    common(check, report::format_names());
    check.add_option("--select", select_, "Rules to run instead of the configured ones: names, codes, categories, default, all")->delimiter(',')->allow_extra_args(false)->type_name("RULES");
    check.add_option("--extend-select", options_.extend_select, "Rules to run besides")->delimiter(',')->allow_extra_args(false)->type_name("RULES");
    check.add_option("--ignore", options_.ignore, "Rules not to run")->delimiter(',')->allow_extra_args(false)->type_name("RULES");
    check.add_option("--fail-on", fail_on_, "Exit with 1 from this severity on (default warning)")->check(one_of({"error", "warning", "info", "never"}))->type_name("SEVERITY");
    check.add_option("--since", options_.since, "Lint only migrations that changed since HEAD left this git ref; the others are replayed")->type_name("REF");
    check.add_option("--baseline", options_.baseline, "Findings that this file lists are silent")->type_name("FILE");
    check.add_option("--write-baseline", options_.write_baseline, "List what is found in this file, for --baseline")->type_name("FILE");
    check.add_option("--stdin-filename", options_.stdin_filename, "The file that standard input stands for")->type_name("PATH");

    CLI::App& locks = add("locks", "Print what each statement locks, blocks, rewrites, reads and builds");
    paths(locks, "Files and folders; -: standard input");
    common(locks, {"text", "json"});

    CLI::App& schema = add("schema", "Print the schema after replaying the history");
    paths(schema, "Files and folders");
    common(schema, {"text", "json"});
    schema.add_option("--at", options_.at, "Stop after this migration")->type_name("ID");

    CLI::App& rules = add("rules", "List the rules");
    printing(rules, {"text", "json"});

    CLI::App& explain = add("explain", "Explain a rule, with examples");
    explain.add_option("rule", options_.paths, "Name or code of the rule")->required()->expected(1)->type_name("RULE");
    printing(explain, {"text", "markdown"});

    CLI::App& migrate = add("migrate-config", "Print another linter's configuration and ignores as whimbrel's");
    migrate.add_option("files", options_.paths, ".squawk.toml, .pgfence.toml, .pgfence.json, pg-migration-lint.toml, or migrations with such comments")->required()->type_name("FILE");
    migrate.add_flag("--write", options_.write, "Write whimbrel.toml beside the configuration, and the comments into the migrations");
    migrate.add_flag("--overwrite", options_.overwrite, "With --write: replace a whimbrel.toml that is there");

    CLI::App& debug = add("debug", "Print what a phase saw, one line an item");
    debug.require_subcommand(1);
    for (const auto& [name, text] : {std::pair{"files", "Which files are read, by which front end"},
                                     std::pair{"operations", "Migrations as operations"},
                                     std::pair{"history", "Migrations in replay order"}, std::pair{"schema", "The schema after each migration and after its down part"}}) {
      CLI::App& sub = *debug.add_subcommand(name, text);
      sub.set_help_flag("-h,--help", "Print this help and exit");
      paths(sub, "Files and folders");
      common(sub, {"text", "json"});
    }
  }

  Result<Options> parse(std::vector<std::string> arguments) {
    plain_check(arguments);
    hide_brackets(arguments);
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    try {
      app_.parse(reversed);
    } catch (const CLI::CallForHelp&) {
      options_.command = Command::help;
      options_.help_text = selected_app().help(&app_ == &selected_app() ? "" : "whimbrel");
      return options_;
    } catch (const CLI::ParseError& error) {
      return fail(describe(error));
    }
    for (std::string& path : options_.paths) {
      if (path.starts_with(kHidden)) path.erase(0, kHidden.size() - 1);
    }
    if (version_) {
      options_.command = Command::version;
      return options_;
    }
    return settle();
  }

 private:
  CLI::App& add(const std::string& name, const std::string& text) {
    CLI::App& sub = *app_.add_subcommand(name, text);
    sub.set_help_flag("-h,--help", "Print this help and exit");
    sub.get_formatter()->column_width(34);
    return sub;
  }

  void paths(CLI::App& sub, const std::string& text) { sub.add_option("paths", options_.paths, text)->type_name("PATH"); }

  void printing(CLI::App& sub, std::vector<std::string_view> formats) {
    sub.add_option("--format", options_.format, fmt::format("{} (default text)", fmt::join(formats, ", ")))->check(one_of(formats))->type_name("FORMAT");
    sub.add_option("--output", options_.output, "Write to this file instead of standard output")->type_name("FILE");
    sub.add_option("--color", color_, "auto, always, never (default auto)")->check(one_of({"auto", "always", "never"}))->type_name("WHEN");
  }

  void common(CLI::App& sub, std::vector<std::string_view> formats) {
    printing(sub, std::move(formats));
    sub.add_option("--config", options_.config, "Use this configuration file")->type_name("FILE");
    sub.add_option("--pg-version", pg_version_, "PostgreSQL major version of the servers, 10 to 19 (default 14)")->type_name("N");
    sub.add_option("--jobs", jobs_, "Files read at once (default: one for each core)")->type_name("N");
    sub.add_flag("--quiet,-q", options_.quiet, "One line a finding, no notes, no summary");
    sub.add_flag("--verbose,-v", options_.verbose, "Say on standard error what happens; list what stayed unknown");
  }

  /// `whimbrel PATH…` means `whimbrel check PATH…`: so does an option of check that comes first.
  void plain_check(std::vector<std::string>& arguments) {
    const bool has_command = !arguments.empty() && std::ranges::find(kCommands, arguments.front()) != kCommands.end();
    const bool top_level = !arguments.empty() && (arguments.front() == "--help" || arguments.front() == "-h" || arguments.front() == "--version");
    if (!has_command && !top_level) arguments.insert(arguments.begin(), "check");
  }

  /// CLI11 takes "[a]" for the list of a; here it is the name of a file.
  static constexpr std::string_view kHidden = "./[";
  static void hide_brackets(std::vector<std::string>& arguments) {
    for (std::string& argument : arguments) {
      if (argument.starts_with('[') && argument.ends_with(']')) argument.insert(0, "./");
    }
  }

  CLI::App& selected_app() {
    CLI::App* app = &app_;
    while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
    return *app;
  }

  std::string describe(const CLI::ParseError& error) {
    if (const auto* extra = dynamic_cast<const CLI::ExtrasError*>(&error)) {
      static_cast<void>(extra);
      for (const std::string& argument : selected_app().remaining(true)) {
        if (argument.starts_with("-") && argument != "-") return unknown_option(argument);
        return fmt::format("unexpected argument: {}", printable(argument));
      }
    }
    std::string message = printable(error.what());
    if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr && selected_app().get_name() == "debug") {
      message = "debug wants one of files, operations, history, schema";
    }
    return message;
  }

  std::string unknown_option(const std::string& argument) {
    const std::string name = argument.substr(0, argument.find('='));
    std::vector<std::string> known;
    for (const CLI::Option* option : selected_app().get_options()) {
      for (const std::string& long_name : option->get_lnames()) known.push_back("--" + long_name);
    }
    const std::vector<std::string_view> views(known.begin(), known.end());
    return fmt::format("unknown option: {}{}", printable(name), nearest_hint(name, views));
  }

  Result<Options> settle() {
    const CLI::App* command = app_.get_subcommands().front();
    const std::string& name = command->get_name();
    if (name == "locks") options_.command = Command::locks;
    if (name == "schema") options_.command = Command::schema;
    if (name == "rules") options_.command = Command::rules;
    if (name == "explain") options_.command = Command::explain;
    if (name == "migrate-config") options_.command = Command::migrate_config;
    if (name == "debug") {
      const std::string& phase = command->get_subcommands().front()->get_name();
      options_.command = phase == "files" ? Command::debug_files : phase == "history" ? Command::debug_history : phase == "schema" ? Command::debug_schema : Command::debug_operations;
    }
    for (const auto& [option, value] : {std::pair{"--since", &options_.since}, std::pair{"--baseline", &options_.baseline},
                                        std::pair{"--write-baseline", &options_.write_baseline}}) {
      // An unset variable of a workflow must not mean that all is linted.
      if (name == "check" && command->get_option(option)->count() > 0 && value->empty()) return fail(fmt::format("{} wants a value", option));
    }
    if (!options_.write_baseline.empty() && std::ranges::find(options_.paths, "-") != options_.paths.end()) {
      return fail("--write-baseline wants files: standard input is not what the migration says");
    }
    if (!select_.empty()) options_.select = select_;
    if (!fail_on_.empty()) {
      options_.fail_on = fail_on_ == "error"     ? engine::FailOn::error
                         : fail_on_ == "warning" ? engine::FailOn::warning
                         : fail_on_ == "info"    ? engine::FailOn::info
                                                 : engine::FailOn::never;
    }
    if (color_ == "always") options_.color = Color::always;
    if (color_ == "never") options_.color = Color::never;
    if (!pg_version_.empty()) {
      const auto number = whole_number(pg_version_);
      if (!number || *number < 10 || *number > 19) {
        return fail(fmt::format("--pg-version: '{}' is not a PostgreSQL major version from 10 to 19", printable(pg_version_)));
      }
      options_.pg_version = static_cast<int>(*number);
    }
    if (!jobs_.empty()) {
      const auto number = whole_number(jobs_);
      if (!number || *number < 1 || *number > 1024) return fail(fmt::format("--jobs: '{}' is not a number from 1 to 1024", printable(jobs_)));
      options_.jobs = *number;
    }
    return options_;
  }

  static std::optional<unsigned> whole_number(std::string_view text) {
    if (text.empty() || text.size() > 6 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    unsigned value = 0;
    for (const char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
  }

  CLI::App app_;
  Options options_;
  std::vector<std::string> select_;
  std::string fail_on_;
  std::string color_;
  std::string pg_version_;
  std::string jobs_;
  bool version_ = false;
};

}  // namespace

Result<Options> parse_options(const std::vector<std::string>& arguments) { return Parser().parse(arguments); }

}  // namespace whimbrel::cli
