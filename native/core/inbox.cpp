#include "core/inbox.h"

#include <algorithm>
#include <utility>

namespace realtime {
namespace {

/// Entries of arrivals_ beyond twice the number of messages: from here on they are worth clearing away.
constexpr std::size_t kMostIdleArrivals = 1024;
/// Lanes that stay although nothing is in them, for the next message of their topic.
constexpr std::size_t kLanesKept = 1024;
/// Messages put in under one lock: the game thread asks for it some tens of microseconds long.
constexpr std::size_t kPushAtOnce = 64;

}  // namespace

void Inbox::PushBatch(std::vector<InboundMessage>& batch) {
    for (std::size_t begin = 0; begin < batch.size(); begin += kPushAtOnce) {
        const std::size_t end = std::min(batch.size(), begin + kPushAtOnce);
        const MutexLock lock(mutex_);
        for (std::size_t i = begin; i < end; ++i) {
            PushLocked(batch[i]);
        }
    }
    batch.clear();
}

std::size_t Inbox::TakeBatch(std::deque<InboundMessage>& out, std::size_t most, TakeOrder order) {
    if (Size() == 0) {
        return 0;
    }
    if (!mutex_.lock_awake()) {
        return 0;
    }
    std::size_t count = 0;
    for (; count < most && CountLocked() > 0; ++count) {
        out.push_back(order == TakeOrder::kArrival ? PopOldest() : PopInTurn());
    }
    taken_ += count;
    mutex_.unlock();
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
    const std::size_t bytes = message.Bytes();
    ++pushed_;
    if (bytes > bounds_.bytes || bounds_.messages == 0) {
        ++dropped_;
        return;
    }
    while (!HasRoom(bytes)) {
        (void)PopOldest();
        ++dropped_;
    }
    Lane& lane = LaneFor(message);
    if (lane.messages.empty()) {
        lane.place = turns_.insert(turns_.end(), &lane);
    }
    lane.messages.push_back(std::move(message));
    arrivals_.push_back(&lane);
    bytes_ += bytes;
    size_.store(CountLocked() + 1, std::memory_order_release);
}

Inbox::Lane& Inbox::LaneFor(const InboundMessage& message) {
    const TopicView topic{message.Kind(), message.Topic()};
    if (latest_ != nullptr && TopicOf(*latest_) == topic) {
        return *latest_;
    }
    auto found = lanes_.find(topic);
    if (found == lanes_.end()) {
        auto lane = std::make_unique<Lane>();
        lane->topic = topic.name;
        lane->kind = topic.kind;
        const TopicView key = TopicOf(*lane);
        found = lanes_.emplace(key, std::move(lane)).first;
    }
    latest_ = found->second.get();
    return *latest_;
}

InboundMessage Inbox::PopOldest() {
    while (arrivals_.front()->taken_in_turn > 0) {
        Lane& lane = *arrivals_.front();
        arrivals_.pop_front();
        --lane.taken_in_turn;
        ForgetIfUnused(lane);
    }
    Lane& lane = *arrivals_.front();
    arrivals_.pop_front();
    InboundMessage message = PopFront(lane);
    ForgetIfUnused(lane);
    return message;
}

InboundMessage Inbox::PopInTurn() {
    Lane& lane = *turns_.front();
    ++lane.taken_in_turn;
    InboundMessage message = PopFront(lane);
    if (!lane.messages.empty()) {
        turns_.splice(turns_.end(), turns_, lane.place);
    }
    if (arrivals_.size() > 2 * CountLocked() + kMostIdleArrivals) {
        ForgetArrivalsTakenInTurn();
    }
    return message;
}

InboundMessage Inbox::PopFront(Lane& lane) {
    InboundMessage message = std::move(lane.messages.front());
    lane.messages.pop_front();
    if (lane.messages.empty()) {
        turns_.erase(lane.place);
    }
    bytes_ -= message.Bytes();
    size_.store(CountLocked() - 1, std::memory_order_release);
    return message;
}

void Inbox::ForgetIfUnused(const Lane& lane) {
    if (lanes_.size() > kLanesKept && lane.messages.empty() && lane.taken_in_turn == 0) {
        latest_ = latest_ == &lane ? nullptr : latest_;
        lanes_.erase(lanes_.find(TopicOf(lane)));
    }
}

void Inbox::ForgetArrivalsTakenInTurn() {
    std::deque<Lane*> kept;
    for (Lane* const lane : arrivals_) {
        if (lane->taken_in_turn > 0) {
            --lane->taken_in_turn;
        } else {
            kept.push_back(lane);
        }
    }
    arrivals_ = std::move(kept);
    latest_ = nullptr;
    for (auto lane = lanes_.begin(); lane != lanes_.end();) {
        lane = lane->second->messages.empty() ? lanes_.erase(lane) : std::next(lane);
    }
}

}  // namespace realtime
