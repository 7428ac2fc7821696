// Memory that runs out when the test says so. Included by one file of a program with one thread, which thereby replaces
// the global operators.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace realtime::test {

constexpr int kNever = -1;
/// How many more allocations succeed before the first that fails.
inline int allocations_left = kNever;

}  // namespace realtime::test

[[gnu::noinline]] void* operator new(std::size_t size) {
    int& left = realtime::test::allocations_left;
    if (left == 0) {
        throw std::bad_alloc();
    }
    left -= left > 0 ? 1 : 0;
    if (void* const block = std::malloc(size)) {
        return block;
    }
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* block) noexcept {
    std::free(block);
}
[[gnu::noinline]] void operator delete(void* block, std::size_t /*size*/) noexcept {
    std::free(block);
}
