// Ledger: the account of every message that was accepted for sending. Each change moves a message from one column to
// another under one lock, so that  sent = published + failed + unknown + pending  holds whenever anybody looks.
// Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/backend.h"
#include "core/message_queue.h"
#include "core/mutex.h"

namespace realtime {

struct LedgerColumns {
    std::uint64_t sent = 0;
    std::uint64_t published = 0;
    std::uint64_t failed = 0;
    std::uint64_t unknown = 0;
    std::uint64_t pending = 0;
};

class Ledger {
  public:
    /// One more message is pending, unless that would be more than `bounds`: then false, and nothing is changed.
    bool Accept(std::size_t bytes, const QueueBounds& bounds) {
        const MutexLock lock(mutex_);
        if (columns_.pending >= bounds.messages || bytes > bounds.bytes || pending_bytes_ > bounds.bytes - bytes) {
            return false;
        }
        ++columns_.sent;
        ++columns_.pending;
        pending_bytes_ += bytes;
        return true;
    }

    void Settle(const std::vector<Outcome>& outcomes) {
        const MutexLock lock(mutex_);
        for (const Outcome& outcome : outcomes) {
            --columns_.pending;
            pending_bytes_ -= outcome.bytes;
            ++ColumnOf(outcome.fate);
        }
    }

    [[nodiscard]] LedgerColumns Columns() const {
        const MutexLock lock(mutex_);
        return columns_;
    }

  private:
    std::uint64_t& ColumnOf(Fate fate) REALTIME_REQUIRES(mutex_) {
        switch (fate) {
            case Fate::kConfirmed:
                return columns_.published;
            case Fate::kFailed:
                return columns_.failed;
            case Fate::kUnknown:
                return columns_.unknown;
        }
        return columns_.unknown;
    }

    mutable Mutex mutex_;
    LedgerColumns columns_ REALTIME_GUARDED_BY(mutex_);
    std::size_t pending_bytes_ REALTIME_GUARDED_BY(mutex_) = 0;
};

}  // namespace realtime
