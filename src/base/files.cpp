// The one narrow door to the disk, on POSIX calls.
#include "whimbrel/base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <system_error>
#include <utility>

#include "whimbrel/base/text.h"

namespace whimbrel {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

std::unexpected<Error> failure(std::string_view doing, const std::string& path, int error) {
  return fail(fmt::format("cannot {} {}: {}", doing, printable(path), std::generic_category().message(error)));
}

std::unexpected<Error> too_large(const std::string& path, std::uint64_t limit) {
  return fail(fmt::format("cannot read {}: larger than {} bytes", printable(path), limit));
}

int write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// The permissions of a file that is made anew: all that the user's mask leaves.
mode_t default_mode() {
  const mode_t mask = ::umask(022);
  ::umask(mask);
  return 0666 & ~mask;
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
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return failure("write", path, EISDIR);
  if (exists && !S_ISREG(status.st_mode)) {  // a device or pipe: it is no file that could be replaced
    const Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!device.is_open()) return failure("write", path, errno);
    if (const int error = write_all(device.number(), content); error != 0) return failure("write", path, error);
    return {};
  }

  // Through a symbolic link: the file that it leads to is replaced, not the link.
  std::string target = path;
  if (exists) {
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
    if (real) target = real.get();
  }
  std::string temporary = target + ".XXXXXX";
  const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!file.is_open()) return failure("write", path, errno);
  int error = write_all(file.number(), content);
  if (error == 0 && ::fchmod(file.number(), exists ? status.st_mode & 07777 : default_mode()) != 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), target.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    return failure("write", path, error);
  }
  return {};
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
