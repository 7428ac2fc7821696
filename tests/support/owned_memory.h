// Who frees what: every block of the program knows the thread that allocated it. Included by one file of a program,
// which thereby replaces the global operators.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace realtime::test {

/// In front of each block, so that the block stays aligned as the allocator aligned it.
struct BlockOwner {
    alignas(std::max_align_t) const void* thread;
};

/// Its address tells threads apart, as long as they live.
inline const void* ThisThread() {
    thread_local const char place = 0;
    return &place;
}

inline std::atomic<std::size_t> living_blocks{0};
/// How many blocks were freed by another thread than the one that allocated them.
inline std::atomic<std::size_t> foreign_frees{0};

}  // namespace realtime::test

[[gnu::noinline]] void* operator new(std::size_t size) {
    void* const memory = std::malloc(sizeof(realtime::test::BlockOwner) + size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    ++realtime::test::living_blocks;
    return new (memory) realtime::test::BlockOwner{realtime::test::ThisThread()} + 1;
}

[[gnu::noinline]] void operator delete(void* block) noexcept {
    if (block != nullptr) {
        auto* const owner = static_cast<realtime::test::BlockOwner*>(block) - 1;
        realtime::test::foreign_frees += owner->thread == realtime::test::ThisThread() ? 0 : 1;
        --realtime::test::living_blocks;
        std::free(owner);
    }
}

[[gnu::noinline]] void operator delete(void* block, std::size_t /*size*/) noexcept {
    operator delete(block);
}
