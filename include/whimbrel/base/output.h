// Writing in a stream: to a descriptor, or to a file that takes the place of another one when all of it is written.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <memory>
#include <ostream>
#include <streambuf>
#include <string>

#include "whimbrel/base/result.h"

namespace whimbrel {

/// Gathers bytes and writes them to a descriptor, which stays its owner's. After the first error nothing more is written.
class DescriptorBuffer final : public std::streambuf {
 public:
  explicit DescriptorBuffer(int descriptor);
  /// The errno of the write that failed; 0: none did.
  [[nodiscard]] int error() const { return error_; }

 protected:
  int_type overflow(int_type next) override;
  int sync() override;

 private:
  bool write_out();

  static constexpr std::size_t kBytes = 64UL * 1024;
  std::array<char, kBytes> bytes_{};
  int descriptor_;
  int error_ = 0;
};

/// A file that is written beside its target and then renamed: a reader sees the old file or the whole new one, whatever ends the run.
/// Through symbolic links the file that they lead to is replaced; it keeps its permissions and, where that is allowed, its owner. A device
/// or a pipe is written to as it is.
class Replacement {
 public:
  /// The error says why nothing can be written there (a folder, no permission, a file that is read-only).
  static Result<Replacement> of(const std::string& path);
  Replacement(Replacement&&) noexcept;
  Replacement& operator=(Replacement&&) noexcept;
  /// Without `finish` nothing has changed.
  ~Replacement();

  [[nodiscard]] std::ostream& stream();
  Result<void> finish();

 private:
  struct State;
  explicit Replacement(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace whimbrel
