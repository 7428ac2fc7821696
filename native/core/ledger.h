// Ledger: the account of every message that was accepted for sending, without a lock: the game thread must not be kept
// waiting by an I/O thread that the system has just taken the processor from.
//
// What was accepted and what was settled are only ever added to; what is pending is the difference. So
// sent = published + failed + unknown + pending  holds in every look.
// Thread: HasRoom, Accept and Columns belong to the game thread, Settle to any.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/backend.h"
#include "core/message_queue.h"

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
    /// Whether one more may be pending within `bounds`.
    [[nodiscard]] bool HasRoom(std::size_t bytes, const QueueBounds& bounds) const {
        const std::uint64_t pending_bytes = sent_bytes_ - settled_bytes_.load(std::memory_order_acquire);
        return Columns().pending < bounds.messages && bytes <= bounds.bytes && pending_bytes <= bounds.bytes - bytes;
    }

    /// One more was sent. It may be settled already: nobody has looked since.
    void Accept(std::size_t bytes) {
        ++sent_;
        sent_bytes_ += bytes;
    }

    /// All but the first `done`, which are settled already.
    void Settle(const std::vector<Outcome>& outcomes, std::size_t done = 0) noexcept {
        std::uint64_t bytes = 0;
        LedgerColumns more;
        for (std::size_t i = done; i < outcomes.size(); ++i) {
            bytes += outcomes[i].bytes;
            ++ColumnOf(outcomes[i].fate, more);
        }
        settled_bytes_.fetch_add(bytes, std::memory_order_acq_rel);
        published_.fetch_add(more.published, std::memory_order_acq_rel);
        failed_.fetch_add(more.failed, std::memory_order_acq_rel);
        unknown_.fetch_add(more.unknown, std::memory_order_acq_rel);
    }

    /// The fate of all that are pending is unknown: nobody is left to tell it. There are such only when memory ran out
    /// over the end. Gives how many. Game thread, with no backend any more.
    std::uint64_t SettleRest() noexcept {
        const std::uint64_t rest = Columns().pending;
        unknown_.fetch_add(rest, std::memory_order_acq_rel);
        settled_bytes_.store(sent_bytes_, std::memory_order_release);
        return rest;
    }

    [[nodiscard]] LedgerColumns Columns() const {
        LedgerColumns columns;
        columns.sent = sent_;
        columns.published = published_.load(std::memory_order_acquire);
        columns.failed = failed_.load(std::memory_order_acquire);
        columns.unknown = unknown_.load(std::memory_order_acquire);
        columns.pending = sent_ - columns.published - columns.failed - columns.unknown;
        return columns;
    }

  private:
    static std::uint64_t& ColumnOf(Fate fate, LedgerColumns& columns) {
        switch (fate) {
            case Fate::kConfirmed:
                return columns.published;
            case Fate::kFailed:
                return columns.failed;
            case Fate::kUnknown:
                return columns.unknown;
        }
        return columns.unknown;
    }

    std::uint64_t sent_ = 0;        // game thread
    std::uint64_t sent_bytes_ = 0;  // game thread
    std::atomic<std::uint64_t> published_{0};
    std::atomic<std::uint64_t> failed_{0};
    std::atomic<std::uint64_t> unknown_{0};
    std::atomic<std::uint64_t> settled_bytes_{0};
};

}  // namespace realtime
