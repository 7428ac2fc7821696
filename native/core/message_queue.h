// ThreadSafeQueue<T>: the bounded hand-over between the game thread and an I/O thread, in both directions.
//
// Bounded by count and by bytes. What happens at the bound is the queue's policy, named at construction:
//   kRefuse      Push answers kFull and the caller still has the item         (outbound: the publisher is told)
//   kDropOldest  the oldest items make room and are counted                    (inbound: the newest news win)
// Any thread may call any method. Nothing foreign runs under the lock but T's move.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "core/chunked_fifo.h"
#include "core/mutex.h"
#include "realtime/contract.h"

namespace realtime {

constexpr std::size_t kMaxQueueSize = static_cast<std::size_t>(limits::kMaxQueueMessages);
constexpr std::size_t kMaxQueueBytes = static_cast<std::size_t>(limits::kMaxQueueBytes);

enum class OverflowPolicy { kRefuse, kDropOldest };

enum class PushResult {
    kQueued,
    kQueuedFirst,  ///< queued, and the queue was empty before: a sleeping consumer wants to be woken
    kFull,         ///< kRefuse only: nothing was queued
    kShutDown,     ///< nothing was queued
    kBusy,         ///< TryPush only: another thread holds the lock, nothing was queued
};

struct QueueBounds {
    std::size_t messages = kMaxQueueSize;
    std::size_t bytes = kMaxQueueBytes;
};

/// One consistent look: pushed = taken + dropped + size, always.
struct QueueCounts {
    std::uint64_t pushed = 0;
    std::uint64_t taken = 0;
    std::uint64_t dropped = 0;
    std::size_t size = 0;
    std::size_t bytes = 0;
};

template <typename T>
class ThreadSafeQueue {
  public:
    using Clock = std::chrono::steady_clock;

    explicit ThreadSafeQueue(OverflowPolicy policy, QueueBounds bounds = {}) : policy_(policy), bounds_(bounds) {}

    /// `item` is moved from only when it is queued. `bytes` is what the item counts for against the byte bound.
    /// An item larger than the whole byte bound is refused (kRefuse) or counted as dropped (kDropOldest).
    PushResult Push(T& item, std::size_t bytes = 0) {
        PushResult result;
        {
            const MutexLock lock(mutex_);
            result = PushLocked(item, bytes);
        }
        if (result == PushResult::kQueuedFirst) {
            ready_.NotifyOne();
        }
        return result;
    }
    PushResult Push(T&& item, std::size_t bytes = 0) { return Push(item, bytes); }

    /// Push that never waits, not even for the lock.
    PushResult TryPush(T& item, std::size_t bytes = 0) {
        if (!mutex_.try_lock()) {
            return PushResult::kBusy;
        }
        PushResult result;
        {
            const HeldLock lock(mutex_);
            result = PushLocked(item, bytes);
        }
        if (result == PushResult::kQueuedFirst) {
            ready_.NotifyOne();
        }
        return result;
    }

    /// Never sleeps: empty also when another thread is kept from giving the lock back.
    std::optional<T> TryPop() {
        if (Size() == 0 || !mutex_.lock_awake()) {
            return std::nullopt;
        }
        const HeldLock lock(mutex_);
        return PopLocked();
    }

    /// Waits for an item; empty at the timeout, or when the queue is shut down and drained.
    std::optional<T> WaitAndPop(std::chrono::milliseconds timeout) {
        const Clock::time_point deadline = Clock::now() + timeout;
        const MutexLock lock(mutex_);
        while (items_.IsEmpty() && !shut_down_) {
            if (!ready_.WaitUntil(mutex_, deadline)) {
                break;
            }
        }
        return PopLocked();
    }

