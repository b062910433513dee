// Spans: each lies in its file, and cuts no character.
#include <fmt/format.h>

#include <array>
#include <utility>
#include <vector>

#include "fuzz/fuzz.h"
#include "whimbrel/base/text.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel::fuzz {

namespace {

/// Collects the first complaint.
class Complaint {
 public:
  explicit Complaint(const Sources& sources) : sources_(sources) {
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const SourceFile& source = sources[static_cast<FileId>(i)];
      is_text_.push_back(!first_invalid_utf8(source.text));
      names_are_text_ = names_are_text_ && !first_invalid_utf8(source.path);
    }
  }

  template <class... Args>
  void say(fmt::format_string<Args...> format, Args&&... args) {
    if (text.empty()) text = fmt::format(format, std::forward<Args>(args)...);
  }

  void look_at(Span span, std::string_view what) {
    const auto file = static_cast<std::size_t>(span.file);
    if (file >= sources_.size()) return say("{}: a span in file {} of {}", what, file, sources_.size());
    const std::string_view bytes = sources_[span.file].text;
    if (span.begin > span.end || span.end > bytes.size()) return say("{}: span {}-{} in {} bytes", what, span.begin, span.end, bytes.size());
    if (!is_text_[file]) return;  // a binary has no characters
    for (const std::uint32_t at : {span.begin, span.end}) {
      if (at < bytes.size() && (static_cast<unsigned char>(bytes[at]) & 0xC0U) == 0x80U) say("{}: span {}-{} cuts a character", what, span.begin, span.end);
    }
  }

  /// Texts that become part of a report are of the sources: UTF-8. Not where a file's name is not, which an id may be taken from.
  void look_at(std::string_view said, std::string_view what) {
    if (!names_are_text_) return;
    if (const auto at = first_invalid_utf8(said)) say("{}: no UTF-8 from byte {} on: {}", what, *at, printable(said));
  }

  std::string text;

 private:
  const Sources& sources_;
  std::vector<bool> is_text_;
  bool names_are_text_ = true;
};

void look_at(const std::vector<ir::Statement>& statements, Complaint& complaint) {
  std::vector<const ir::Statement*> open;
  for (const ir::Statement& statement : statements) open.push_back(&statement);
  while (!open.empty()) {
    const ir::Statement& statement = *open.back();
    open.pop_back();
    complaint.look_at(statement.span, statement.kind);
    if (!statement.call.empty()) complaint.look_at(statement.call, statement.kind);
    complaint.look_at(statement.sql, statement.kind);
    for (const ir::Step& step : statement.steps) complaint.look_at(step.span, ir::operation_name(step.operation));
    for (const ir::Statement& inner : statement.body) open.push_back(&inner);
  }
}

}  // namespace

std::string broken_spans(const engine::Project& project) {
  Complaint complaint(project.sources);
  for (const history::History& history : project.histories) {
    for (const ir::Migration& migration : history.migrations) {
      complaint.look_at(migration.id_span, "id");
      complaint.look_at(migration.id, "id");
      complaint.look_at(migration.message, "message");
      for (const ir::Part* part : {&migration.up, &migration.down}) {
        complaint.look_at(part->span, "part");
        look_at(part->statements, complaint);
      }
      for (const ir::Unknown& unknown : migration.unknown) {
        complaint.look_at(unknown.span, "unknown");
        complaint.look_at(unknown.reason, "unknown");
      }
    }
    for (const history::OrderProblem& problem : history.problems) {
      complaint.look_at(problem.span, "problem");
      for (const Span other : problem.others) complaint.look_at(other, "problem");
    }
  }
  for (const frontend::Directive& directive : project.directives) {
    complaint.look_at(directive.span, "directive");
    const auto end = static_cast<std::uint32_t>(directive.text_begin + directive.text.size());
    complaint.look_at(Span{directive.span.file, directive.text_begin, end}, "directive's text");
  }
  for (const Span span : project.statement_spans) complaint.look_at(span, "statement without migration");
  for (const engine::BadText& bad : project.bad_text) complaint.look_at(Span{bad.span.file, bad.span.begin, bad.span.begin}, "bad text");
  return complaint.text;
}

std::string broken_report(const engine::Project& project, const Report& report) {
  Complaint complaint(project.sources);
  for (const Finding& finding : report.findings) {
    const std::string_view rule = rule_info(finding.rule).name;
    complaint.look_at(finding.span, rule);
    complaint.look_at(finding.statement, rule);
    for (const std::string* said : {&finding.message, &finding.help, &finding.migration, &finding.subject, &finding.fingerprint}) complaint.look_at(*said, rule);
    for (const FindingLock& lock : finding.locks) complaint.look_at(lock.relation, rule);
    for (const Label& label : finding.labels) {
      complaint.look_at(label.span, rule);
      complaint.look_at(label.message, rule);
    }
    if (!finding.fix) continue;
    complaint.look_at(finding.fix->title, rule);
    Span before{};
    for (const Edit& edit : finding.fix->edits) {
      complaint.look_at(edit.span, rule);
      complaint.look_at(edit.text, rule);
      if (&edit != &finding.fix->edits.front() && (edit.span.file < before.file || (edit.span.file == before.file && edit.span.begin < before.end))) {
        complaint.say("{}: edits overlap or descend at {}", rule, edit.span.begin);
      }
      before = edit.span;
    }
  }
  for (const UnknownPlace& place : report.unknown) complaint.look_at(place.span, "unknown");
  for (const MigrationSummary& migration : report.migrations) {
    for (const Span span : {migration.up, migration.down}) complaint.look_at(span, "summary");
    for (const Change& change : migration.changes) complaint.look_at(change.span, "change");
    for (const FeltLock& lock : migration.locks) complaint.look_at(lock.since, "felt lock");
    for (const DataDoubt& doubt : migration.doubts) complaint.look_at(doubt.span, "doubt");
    for (const Span span : migration.unknown) complaint.look_at(span, "summary's unknown");
  }
  return complaint.text;
}

}  // namespace whimbrel::fuzz
