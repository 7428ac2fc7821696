#include "core/registry.h"

#include <algorithm>

namespace realtime {

SubscriptionId SubscriptionRegistry::Add(Topic topic) {
    const SubscriptionId id = ++last_id_;
    std::vector<SubscriptionId>& listeners = ListenersOf(topic.kind)[topic.name];
    listeners.push_back(id);
    if (listeners.size() == 1) {
        {
            const MutexLock lock(mutex_);
            topics_.insert(topic);
        }
        version_.fetch_add(1, std::memory_order_release);
    }
    topic_of_.emplace(id, std::move(topic));
    return id;
}

bool SubscriptionRegistry::Remove(SubscriptionId id) {
    const auto found = topic_of_.find(id);
    if (found == topic_of_.end()) {
        return false;
    }
    const Topic& topic = found->second;
    Listeners& all = ListenersOf(topic.kind);
    const auto listeners = all.find(topic.name);
    std::vector<SubscriptionId>& ids = listeners->second;
    ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
    if (ids.empty()) {
        all.erase(listeners);
        {
            const MutexLock lock(mutex_);
            topics_.erase(topic);
        }
        version_.fetch_add(1, std::memory_order_release);
    }
    topic_of_.erase(found);
    return true;
}

void SubscriptionRegistry::Find(const InboundMessage& message, std::vector<SubscriptionId>& out) const {
    const Listeners& all = message.kind == SubscriptionKind::kPattern ? patterns_ : channels_;
    const auto found = all.find(message.Topic());
    if (found != all.end()) {
        out.insert(out.end(), found->second.begin(), found->second.end());
    }
}

std::vector<Topic> SubscriptionRegistry::Topics() const {
    const MutexLock lock(mutex_);
    return {topics_.begin(), topics_.end()};
}

}  // namespace realtime
