// Replacing a file: without a name (O_TMPFILE) until all is written, so that whatever ends the run leaves nothing behind.
#include "whimbrel/base/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <string_view>
#include <system_error>
#include <utility>

#include "descriptor.h"

namespace whimbrel {

namespace {

/// The permissions of a file that is made anew: all that the user's mask leaves.
mode_t default_mode() {
  const mode_t mask = ::umask(022);
  ::umask(mask);
  return 0666 & ~mask;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

/// Behind all symbolic links, also of one that leads to nothing yet; empty where they lead in a circle.
std::string behind_links(std::string path) {
  constexpr int kMostLinks = 40;   // as many as Linux follows
  for (int i = 0; i < kMostLinks; ++i) {
    std::array<char, PATH_MAX> target{};
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    if (size <= 0) return path;
    const std::string_view next(target.data(), static_cast<std::size_t>(size));
    path = next.starts_with('/') ? std::string(next) : folder_of(path) + "/" + std::string(next);
  }
  return "";
}

/// While a file gets its name nothing may end the run: a moment, and no write is waited for in it.
class NoSignals {
 public:
  NoSignals() {
    sigset_t ends{};
    sigemptyset(&ends);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ends, signal);
    pthread_sigmask(SIG_BLOCK, &ends, &before_);
  }
  NoSignals(const NoSignals&) = delete;
  NoSignals& operator=(const NoSignals&) = delete;
  ~NoSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

/// Gives the nameless file a name of its own in the folder; empty: it cannot be done.
std::string name_it(int descriptor, const std::string& folder) {
  constexpr int kTries = 100;
  const std::string itself = fmt::format("/proc/self/fd/{}", descriptor);
  for (int i = 0; i < kTries; ++i) {
    std::string name = fmt::format("{}/.whimbrel.{}.{}", folder, ::getpid(), i);
    if (::linkat(AT_FDCWD, itself.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return name;
    if (errno != EEXIST) break;
  }
  return "";
}

}  // namespace

DescriptorBuffer::DescriptorBuffer(int descriptor) : descriptor_(descriptor) { setp(bytes_.data(), bytes_.data() + bytes_.size()); }

bool DescriptorBuffer::write_out() {
  if (error_ == 0) error_ = write_all(descriptor_, {pbase(), static_cast<std::size_t>(pptr() - pbase())});
  setp(bytes_.data(), bytes_.data() + bytes_.size());
  return error_ == 0;
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type next) {
  if (!write_out()) return traits_type::eof();
  if (!traits_type::eq_int_type(next, traits_type::eof())) sputc(traits_type::to_char_type(next));
  return traits_type::not_eof(next);
}

int DescriptorBuffer::sync() { return write_out() ? 0 : -1; }

struct Replacement::State {
  std::string path;        ///< as the user said it
  std::string target;      ///< behind the links; empty: what is there is written to as it is
  std::string temporary;   ///< the name beside the target that has to go again; empty: the file has none yet
  Descriptor file;
  mode_t mode = 0;
  std::unique_ptr<DescriptorBuffer> buffer;
  std::ostream stream;

  State(std::string where, Descriptor opened)
      : path(std::move(where)), file(std::move(opened)), buffer(std::make_unique<DescriptorBuffer>(file.number())), stream(buffer.get()) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (!temporary.empty()) ::unlink(temporary.c_str());
  }

  int replace() {
    const NoSignals moment;
    if (temporary.empty()) temporary = name_it(file.number(), folder_of(target));
    if (temporary.empty() || ::fchmod(file.number(), mode) != 0) return errno;
    if (::rename(temporary.c_str(), target.c_str()) != 0) return errno;
    temporary.clear();
    return 0;
  }
};

Replacement::Replacement(std::unique_ptr<State> state) : state_(std::move(state)) {}
Replacement::Replacement(Replacement&&) noexcept = default;
Replacement& Replacement::operator=(Replacement&&) noexcept = default;
Replacement::~Replacement() = default;

Result<Replacement> Replacement::of(const std::string& path) {
  struct stat status{};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return failure("write", path, EISDIR);
  if (exists && !S_ISREG(status.st_mode)) {
    Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!device.is_open()) return failure("write", path, errno);
    return Replacement(std::make_unique<State>(path, std::move(device)));
  }
  // What may not be written to is not replaced either, though its folder would allow that.
  if (exists && ::access(path.c_str(), W_OK) != 0) return failure("write", path, errno);

  const std::string target = behind_links(path);
  if (target.empty()) return failure("write", path, ELOOP);
  std::string temporary;
  Descriptor file(::access("/proc/self/fd", X_OK) == 0 ? ::open(folder_of(target).c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600) : -1);
  if (!file.is_open()) {   // a file system without nameless files
    temporary = folder_of(target) + "/.whimbrel.XXXXXX";
    file = Descriptor(::mkostemp(temporary.data(), O_CLOEXEC));
  }
  if (!file.is_open()) return failure("write", path, errno);
  if (exists && ::fchown(file.number(), status.st_uid, status.st_gid) != 0) errno = 0;   // then it is the user's own
  auto state = std::make_unique<State>(path, std::move(file));
  state->target = target;
  state->temporary = std::move(temporary);
  state->mode = exists ? status.st_mode & 07777 : default_mode();
  return Replacement(std::move(state));
}

std::ostream& Replacement::stream() { return state_->stream; }

Result<void> Replacement::finish() {
  state_->stream.flush();
  int error = state_->buffer->error();
  if (error == 0 && !state_->target.empty()) error = state_->replace();
  if (error != 0) return failure("write", state_->path, error);
  return {};
}

}  // namespace whimbrel
