// Who frees what, on the way of a message from the I/O thread to the game thread: every block of this program knows the
// thread that allocated it.
#include <doctest/doctest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <deque>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "core/inbox.h"

namespace {

/// Two words in front of each block, so that the block stays aligned as the allocator aligned it.
struct Owner {
    alignas(std::max_align_t) const void* thread;
};

/// Its address tells threads apart.
const void* ThisThread() {
    thread_local const char place = 0;
    return &place;
}

std::atomic<std::size_t> living{0};
thread_local std::size_t foreign_frees = 0;

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
    void* const memory = std::malloc(sizeof(Owner) + size);
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    ++living;
    return new (memory) Owner{ThisThread()} + 1;
}

[[gnu::noinline]] void operator delete(void* block) noexcept {
    if (block != nullptr) {
        Owner* const owner = static_cast<Owner*>(block) - 1;
        foreign_frees += owner->thread == ThisThread() ? 0 : 1;
        --living;
        std::free(owner);
    }
}

[[gnu::noinline]] void operator delete(void* block, std::size_t /*size*/) noexcept {
    operator delete(block);
}

using namespace realtime;

TEST_CASE("a block comes home when the last of its messages is gone, and is freed there") {
    const std::size_t before = living;
    SpentBlocks spent;
    InboundBatch batch(spent);
    std::vector<InboundMessage> messages;
    messages.reserve(3);
    batch.Add(SubscriptionKind::kPattern, "p*", "pc", std::string("\0x", 2));
    batch.Add(SubscriptionKind::kChannel, {}, "c", {});
    batch.MoveTo(messages);
    const std::size_t with_block = living;
    InboundMessage copy = messages[0];
    messages.clear();
    spent.Free();
    CHECK(living == with_block);
    CHECK(copy.Pattern() == "p*");
    CHECK(copy.Channel() == "pc");
    CHECK(copy.Payload() == std::string("\0x", 2));
    copy = InboundMessage();
    CHECK(living == with_block);
    spent.Free();
    CHECK(living == with_block - 1);
    CHECK(living > before);
}

TEST_CASE("what came home is freed with the home, and a message without one by whoever ends it") {
    const std::size_t before = living;
    {
        SpentBlocks spent;
        InboundBatch batch(spent);
        std::vector<InboundMessage> messages;
        batch.Add(SubscriptionKind::kChannel, {}, "c", "m");
        batch.MoveTo(messages);
    }
    CHECK(living == before);
    { const InboundMessage alone(SubscriptionKind::kChannel, {}, "c", "m"); }
    CHECK(living == before);
}

TEST_CASE("whoever takes messages frees nothing that another thread has allocated, nor the other way round") {
    constexpr std::size_t kBatches = 3000;
    constexpr std::size_t kInBatch = 40;
    SpentBlocks spent;
    Inbox inbox(QueueBounds{5000, 1 << 30});
    std::atomic<bool> is_over{false};
    std::size_t foreign_of_producer = 0;
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
        foreign_of_producer = foreign_frees;
        is_over = true;
        // It stays until all is taken: the next thread could otherwise be taken for this one.
        while (inbox.Size() > 0) {
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
    producer.join();
    CHECK(foreign_frees == 0);
    CHECK(foreign_of_producer == 0);
    const QueueCounts counts = inbox.Counts();
    CHECK(counts.taken == seen);
    CHECK(counts.taken + counts.dropped == kBatches * kInBatch);
}
