// The same small work for many things, on several cores where that pays.
#pragma once

#include <cstddef>
#include <functional>

namespace whimbrel::engine {

/// Calls `work(i)` for each i below `count`, in any order, from up to `jobs` threads (0: one for each core); from the calling one
/// alone where there is little to do. An exception of the work is thrown again here.
void for_each_in_parallel(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work);

}  // namespace whimbrel::engine
