// SpentMemory: what the game thread has read and the I/O thread has allocated, on its way back. If the game thread
// freed it, it would do so in the I/O thread's part of the allocator, and wait for a lock that the system may have
// taken the holder's processor from.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "core/mutex.h"

namespace realtime {

/// Blocks (SharedBlock) that nobody looks into any more. It outlives all blocks that are sent to it. Any thread may
/// call any method.
class SpentBlocks {
  public:
    SpentBlocks() = default;
    ~SpentBlocks() { Free(); }
    SpentBlocks(const SpentBlocks&) = delete;
    SpentBlocks& operator=(const SpentBlocks&) = delete;

    /// For the thread that allocates: frees what has come.
    void Free() noexcept {
        if (first_.load(std::memory_order_relaxed) == nullptr) {
            return;
        }
        bytes_.store(0, std::memory_order_relaxed);
        for (Header* header = first_.exchange(nullptr, std::memory_order_acquire); header != nullptr;) {
            Delete(std::exchange(header, header->next));
        }
    }

    /// About how much waits to be freed.
    [[nodiscard]] std::size_t Bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }

  private:
    friend class SharedBlock;
    struct Header {
        std::atomic<std::uint32_t> holders{1};
        SpentBlocks* home = nullptr;
        std::size_t size = 0;
        Header* next = nullptr;  // of those that are spent
    };

    static void Delete(Header* header) noexcept {
        header->~Header();
        ::operator delete(static_cast<void*>(header));
    }

    /// Allocates nothing and waits for nobody.
    void Add(Header* header) noexcept {
        bytes_.fetch_add(header->size, std::memory_order_relaxed);
        header->next = first_.load(std::memory_order_relaxed);
        while (
            !first_.compare_exchange_weak(header->next, header, std::memory_order_release, std::memory_order_relaxed)) {
        }
    }

    std::atomic<Header*> first_{nullptr};
    std::atomic<std::size_t> bytes_{0};
};

/// The memory of texts that nobody needs any more.
class SpentTexts {
  public:
    /// Game thread; waits for nobody.
    void Give(std::string&& text) {
        if (text.capacity() > std::string().capacity()) {
            given_.push_back(std::move(text));
        }
    }

    /// Game thread, now and then: what was given can be freed from here on. Waits for nobody; what finds the other
    /// thread at it follows the next time.
    void HandOver() {
        if (given_.empty() || !mutex_.try_lock()) {
            return;
        }
        const HeldLock lock(mutex_);
        for (std::string& text : given_) {
            spent_.push_back(std::move(text));
        }
        given_.clear();
    }

    /// For the thread that allocates: frees what was handed over. The list itself is the game thread's and stays.
    void Free() noexcept {
        const MutexLock lock(mutex_);
        for (std::string& text : spent_) {
            std::string().swap(text);
        }
        spent_.clear();
    }

  private:
    std::vector<std::string> given_;  // game thread
    Mutex mutex_;
    std::vector<std::string> spent_ REALTIME_GUARDED_BY(mutex_);
};

struct SpentMemory {
    SpentBlocks blocks;
    SpentTexts texts;

    /// For the thread that allocates.
    void Free() noexcept {
        blocks.Free();
        texts.Free();
    }
};

}  // namespace realtime
