// What comments say: to whimbrel, to the runner, to the next person.
#include <algorithm>
#include <array>

#include "read.h"
#include "whimbrel/base/text.h"

namespace whimbrel::frontends::sql_files {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

/// The directive's word, where it stands at the front of a comment.
constexpr std::string_view kAddress = "whimbrel:";

struct HeadWords {
  std::string_view words;  ///< the whole comment, in lower case
  const Runner* runner;
  ir::TransactionMode transaction;
  bool first;  ///< counts only where the file begins with it
};
constexpr std::array kHeadWords{
    HeadWords{"no-transaction", &kSqlx, ir::TransactionMode::none, true},
    HeadWords{"postgres-migrations disable-transaction", &kPostgresMigrations, ir::TransactionMode::none, false},
    HeadWords{"atlas:txmode none", &kAtlas, ir::TransactionMode::none, false},
    HeadWords{"atlas:txmode file", &kAtlas, ir::TransactionMode::per_migration, false},
    HeadWords{"atlas:txmode all", &kAtlas, ir::TransactionMode::single, false},
    HeadWords{"+refinery no transaction", &kRefinery, ir::TransactionMode::none, false},
    HeadWords{"! no-transaction", &kGraphile, ir::TransactionMode::none, false},
};

const HeadWords* head_words(std::string_view content) {
  const auto* const found =
      std::ranges::find_if(kHeadWords, [&](const HeadWords& one) { return equals_ignoring_case(content, one.words); });
  return found == kHeadWords.end() ? nullptr : found;
}

/// What Diesel, Prisma and Play write by themselves.
constexpr std::array<std::string_view, 3> kBoilerplate{"Your SQL goes here",
                                                       "This file should undo anything in `up.sql`", "Warnings:"};

/// A rule of dashes, stars or equal signs, a runner's own comment, or what a tool puts at the head of every file.
bool says_nothing(std::string_view line) {
  if (line.find_first_not_of("-=*#~_+/ \t") == std::string_view::npos) return true;
  if (head_words(line) != nullptr || std::ranges::find(kBoilerplate, line) != kBoilerplate.end()) return true;
  return line.starts_with('+') || line.starts_with('!') || line.starts_with("migrate:") || line.starts_with("atlas:") ||
         line.starts_with("liquibase ") || starts_with_ignoring_case(line, kAddress);
}

}  // namespace

CommentText content_of(std::string_view comment) {
  std::size_t begin = 0;
  std::size_t end = comment.size();
  if (comment.starts_with("--")) {
    begin = 2;
  } else if (comment.starts_with("/*")) {
    begin = 2;
    if (end >= 4 && comment.ends_with("*/")) end -= 2;
  }
  while (begin < end && (comment[begin] == '*' || kBlanks.find(comment[begin]) != std::string_view::npos)) ++begin;
  while (end > begin && kBlanks.find(comment[end - 1]) != std::string_view::npos) --end;
  return {.text = comment.substr(begin, end - begin), .offset = begin};
}

std::vector<frontend::Directive> directives(const std::vector<sql::Comment>& comments) {
  std::vector<frontend::Directive> found;
  for (const sql::Comment& comment : comments) {
    const CommentText content = content_of(comment.text);
    if (!content.text.starts_with(kAddress)) continue;
    found.push_back({.span = comment.span,
                     .text = std::string(content.text),
                     .text_begin = comment.span.begin + static_cast<std::uint32_t>(content.offset)});
  }
  return found;
}

std::string header_text(const std::vector<sql::Comment>& comments, std::uint32_t statements_begin) {
  std::string text;
  for (const sql::Comment& comment : comments) {
    if (comment.span.begin >= statements_begin) break;
    std::string_view rest = content_of(comment.text).text;
    while (!rest.empty()) {
      const std::size_t newline = rest.find('\n');
      std::string_view line = trim(rest.substr(0, newline));
      rest = newline == std::string_view::npos ? std::string_view{} : rest.substr(newline + 1);
      while (line.starts_with('*') || line.starts_with('-') || line.starts_with('/')) line = trim(line.substr(1));
      if (says_nothing(line)) continue;
      if (!text.empty()) text += '\n';
      text += line;
    }
  }
  return text;
}

HeadDirective head_directive(const std::vector<sql::Comment>& comments, std::uint32_t statements_begin) {
  HeadDirective found;
  for (std::size_t i = 0; i < comments.size() && comments[i].span.begin < statements_begin; ++i) {
    const std::string_view content = content_of(comments[i].text).text;
    if (starts_with_ignoring_case(content, "! previous:")) found = {&kGraphile, *kGraphile.transaction};
    const HeadWords* head = head_words(content);
    if (head != nullptr && (!head->first || i == 0)) return {head->runner, head->transaction};
  }
  return found;
}

}  // namespace whimbrel::frontends::sql_files
