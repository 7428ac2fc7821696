// SubscriptionRegistry: which subscription numbers listen to which topic.
//
// Thread: the game thread adds, removes and looks up, without a lock; Version and Topics may be asked from any thread.
// Numbers count up from 1 and are never used again, so a stale handle cannot end somebody else's subscription.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

#include "core/backend.h"
#include "core/mutex.h"

namespace realtime {

using SubscriptionId = std::uint64_t;

class SubscriptionRegistry {
  public:
    /// A new subscription of `topic`.
    SubscriptionId Add(Topic topic);

    /// False when there is no such subscription.
    bool Remove(SubscriptionId id);

    [[nodiscard]] bool Contains(SubscriptionId id) const { return topic_of_.count(id) != 0; }
    [[nodiscard]] std::size_t Size() const noexcept { return topic_of_.size(); }

    /// The subscriptions that `message` is for, oldest first, appended to `out`.
    void Find(const InboundMessage& message, std::vector<SubscriptionId>& out) const;

    /// Changes whenever the set of topics does. Any thread.
    [[nodiscard]] std::uint64_t Version() const noexcept { return version_.load(std::memory_order_acquire); }

    /// The topics with at least one subscription, sorted. Any thread.
    [[nodiscard]] std::vector<Topic> Topics() const;

  private:
    using Listeners = std::unordered_map<std::string, std::vector<SubscriptionId>>;
    [[nodiscard]] Listeners& ListenersOf(SubscriptionKind kind) {
        return kind == SubscriptionKind::kPattern ? patterns_ : channels_;
    }

    SubscriptionId last_id_ = 0;
    Listeners channels_;
    Listeners patterns_;
    std::unordered_map<SubscriptionId, Topic> topic_of_;

    mutable Mutex mutex_;
    std::set<Topic> topics_ REALTIME_GUARDED_BY(mutex_);
    std::atomic<std::uint64_t> version_{0};
};

}  // namespace realtime
