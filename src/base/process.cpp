// Running another program, on POSIX calls.
#include "whimbrel/base/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "whimbrel/base/text.h"

extern char** environ;

namespace whimbrel {

namespace {

constexpr std::size_t kLongestComplaint = 64UL * 1024;

/// A pair of connected sockets: unlike a pipe, writing to one whose reader is gone raises no signal.
class Channel {
 public:
  Channel() {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0) {
      ours = ends[0];
      theirs = ends[1];
    }
  }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() {
    close(ours);
    close(theirs);
  }
  static void close(int& end) {
    if (end >= 0) ::close(end);
    end = -1;
  }
  int ours = -1;
  int theirs = -1;
};

std::vector<std::string> environment_of(const std::vector<std::string>& changes) {
  std::vector<std::string> result;
  const auto name_of = [](std::string_view entry) { return entry.substr(0, entry.find('=')); };
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view name = name_of(*entry);
    if (std::ranges::none_of(changes, [&](const std::string& change) { return name_of(change) == name; })) result.emplace_back(*entry);
  }
  std::ranges::copy_if(changes, std::back_inserter(result), [](const std::string& change) { return change.contains('='); });
  return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Reads what is there; false at the end.
bool take(int from, std::string& into, std::size_t limit) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(from, buffer.data(), buffer.size());
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  if (got == 0) return false;
  into.append(buffer.data(), std::min(static_cast<std::size_t>(got), limit - std::min(limit, into.size())));
  return true;
}

/// Feeds and drains until the program has closed its outputs; true if all went through.
bool converse(Channel& in, Channel& out, Channel& complaint, const Process& process, ProcessOutput& result) {
  std::string_view input = process.input;
  const auto limit = static_cast<std::size_t>(process.largest_output) + 1;
  while (out.ours >= 0 || complaint.ours >= 0) {
    if (input.empty() && in.ours >= 0) Channel::close(in.ours);
    std::array<pollfd, 3> waits{{{in.ours, POLLOUT, 0}, {out.ours, POLLIN, 0}, {complaint.ours, POLLIN, 0}}};
    if (::poll(waits.data(), waits.size(), -1) < 0 && errno != EINTR) return false;
    if (waits[0].revents != 0) {
      const ssize_t sent = ::send(in.ours, input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent > 0) input.remove_prefix(static_cast<std::size_t>(sent));
      if (sent < 0 && errno != EINTR && errno != EAGAIN) input = {};  // it reads no more
    }
    if (waits[1].revents != 0 && !take(out.ours, result.output, limit)) Channel::close(out.ours);
    if (waits[2].revents != 0 && !take(complaint.ours, result.complaint, kLongestComplaint)) Channel::close(complaint.ours);
    if (result.output.size() >= limit) return false;
  }
  return true;
}

}  // namespace

Result<ProcessOutput> run_process(const Process& process) {
  const std::string name = printable(process.command.front());
  Channel in;
  Channel out;
  Channel complaint;
  if (in.ours < 0 || out.ours < 0 || complaint.ours < 0) return fail(fmt::format("cannot run {}: no more open files are allowed", name));

  posix_spawn_file_actions_t actions{};
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in.theirs, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, out.theirs, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, complaint.theirs, STDERR_FILENO);
  std::vector<std::string> command = process.command;
  std::vector<std::string> environment = environment_of(process.environment);
  pid_t child = 0;
  // It gets signals as programs do, whatever we do with ours.
  posix_spawnattr_t attributes{};
  ::posix_spawnattr_init(&attributes);
  sigset_t usual{};
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const int error = ::posix_spawnp(&child, command.front().c_str(), &actions, &attributes, pointers_to(command).data(), pointers_to(environment).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return fail(fmt::format("cannot run {}: {}", name, std::generic_category().message(error)));
  for (Channel* channel : {&in, &out, &complaint}) Channel::close(channel->theirs);

  ProcessOutput result;
  const bool complete = converse(in, out, complaint, process, result);
  if (!complete) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!complete) return fail(fmt::format("{} wrote more than {} bytes", name, process.largest_output));
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace whimbrel
