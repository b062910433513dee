// From a path to a file's text and the front end that claims it.
#include "load.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "paths.h"
#include "whimbrel/base/text.h"
#include "whimbrel/frontends/all.h"

namespace whimbrel::engine {

namespace {

void call_bad(Loaded& file, std::size_t begin, std::size_t end, std::string reason) {
  file.bad_text = std::move(reason);
  file.bad_begin = static_cast<std::uint32_t>(begin);
  file.bad_end = static_cast<std::uint32_t>(end);
}

void call_too_large(Loaded& file) {
  call_bad(file, 0, 0, fmt::format("it is larger than {} MiB", kMaxFileSize / 1024 / 1024));
  file.unusable = true;
  file.text.clear();
}

/// What is wrong with the bytes. Stray bytes become question marks, so that all else can be read and every offset stays right.
void check_bytes(Loaded& file) {
  std::string& text = file.text;
  if (text.size() > kMaxFileSize) return call_too_large(file);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    call_bad(file, 0, 2, "it is UTF-16, not UTF-8");
    file.unusable = true;
    return;
  }
  if (const std::size_t at = text.find('\0'); at != std::string::npos) {
    call_bad(file, at, at + 1, "it holds a NUL byte");
    file.unusable = true;
    return;
  }
  const std::optional<std::size_t> stray = first_invalid_utf8(text);
  if (!stray) return;
  call_bad(file, *stray, *stray + 1,
           fmt::format("byte 0x{:02X} is not valid UTF-8", static_cast<unsigned>(static_cast<unsigned char>(text[*stray]))));
  replace_stray_bytes(text);
}

void claim(Loaded& file) {
  const std::string_view text = file.unusable ? std::string_view{} : std::string_view(file.text);
  for (const frontend::FrontEnd* front_end : frontends::all()) {
    if (!reads_extension(*front_end, file.path)) continue;
    frontend::Claim answer = front_end->claim({file.path, text});
    if (!answer.reads && answer.skipped.empty()) continue;
    file.front_end = front_end;
    file.claim = std::move(answer);
    return;
  }
}

/// Text from standard input without a name: whoever knows it by its content reads it, as his example's file would be called.
void claim_nameless(Loaded& file) {
  for (const frontend::FrontEnd* front_end : frontends::all()) {
    frontend::Claim answer = front_end->claim({front_end->example_file, file.text});
    if (!answer.reads && answer.skipped.empty()) continue;
    file.front_end = front_end;
    file.claim = std::move(answer);
    file.claim.history = file.path;
    return;
  }
}

}  // namespace

bool reads_extension(const frontend::FrontEnd& front_end, std::string_view path) {
  return std::ranges::any_of(front_end.extensions, [&](std::string_view extension) { return has_extension(path, extension); });
}

bool has_front_end(std::string_view name) {
  return std::ranges::any_of(frontends::all(), [&](const auto* front_end) { return reads_extension(*front_end, name); });
}

void replace_stray_bytes(std::string& text) {
  std::size_t from = 0;
  while (const auto stray = first_invalid_utf8(std::string_view(text).substr(from))) {
    from += *stray;
    text[from] = '?';
  }
}

void load_from_disk(Loaded& file) {
  Result<std::string> text = read_file(file.path, kMaxFileSize);
  if (!text && file_size(file.path) > kMaxFileSize) {
    call_too_large(file);
    claim(file);
    return;
  }
  if (!text) {
    file.trouble = text.error().message;
    return;
  }
  file.text = *std::move(text);
  examine(file);
}

void examine(Loaded& file) {
  check_bytes(file);
  if (has_front_end(file.path)) {
    claim(file);
  } else {
    claim_nameless(file);
  }
}

}  // namespace whimbrel::engine
