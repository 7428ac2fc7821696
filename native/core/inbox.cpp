#include "core/inbox.h"

#include <utility>

namespace realtime {
namespace {

/// Entries of arrivals_ beyond twice the number of messages: from here on they are worth clearing away.
constexpr std::size_t kMostIdleArrivals = 1024;

std::size_t BytesOf(const InboundMessage& message) {
    return message.channel.size() + message.payload.size() + message.pattern.size();
}

}  // namespace

void Inbox::PushBatch(std::vector<InboundMessage>& batch) {
    if (batch.empty()) {
        return;
    }
    {
        const MutexLock lock(mutex_);
        for (InboundMessage& message : batch) {
            PushLocked(message);
        }
    }
    batch.clear();
}

std::size_t Inbox::TakeBatch(std::deque<InboundMessage>& out, std::size_t most, TakeOrder order) {
    if (Size() == 0) {
        return 0;
    }
    const MutexLock lock(mutex_);
    std::size_t count = 0;
    for (; count < most && CountLocked() > 0; ++count) {
        out.push_back(order == TakeOrder::kArrival ? PopOldest() : PopInTurn());
    }
    taken_ += count;
    return count;
}

void Inbox::SetBounds(QueueBounds bounds) {
    const MutexLock lock(mutex_);
    bounds_ = bounds;
}

QueueCounts Inbox::Counts() const {
    const MutexLock lock(mutex_);
    return QueueCounts{pushed_, taken_, dropped_, CountLocked(), bytes_};
}

bool Inbox::HasRoom(std::size_t bytes) const {
    return CountLocked() < bounds_.messages && bytes <= bounds_.bytes && bytes_ <= bounds_.bytes - bytes;
}

void Inbox::PushLocked(InboundMessage& message) {
    const std::size_t bytes = BytesOf(message);
    ++pushed_;
    if (bytes > bounds_.bytes || bounds_.messages == 0) {
        ++dropped_;
        return;
    }
    while (!HasRoom(bytes)) {
        (void)PopOldest();
        ++dropped_;
    }
    LaneOfTopic& lane = LaneFor(message);
    if (lane.second.messages.empty()) {
        lane.second.place = turns_.insert(turns_.end(), &lane);
    }
    lane.second.messages.push_back(std::move(message));
    arrivals_.push_back(&lane);
    bytes_ += bytes;
    size_.store(CountLocked() + 1, std::memory_order_release);
}

Inbox::LaneOfTopic& Inbox::LaneFor(const InboundMessage& message) {
    const TopicView topic{message.kind, message.Topic()};
    const auto lane = lanes_.lower_bound(topic);
    if (lane != lanes_.end() && !TopicLess()(topic, lane->first)) {
        return *lane;
    }
    return *lanes_.emplace_hint(lane, Topic{message.kind, message.Topic()}, Lane{});
}

InboundMessage Inbox::PopOldest() {
    while (arrivals_.front()->second.taken_in_turn > 0) {
        LaneOfTopic& lane = *arrivals_.front();
        arrivals_.pop_front();
        --lane.second.taken_in_turn;
        ForgetIfUnused(lane);
    }
    LaneOfTopic& lane = *arrivals_.front();
    arrivals_.pop_front();
    InboundMessage message = PopFront(lane);
    ForgetIfUnused(lane);
    return message;
}

InboundMessage Inbox::PopInTurn() {
    LaneOfTopic& lane = *turns_.front();
    ++lane.second.taken_in_turn;
    InboundMessage message = PopFront(lane);
    if (!lane.second.messages.empty()) {
        turns_.splice(turns_.end(), turns_, lane.second.place);
    }
    if (arrivals_.size() > 2 * CountLocked() + kMostIdleArrivals) {
        ForgetArrivalsTakenInTurn();
    }
    return message;
}

InboundMessage Inbox::PopFront(LaneOfTopic& lane) {
    InboundMessage message = std::move(lane.second.messages.front());
    lane.second.messages.pop_front();
    if (lane.second.messages.empty()) {
        turns_.erase(lane.second.place);
    }
    bytes_ -= BytesOf(message);
    size_.store(CountLocked() - 1, std::memory_order_release);
    return message;
}

void Inbox::ForgetIfUnused(const LaneOfTopic& lane) {
    if (lane.second.messages.empty() && lane.second.taken_in_turn == 0) {
        lanes_.erase(lanes_.find(lane.first));
    }
}

void Inbox::ForgetArrivalsTakenInTurn() {
    std::deque<LaneOfTopic*> kept;
    for (LaneOfTopic* const lane : arrivals_) {
        if (lane->second.taken_in_turn > 0) {
            --lane->second.taken_in_turn;
        } else {
            kept.push_back(lane);
        }
    }
    arrivals_ = std::move(kept);
    for (auto lane = lanes_.begin(); lane != lanes_.end();) {
        lane = lane->second.messages.empty() ? lanes_.erase(lane) : std::next(lane);
    }
}

}  // namespace realtime
