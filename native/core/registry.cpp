#include "core/registry.h"

#include <algorithm>
#include <utility>

namespace realtime {

SubscriptionId SubscriptionRegistry::Add(Topic topic) {
    const SubscriptionId id = ++last_id_;
    ListenersByName& all = Of(topic.kind);
    auto found = all.find(topic.name);
    if (found == all.end()) {
        auto listeners = std::make_unique<Listeners>(Listeners{topic.name, {}});
        const std::string_view name = listeners->name;
        found = all.emplace(name, std::move(listeners)).first;
    }
    std::vector<SubscriptionId>& ids = found->second->ids;
    ids.push_back(id);
    if (ids.size() == 1) {
        {
            const MutexLock lock(mutex_);
            topics_.insert(topic);
        }
        version_.fetch_add(1, std::memory_order_seq_cst);
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
    ListenersByName& all = Of(topic.kind);
    const auto listeners = all.find(topic.name);
    std::vector<SubscriptionId>& ids = listeners->second->ids;
    ids.erase(std::remove(ids.begin(), ids.end(), id), ids.end());
    if (ids.empty()) {
        all.erase(listeners);
        {
            const MutexLock lock(mutex_);
            topics_.erase(topic);
        }
        version_.fetch_add(1, std::memory_order_seq_cst);
    }
    topic_of_.erase(found);
    return true;
}

void SubscriptionRegistry::Find(const InboundMessage& message, std::vector<SubscriptionId>& out) const {
    const ListenersByName& all = message.Kind() == SubscriptionKind::kPattern ? patterns_ : channels_;
    const auto found = all.find(message.Topic());
    if (found != all.end()) {
        out.insert(out.end(), found->second->ids.begin(), found->second->ids.end());
    }
}

std::vector<Topic> SubscriptionRegistry::Topics() const {
    const MutexLock lock(mutex_);
    return {topics_.begin(), topics_.end()};
}

}  // namespace realtime
