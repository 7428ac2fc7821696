// Who frees what, on the way of a message from the I/O thread to the game thread.
#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <deque>
#include <string>
#include <thread>
#include <vector>

#include "core/inbox.h"
#include "support/owned_memory.h"

using namespace realtime;
using realtime::test::foreign_frees;
using realtime::test::living_blocks;

TEST_CASE("a block comes home when the last of its messages is gone, and is freed there") {
    const std::size_t before = living_blocks;
    SpentBlocks spent;
    InboundBatch batch(spent);
    std::vector<InboundMessage> messages;
    messages.reserve(3);
    batch.Add(SubscriptionKind::kPattern, "p*", "pc", std::string("\0x", 2));
    batch.Add(SubscriptionKind::kChannel, {}, "c", {});
    batch.MoveTo(messages);
    const std::size_t with_block = living_blocks;
    InboundMessage copy = messages[0];
    messages.clear();
    spent.Free();
    CHECK(living_blocks == with_block);
    CHECK(copy.Pattern() == "p*");
    CHECK(copy.Channel() == "pc");
    CHECK(copy.Payload() == std::string("\0x", 2));
    copy = InboundMessage();
    CHECK(living_blocks == with_block);
    spent.Free();
    CHECK(living_blocks == with_block - 1);
    CHECK(living_blocks > before);
}

TEST_CASE("what came home is freed with the home, and a message without one by whoever ends it") {
    const std::size_t before = living_blocks;
    {
        SpentBlocks spent;
        InboundBatch batch(spent);
        std::vector<InboundMessage> messages;
        batch.Add(SubscriptionKind::kChannel, {}, "c", "m");
        batch.MoveTo(messages);
    }
    CHECK(living_blocks == before);
    { const InboundMessage alone(SubscriptionKind::kChannel, {}, "c", "m"); }
    CHECK(living_blocks == before);
}

TEST_CASE("whoever takes messages frees nothing that another thread has allocated, nor the other way round") {
    constexpr std::size_t kBatches = 3000;
    constexpr std::size_t kInBatch = 40;
    SpentBlocks spent;
    Inbox inbox(QueueBounds{5000, 1 << 30});
    std::atomic<bool> is_over{false};
    std::atomic<bool> may_end{false};
    std::thread producer([&] {
        InboundBatch batch(spent);
        std::vector<InboundMessage> messages;
        for (std::size_t i = 0; i < kBatches; ++i) {
            for (std::size_t j = 0; j < kInBatch; ++j) {
                // More topics than are kept for the next message.
                batch.Add(SubscriptionKind::kChannel, {}, "c" + std::to_string(i * j % 5000), std::to_string(j));
            }
            batch.MoveTo(messages);
            inbox.PushBatch(messages);
            spent.Free();
        }
        is_over = true;
        // A thread that ends frees what it was started with, which its starter has allocated.
        while (!may_end) {
            std::this_thread::yield();
        }
    });
    foreign_frees = 0;
    std::deque<InboundMessage> taken;
    std::size_t seen = 0;
    for (std::size_t turn = 0; !is_over || inbox.Size() > 0; ++turn) {
        inbox.TakeBatch(taken, 64, turn % 2 == 0 ? TakeOrder::kArrival : TakeOrder::kTurns);
        seen += taken.size();
        taken.clear();
    }
    CHECK(foreign_frees == 0);
    may_end = true;
    producer.join();
    const QueueCounts counts = inbox.Counts();
    CHECK(counts.taken == seen);
    CHECK(counts.taken + counts.dropped == kBatches * kInBatch);
}

TEST_CASE("messages that arrived together lie in blocks of a few kilobytes, so that one that waits keeps few with it") {
    constexpr std::size_t kPayload = 100;
    constexpr std::size_t kMessages = 1000;
    constexpr std::size_t kMostABlock = 4096 / kPayload;
    SpentBlocks spent;
    InboundBatch batch(spent);
    for (std::size_t i = 0; i < kMessages; ++i) {
        batch.Add(SubscriptionKind::kChannel, {}, "c", std::string(kPayload, static_cast<char>('a' + i % 26)));
    }
    batch.Add(SubscriptionKind::kChannel, {}, "c", std::string(100'000, 'x'));
    std::vector<InboundMessage> messages;
    batch.MoveTo(messages);
    REQUIRE(messages.size() == kMessages + 1);
    CHECK(messages.back().Payload() == std::string(100'000, 'x'));
    messages.pop_back();
    CHECK(spent.Bytes() > 100'000);
    spent.Free();
    CHECK(spent.Bytes() == 0);
    for (std::size_t i = 0; i < kMessages; ++i) {
        CHECK(messages[i].Channel() == "c");
        REQUIRE(messages[i].Payload() == std::string(kPayload, static_cast<char>('a' + i % 26)));
    }
    const std::size_t with_all = living_blocks;
    // Of each second block one stays.
    std::vector<InboundMessage> waiting;
    waiting.reserve(kMessages / kMostABlock);
    for (std::size_t i = 0; i < kMessages; i += 2 * kMostABlock) {
        waiting.push_back(messages[i]);
    }
    messages.clear();
    spent.Free();
    CHECK(with_all - living_blocks >= kMessages / kMostABlock - waiting.size() - 1);
}
