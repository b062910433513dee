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
#include <system_error>
#include <utility>

#include "descriptor.h"
#include "whimbrel/base/output.h"
#include "whimbrel/base/text.h"

namespace whimbrel {

namespace {

std::unexpected<Error> too_large(const std::string& path, std::uint64_t limit) {
  return fail(fmt::format("cannot read {}: larger than {} bytes", printable(path), limit));
}

FolderEntry::Kind kind_of(const std::string& path) {
  if (is_folder(path)) return FolderEntry::Kind::folder;
  return is_file(path) ? FolderEntry::Kind::file : FolderEntry::Kind::other;
}

/// `type`: what the folder itself says of the entry; some file systems say nothing.
FolderEntry look_at(const std::string& folder, std::string_view name, unsigned char type) {
  FolderEntry entry{.name = std::string(name)};
  if (type == DT_REG || type == DT_DIR) {
    entry.kind = type == DT_REG ? FolderEntry::Kind::file : FolderEntry::Kind::folder;
  } else if (type == DT_LNK || type == DT_UNKNOWN) {
    const std::string path = folder + '/' + entry.name;
    entry.kind = kind_of(path);
    entry.is_link = type == DT_LNK || is_link(path);
  }
  return entry;
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

Result<std::vector<FolderEntry>> read_folder(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path.c_str()), &::closedir);
  if (!folder) return fail(std::generic_category().message(errno));
  std::vector<FolderEntry> entries;
  errno = 0;
  while (const dirent* entry = ::readdir(folder.get())) {  // NOLINT(concurrency-mt-unsafe): the stream is ours alone
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name == "." || name == "..") continue;
    entries.push_back(look_at(path, name, entry->d_type));
    errno = 0;
  }
  if (errno != 0) return fail(std::generic_category().message(errno));
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

std::vector<std::string> list_folder(const std::string& path) {
  std::vector<std::string> names;
  if (auto entries = read_folder(path)) {
    for (FolderEntry& entry : *entries) names.push_back(std::move(entry.name));
  }
  return names;
}

}  // namespace whimbrel