    /// Moves up to `most` items (0: all) to the end of `out` under one lock; gives how many.
    template <typename Container>
    std::size_t TakeBatch(Container& out, std::size_t most = 0) {
        if (Size() == 0) {
            return 0;
        }
        const MutexLock lock(mutex_);
        const std::size_t count = most == 0 || most > items_.Size() ? items_.Size() : most;
        for (std::size_t i = 0; i < count; ++i) {
            out.push_back(std::move(items_.Front().value));  // what there is no memory for stays
            bytes_ -= items_.Front().bytes;
            items_.Pop();
            ++taken_;
            NoteSize();
        }
        return count;
    }

    /// From now on Push answers kShutDown; what is queued can still be taken; waiters wake.
    void Shutdown() {
        {
            const MutexLock lock(mutex_);
            shut_down_ = true;
        }
        ready_.NotifyAll();
    }

    /// Undoes Shutdown. Items that are still queued stay.
    void Reopen(QueueBounds bounds) {
        const MutexLock lock(mutex_);
        shut_down_ = false;
        bounds_ = bounds;
    }

    [[nodiscard]] QueueCounts Counts() const {
        const MutexLock lock(mutex_);
        return QueueCounts{pushed_, taken_, dropped_, items_.Size(), bytes_};
    }

    /// Without the lock: a consumer that looks every frame never meets a producer over nothing.
    [[nodiscard]] std::size_t Size() const noexcept { return size_.load(std::memory_order_seq_cst); }

  private:
    struct Item {
        T value;
        std::size_t bytes;
    };

    PushResult PushLocked(T& item, std::size_t bytes) REALTIME_REQUIRES(mutex_) {
        if (shut_down_) {
            return PushResult::kShutDown;
        }
        if (policy_ == OverflowPolicy::kRefuse) {
            if (!HasRoom(bytes)) {
                return PushResult::kFull;
            }
        } else {
            if (bytes > bounds_.bytes || bounds_.messages == 0) {
                ++pushed_;
                ++dropped_;
                return PushResult::kQueued;
            }
            while (!HasRoom(bytes)) {
                bytes_ -= items_.Front().bytes;
                items_.Pop();
                ++dropped_;
            }
        }
        const bool was_empty = items_.IsEmpty();
        items_.Push(Item{std::move(item), bytes});
        bytes_ += bytes;
        ++pushed_;
        NoteSize();
        return was_empty ? PushResult::kQueuedFirst : PushResult::kQueued;
    }

    bool HasRoom(std::size_t bytes) const REALTIME_REQUIRES(mutex_) {
        return items_.Size() < bounds_.messages && bytes <= bounds_.bytes && bytes_ <= bounds_.bytes - bytes;
    }

    std::optional<T> PopLocked() REALTIME_REQUIRES(mutex_) {
        if (items_.IsEmpty()) {
            return std::nullopt;
        }
        bytes_ -= items_.Front().bytes;
        std::optional<T> value(std::move(items_.Front().value));
        items_.Pop();
        ++taken_;
        NoteSize();
        return value;
    }

    /// Sequentially consistent, as is Size: a consumer that announces its sleep and then finds nothing has announced it
    /// before whoever pushes next asks whether it sleeps.
    void NoteSize() REALTIME_REQUIRES(mutex_) { size_.store(items_.Size(), std::memory_order_seq_cst); }

    const OverflowPolicy policy_;
    std::atomic<std::size_t> size_{0};  // items_.Size(), as the last holder of the lock left it
    mutable Mutex mutex_;
    Condition ready_;
    ChunkedFifo<Item> items_ REALTIME_GUARDED_BY(mutex_);
    QueueBounds bounds_ REALTIME_GUARDED_BY(mutex_);
    std::size_t bytes_ REALTIME_GUARDED_BY(mutex_) = 0;
    std::uint64_t pushed_ REALTIME_GUARDED_BY(mutex_) = 0;
    std::uint64_t taken_ REALTIME_GUARDED_BY(mutex_) = 0;
    std::uint64_t dropped_ REALTIME_GUARDED_BY(mutex_) = 0;
    bool shut_down_ REALTIME_GUARDED_BY(mutex_) = false;
};

}  // namespace realtime
