// What the server gets to read in place of variables and templates.
#include "masking.h"

#include "whimbrel/base/text.h"
#include "whimbrel/ir/server_limits.h"

namespace whimbrel::sql {
namespace {

bool is_name_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

void blank(std::string& sql, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (sql[i] != '\n' && sql[i] != '\r') sql[i] = ' ';
  }
}

void fill(std::string& sql, std::size_t begin, std::size_t end, MaskAs how) {
  switch (how) {
    case MaskAs::identifiers:
      for (std::size_t i = begin; i < end; ++i) {
        if (!is_name_part(sql[i])) sql[i] = '_';
      }
      return;
    case MaskAs::strings:
      for (std::size_t i = begin; i < end; ++i) sql[i] = i == begin || i + 1 == end ? '\'' : '_';
      return;
    case MaskAs::numbers:
      for (std::size_t i = begin; i < end; ++i) sql[i] = ' ';
      if (begin < end) sql[begin] = '1';
      return;
  }
}

/// One template has one name, quoted or not, with blanks inside its braces or without: `"{{.Schema}}"` is `{{ .Schema }}`.
std::string template_name(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  std::string name;
  while (!text.empty()) {
    const std::size_t open = text.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
    if (close == std::string_view::npos) break;
    name.append(text.substr(0, open)).append("{{ ").append(trim(text.substr(open + 2, close - open - 2))).append(" }}");
    text.remove_prefix(close + 2);
  }
  return name.append(text);
}

}  // namespace

void apply_masks(std::string& sql, std::uint32_t base, std::span<const Mask> masks, MaskAs how) {
  for (const Mask& mask : masks) {
    if (mask.begin < base || mask.end > base + sql.size()) continue;
    const std::size_t begin = mask.begin - base;
    const std::size_t end = mask.end - base;
    switch (mask.kind) {
      case Mask::Kind::control_template: blank(sql, begin, end); break;
      case Mask::Kind::quoted_variable:  // :'name' becomes '_name', :"name" becomes "_name"
        sql[begin] = sql[begin + 1];
        sql[begin + 1] = '_';
        break;
      case Mask::Kind::variable: fill(sql, begin, end, how == MaskAs::strings && end - begin < 2 ? MaskAs::identifiers : how); break;
      case Mask::Kind::value_template: fill(sql, begin, end, how); break;
      case Mask::Kind::template_in_quotes: fill(sql, begin, end, MaskAs::identifiers); break;
    }
  }
}

MaskedNames masked_names(std::string_view sql, std::uint32_t base, std::string_view source, std::span<const Token> tokens) {
  // The server keeps this many bytes of a name (NAMEDATALEN - 1).
  MaskedNames names;
  for (const Token& token : tokens) {
    if (!token.masked) continue;
    std::string read(sql.substr(token.begin - base, token.size()));
    if (read.size() >= 2 && (read.front() == '\'' || read.front() == '"')) {
      read = read.substr(1, read.size() - 2);
    } else {
      for (char& c : read) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    if (read.size() > ir::kLongestIdentifier) read.resize(ir::kLongestIdentifier);
    names.emplace(std::move(read), template_name(source.substr(token.begin, token.size())));
  }
  return names;
}

}  // namespace whimbrel::sql
