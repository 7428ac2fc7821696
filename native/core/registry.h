// SubscriptionRegistry: which subscription numbers listen to which topic.
//
// Thread: the game thread adds, removes and looks up, without a lock; Version and Topics may be asked from any thread.
// Numbers count up from 1 and are never used again, so a stale handle cannot end somebody else's subscription.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
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

    /// Changes whenever the set of topics does. Any thread. Sequentially consistent, as the outbound queue's size is:
    /// who announces its sleep and then finds the version unchanged will be woken at the next change.
    [[nodiscard]] std::uint64_t Version() const noexcept { return version_.load(std::memory_order_seq_cst); }

    /// The topics with at least one subscription, sorted. Any thread.
    [[nodiscard]] std::vector<Topic> Topics() const;

  private:
    /// The subscriptions of one topic. It stays where it is, for the key that looks into it.
    struct Listeners {
        std::string name;
        std::vector<SubscriptionId> ids;
    };
    /// Asked with every message that arrives: by a view, so that no string is made for the question.
    using ListenersByName = std::unordered_map<std::string_view, std::unique_ptr<Listeners>>;
    [[nodiscard]] ListenersByName& Of(SubscriptionKind kind) {
        return kind == SubscriptionKind::kPattern ? patterns_ : channels_;
    }

    SubscriptionId last_id_ = 0;
    ListenersByName channels_;
    ListenersByName patterns_;
    std::unordered_map<SubscriptionId, Topic> topic_of_;

    mutable Mutex mutex_;
    std::set<Topic> topics_ REALTIME_GUARDED_BY(mutex_);
    std::atomic<std::uint64_t> version_{0};
};

}  // namespace realtime
