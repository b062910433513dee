// The one narrow door to the disk, on POSIX calls.
#include "whimbrel/base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "descriptor.h"
#include "whimbrel/base/output.h"
#include "whimbrel/base/text.h"

namespace whimbrel {

namespace {

std::unexpected<Error> too_large(const std::string& path, std::uint64_t limit) {
  return fail(fmt::format("cannot read {}: larger than {} bytes", printable(path), limit));
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  // Not blocking: a named pipe in a folder of migrations must not hold the run up.
  const bool device = path.starts_with("/dev/");
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | (device ? 0 : O_NONBLOCK)));
  if (!file.is_open()) return failure("read", path, errno);
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) return failure("read", path, errno);
  if (S_ISDIR(status.st_mode)) return failure("read", path, EISDIR);
  if (!S_ISREG(status.st_mode) && !device)
    return fail(fmt::format("cannot read {}: not a regular file", printable(path)));
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  if (size > limit) return too_large(path, limit);

  // One byte more than expected: a regular file that gives less than was asked for has ended.
  std::string content;
  content.resize(static_cast<std::size_t>(size) + 1);
  std::size_t used = 0;
  while (true) {
    const ssize_t got = ::read(file.number(), content.data() + used, content.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("read", path, errno);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > limit) return too_large(path, limit);
    if (!device && used < content.size()) break;
    if (used == content.size()) content.resize(content.size() * 2 + 4096);
  }
  content.resize(used);
  return content;
}

Result<void> write_file(const std::string& path, std::string_view content) {
  Result<Replacement> file = Replacement::of(path);
  if (!file) return std::unexpected(file.error());
  file->stream() << content;
  return file->finish();
}

std::uint64_t file_size(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0 || status.st_size < 0) return 0;
  return static_cast<std::uint64_t>(status.st_size);
}

bool is_file(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool is_folder(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_link(const std::string& path) {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

std::vector<std::string> list_folder(const std::string& path) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), &::closedir);
  if (!folder) return names;
  while (const dirent* entry = ::readdir(folder.get())) {  // NOLINT(concurrency-mt-unsafe): the stream is ours alone
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace whimbrel
