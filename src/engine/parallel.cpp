// The same small work for many things, on several cores where that pays.
#include "parallel.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace whimbrel::engine {

namespace {

/// Fewer things a thread are done sooner than the thread is started.
constexpr std::size_t kFewest = 8;
/// Nested input is read by recursion, bounded by the parsers, which count on as much as the main thread has.
constexpr std::size_t kStackBytes = 16UL * 1024 * 1024;

struct Shared {
  Shared(std::size_t number, const std::function<void(std::size_t)>& doing) : count(number), work(doing) {}

  std::size_t count;
  const std::function<void(std::size_t)>& work;
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr thrown;

  void run() {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      const std::scoped_lock lock(mutex);
      if (!thrown) thrown = std::current_exception();
      next = count;
    }
  }
};

void* run_thread(void* shared) {
  static_cast<Shared*>(shared)->run();
  return nullptr;
}

}  // namespace

void for_each_in_parallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t threads = std::min<std::size_t>(jobs, count / kFewest);
  if (threads < 2) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  Shared shared(count, work);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  std::vector<pthread_t> started;
  for (std::size_t i = 0; i < threads; ++i) {
    pthread_t thread{};
    if (pthread_create(&thread, &attributes, run_thread, &shared) == 0) started.push_back(thread);
  }
  pthread_attr_destroy(&attributes);
  if (started.empty()) shared.run();  // no threads to be had: slower, not less
  for (const pthread_t thread : started) pthread_join(thread, nullptr);
  if (shared.thrown) std::rethrow_exception(shared.thrown);
}

}  // namespace whimbrel::engine
