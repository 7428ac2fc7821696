// Inbox: the bounded queue of what arrived, between the I/O thread and the game thread, with one lane for each topic.
//
// While the game thread keeps up it takes messages in the order of their arrival. When it has fallen behind it takes
// them in turns, one of each topic, so that a flooded topic cannot keep the others waiting. Messages of one topic
// always stay in order. At its bound the inbox drops its oldest message, whatever the topic, and counts it. Any thread
// may call any method.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/inbound_message.h"
#include "core/linked_list.h"
#include "core/message_queue.h"
#include "core/mutex.h"

namespace realtime {

enum class TakeOrder {
    kArrival,  ///< oldest first
    kTurns,    ///< one of each topic in turn, each topic's oldest first
};

class Inbox {
  public:
    explicit Inbox(QueueBounds bounds = {});
    Inbox(const Inbox&) = delete;
    Inbox& operator=(const Inbox&) = delete;

    /// Puts all of `batch` in and empties it; when memory runs out in the middle it throws, and keeps the rest in
    /// there. A message larger than the whole byte bound is counted as dropped.
    void PushBatch(std::vector<InboundMessage>& batch);

    /// Moves up to `most` messages to the end of `out` under one lock; gives how many. 0 also when a producer is kept
    /// from finishing: whoever takes does not sleep, and finds them the next time.
    std::size_t TakeBatch(std::deque<InboundMessage>& out, std::size_t most, TakeOrder order);

    /// From now on. What is beyond new, smaller bounds is dropped when the next message comes.
    void SetBounds(QueueBounds bounds);

    /// One consistent look: pushed = taken + dropped + size.
    [[nodiscard]] QueueCounts Counts() const;

    /// Without the lock: a consumer that looks every frame never meets a producer over nothing.
    [[nodiscard]] std::size_t Size() const noexcept { return size_.load(std::memory_order_acquire); }

  private:
    struct Lane;
    /// A message that waits, or the room for one.
    struct Node {
        InboundMessage message;
        Lane* lane = nullptr;
        Node* next = nullptr;    // in the lane, or among the free ones
        Links<Node> by_arrival;  // in arrivals_
    };
    /// The messages of one topic, oldest first.
    struct Lane {
        std::string topic;
        SubscriptionKind kind = SubscriptionKind::kChannel;
        Node* first = nullptr;
        Node* last = nullptr;
        Links<Lane> in_turns;  // in turns_, while there are messages
    };
    /// Looks into the lane it belongs to.
    struct TopicView {
        SubscriptionKind kind;
        std::string_view name;
        bool operator==(const TopicView& other) const { return kind == other.kind && name == other.name; }
    };
    struct HashTopic {
        std::size_t operator()(const TopicView& topic) const {
            return std::hash<std::string_view>()(topic.name) ^ static_cast<std::size_t>(topic.kind);
        }
    };
    static constexpr std::size_t kNodesAtOnce = 64;
    using Nodes = std::array<Node, kNodesAtOnce>;
    using Lanes = std::unordered_map<TopicView, std::unique_ptr<Lane>, HashTopic>;
    static TopicView TopicOf(const Lane& lane) { return TopicView{lane.kind, lane.topic}; }

    // Whoever takes gives nothing back to the allocator and asks it for nothing: that is the producer's.
    void PushLocked(InboundMessage& message) REALTIME_REQUIRES(mutex_);
    Lane& LaneFor(const InboundMessage& message) REALTIME_REQUIRES(mutex_);
    void ForgetEmptyLanes() REALTIME_REQUIRES(mutex_);
    Node& TakeFreeNode() REALTIME_REQUIRES(mutex_);
    void GiveBackNodes() REALTIME_REQUIRES(mutex_);
    void AddFreeNodes(Nodes& nodes) REALTIME_REQUIRES(mutex_);
    InboundMessage PopInTurn() REALTIME_REQUIRES(mutex_);
    InboundMessage PopFront(Lane& lane) REALTIME_REQUIRES(mutex_);
    bool HasRoom(std::size_t bytes) const REALTIME_REQUIRES(mutex_);
    std::size_t CountLocked() const REALTIME_REQUIRES(mutex_) { return size_.load(std::memory_order_relaxed); }

    std::atomic<std::size_t> size_{0};  // written under the lock
    mutable Mutex mutex_;
    std::vector<std::unique_ptr<Nodes>> nodes_ REALTIME_GUARDED_BY(mutex_);
    Node* free_ REALTIME_GUARDED_BY(mutex_) = nullptr;
    Lanes lanes_ REALTIME_GUARDED_BY(mutex_);
    std::size_t most_lanes_ REALTIME_GUARDED_BY(mutex_);  // from here on the empty ones are forgotten
    Lane* latest_ REALTIME_GUARDED_BY(mutex_) = nullptr;  // of the message before: often that of the next one
    LinkedList<Node, &Node::by_arrival> arrivals_ REALTIME_GUARDED_BY(mutex_);  // oldest first
    LinkedList<Lane, &Lane::in_turns> turns_ REALTIME_GUARDED_BY(mutex_);       // lanes with messages; whose turn it is
    QueueBounds bounds_ REALTIME_GUARDED_BY(mutex_);
    std::size_t bytes_ REALTIME_GUARDED_BY(mutex_) = 0;
    std::uint64_t pushed_ REALTIME_GUARDED_BY(mutex_) = 0;
    std::uint64_t taken_ REALTIME_GUARDED_BY(mutex_) = 0;
    std::uint64_t dropped_ REALTIME_GUARDED_BY(mutex_) = 0;
};

}  // namespace realtime
