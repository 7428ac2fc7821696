#include "core/inbox.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace realtime {
namespace {

/// Lanes that stay although nothing is in them, for the next message of their topic.
constexpr std::size_t kLanesKept = 1024;
/// Room for messages that stays although none waits, in arrays of nodes.
constexpr std::size_t kNodesKept = 16;
/// Messages put in under one lock: the game thread asks for it some tens of microseconds long.
constexpr std::size_t kPushAtOnce = 64;

}  // namespace

Inbox::Inbox(QueueBounds bounds) : most_lanes_(kLanesKept), bounds_(bounds) {}

void Inbox::PushBatch(std::vector<InboundMessage>& batch) {
    for (std::size_t begin = 0; begin < batch.size(); begin += kPushAtOnce) {
        const std::size_t end = std::min(batch.size(), begin + kPushAtOnce);
        const MutexLock lock(mutex_);
        GiveBackNodes();
        std::size_t i = begin;
        try {
            for (; i < end; ++i) {
                PushLocked(batch[i]);
            }
        } catch (const std::exception&) {
            batch.erase(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(i));
            throw;
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
    const HeldLock lock(mutex_);
    std::size_t count = 0;
    for (; count < most && CountLocked() > 0; ++count) {
        out.emplace_back();  // what there is no memory for stays
        out.back() = order == TakeOrder::kArrival ? PopFront(*arrivals_.First()->lane) : PopInTurn();
        ++taken_;
    }
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
    if (bytes > bounds_.bytes || bounds_.messages == 0) {
        ++pushed_;
        ++dropped_;
        return;
    }
    while (!HasRoom(bytes)) {
        (void)PopFront(*arrivals_.First()->lane);
        ++dropped_;
    }
    Lane& lane = LaneFor(message);
    Node& node = TakeFreeNode();
    ++pushed_;  // nothing throws from here on
    node.message = std::move(message);
    node.lane = &lane;
    node.next = nullptr;
    if (lane.first == nullptr) {
        lane.first = &node;
        turns_.PushBack(lane);
    } else {
        lane.last->next = &node;
    }
    lane.last = &node;
    arrivals_.PushBack(node);
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
        if (lanes_.size() >= most_lanes_) {
            ForgetEmptyLanes();
        }
        auto lane = std::make_unique<Lane>();
        lane->topic = topic.name;
        lane->kind = topic.kind;
        const TopicView key = TopicOf(*lane);
        found = lanes_.emplace(key, std::move(lane)).first;
    }
    latest_ = found->second.get();
    return *latest_;
}

void Inbox::ForgetEmptyLanes() {
    for (auto lane = lanes_.begin(); lane != lanes_.end();) {
        lane = lane->second->first == nullptr ? lanes_.erase(lane) : std::next(lane);
    }
    latest_ = nullptr;
    // As many again may come before it is worth looking for empty ones.
    most_lanes_ = std::max(kLanesKept, 2 * lanes_.size());
}

Inbox::Node& Inbox::TakeFreeNode() {
    if (free_ == nullptr) {
        nodes_.push_back(std::make_unique<Nodes>());
        AddFreeNodes(*nodes_.back());
    }
    return *std::exchange(free_, free_->next);
}

void Inbox::AddFreeNodes(Nodes& nodes) {
    for (Node& node : nodes) {
        node.next = std::exchange(free_, &node);
    }
}

/// What a flood needed is not kept for ever.
void Inbox::GiveBackNodes() {
    if (CountLocked() > 0 || nodes_.size() <= kNodesKept) {
        return;
    }
    nodes_.resize(kNodesKept);
    free_ = nullptr;
    for (const std::unique_ptr<Nodes>& nodes : nodes_) {
        AddFreeNodes(*nodes);
    }
}

InboundMessage Inbox::PopInTurn() {
    Lane& lane = *turns_.First();
    InboundMessage message = PopFront(lane);
    if (lane.first != nullptr) {
        turns_.Remove(lane);
        turns_.PushBack(lane);
    }
    return message;
}

InboundMessage Inbox::PopFront(Lane& lane) {
    Node& node = *lane.first;
    InboundMessage message = std::move(node.message);
    arrivals_.Remove(node);
    lane.first = node.next;
    if (lane.first == nullptr) {
        turns_.Remove(lane);
    }
    node.next = std::exchange(free_, &node);
    bytes_ -= message.Bytes();
    size_.store(CountLocked() - 1, std::memory_order_release);
    return message;
}

}  // namespace realtime
