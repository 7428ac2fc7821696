// What this process holds, as the kernel and the allocator count it.
#pragma once

#include <doctest/doctest.h>
#include <malloc.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <ostream>
#include <thread>

namespace realtime::test {

inline std::size_t EntriesOf(const char* folder) {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

/// The thread that runs the tests, and the one that the thread sanitizer has for itself.
#if defined(__SANITIZE_THREAD__)
constexpr std::size_t kThreadsOfTheTest = 2;
#else
constexpr std::size_t kThreadsOfTheTest = 1;
#endif

struct Holdings {
    std::size_t threads = 0;
    std::size_t descriptors = 0;
    /// Bytes in blocks that were allocated and not freed, to the byte, provided that no thread keeps freed blocks aside
    /// (glibc.malloc.tcache_count=0, which ctest sets). Sanitizers and valgrind bring allocators which tell nothing
    /// here; they look for leaks by themselves.
    std::size_t heap_bytes = 0;

    static Holdings Now() {
        Holdings now;
        now.threads = EntriesOf("/proc/self/task");
        now.descriptors = EntriesOf("/proc/self/fd");
#if __GLIBC_PREREQ(2, 33)
        now.heap_bytes = ::mallinfo2().uordblks;
#else
        now.heap_bytes = static_cast<std::size_t>(::mallinfo().uordblks);
#endif
        return now;
    }

    /// As Now, but a thread that was joined leaves the kernel's list a moment later: waits for that, five seconds at
    /// most.
    static Holdings NowWithoutJoined() {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (EntriesOf("/proc/self/task") > kThreadsOfTheTest && std::chrono::steady_clock::now() < deadline) {
            std::this_thread::yield();
        }
        return Now();
    }

    friend bool operator==(const Holdings& a, const Holdings& b) {
        return a.threads == b.threads && a.descriptors == b.descriptors && a.heap_bytes == b.heap_bytes;
    }
    friend std::ostream& operator<<(std::ostream& out, const Holdings& holdings) {
        return out << holdings.threads << " threads, " << holdings.descriptors << " descriptors, "
                   << holdings.heap_bytes << " bytes";
    }
};

}  // namespace realtime::test
