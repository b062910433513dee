// Fingerprints of findings: hashes of all that does not change when lines move.
#include "whimbrel/finding/fingerprint.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "whimbrel/base/canonical.h"
#include "whimbrel/finding/rule_info.h"

namespace whimbrel {

namespace {

constexpr std::size_t kBeginning = 2000;   ///< bytes of a text that count: a long statement may have many findings

}  // namespace

void set_fingerprints(std::vector<Finding>& findings, const Sources& sources) {
  std::unordered_map<std::string, std::size_t> seen;  // never iterated
  for (Finding& finding : findings) {
    std::string subject = finding.subject;
    if (subject.empty()) {
      const auto text = [&](Span span) { return canonical_sql(sources.text(span).substr(0, kBeginning)); };
      subject = text(finding.statement) + '\n' + text(finding.span);
    }
    const std::string_view path = sources[finding.span.file].path;
    std::string key = fmt::format("{}\n{}\n{}\n{}\n{}", rule_info(finding.rule).name, finding.migration, path.substr(path.rfind('/') + 1),
                                  finding.down ? "down" : "up", subject);
    const std::size_t number = seen[stable_hash(key)]++;   // the keys themselves are as long as the statements
    finding.fingerprint = stable_hash(fmt::format("{}\n{}", key, number));
  }
}

}  // namespace whimbrel
