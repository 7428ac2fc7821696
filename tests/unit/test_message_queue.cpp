#include "core/message_queue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <thread>
#include <type_traits>

using realtime::OverflowPolicy;
using realtime::PushResult;
using realtime::QueueBounds;
using realtime::ThreadSafeQueue;
using namespace std::chrono_literals;

namespace {

/// pushed = taken + dropped + size: nothing leaves a queue uncounted.
template <typename T>
bool Balanced(const ThreadSafeQueue<T>& queue) {
    const realtime::QueueCounts counts = queue.Counts();
    return counts.pushed == counts.taken + counts.dropped + counts.size;
}

}  // namespace

TEST_CASE("items come out in the order they went in") {
    ThreadSafeQueue<int> queue(OverflowPolicy::kRefuse);
    CHECK(queue.Push(1) == PushResult::kQueuedFirst);
    CHECK(queue.Push(2) == PushResult::kQueued);
    CHECK(queue.TryPop() == 1);
    CHECK(queue.TryPop() == 2);
    CHECK_FALSE(queue.TryPop().has_value());
    CHECK(Balanced(queue));
}

TEST_CASE("a refusing queue leaves the item with its caller when it is full by count") {
    ThreadSafeQueue<std::unique_ptr<int>> queue(OverflowPolicy::kRefuse, QueueBounds{1, 100});
    auto first = std::make_unique<int>(1);
    auto second = std::make_unique<int>(2);
    CHECK(queue.Push(first) == PushResult::kQueuedFirst);
    CHECK(first == nullptr);
    CHECK(queue.Push(second) == PushResult::kFull);
    REQUIRE(second != nullptr);
    CHECK(*second == 2);
    CHECK(queue.Counts().pushed == 1);
}

TEST_CASE("the byte bound holds to the byte") {
    ThreadSafeQueue<int> queue(OverflowPolicy::kRefuse, QueueBounds{10, 100});
    CHECK(queue.Push(1, 60) == PushResult::kQueuedFirst);
    CHECK(queue.Push(2, 41) == PushResult::kFull);
    CHECK(queue.Push(3, 40) == PushResult::kQueued);
    CHECK(queue.Counts().bytes == 100);
    CHECK(queue.TryPop() == 1);
    CHECK(queue.Counts().bytes == 40);
    CHECK(queue.Push(4, 101) == PushResult::kFull);
}

TEST_CASE("a queue that drops makes room with its oldest items and counts them") {
    ThreadSafeQueue<int> queue(OverflowPolicy::kDropOldest, QueueBounds{3, 1000});
    for (const int item : {1, 2, 3, 4, 5}) {
        CHECK(queue.Push(int{item}, 1) != PushResult::kFull);
    }
    CHECK(queue.Counts().dropped == 2);
    std::deque<int> out;
    CHECK(queue.TakeBatch(out) == 3);
    CHECK(out == std::deque<int>{3, 4, 5});
    CHECK(Balanced(queue));
}

TEST_CASE("an item beyond the whole byte bound is counted as dropped") {
    ThreadSafeQueue<int> queue(OverflowPolicy::kDropOldest, QueueBounds{3, 10});
    CHECK(queue.Push(1, 11) == PushResult::kQueued);
    CHECK(queue.Counts().dropped == 1);
    CHECK(queue.Counts().size == 0);
    CHECK(Balanced(queue));
}

TEST_CASE("a batch can be taken in part") {
    ThreadSafeQueue<int> queue(OverflowPolicy::kRefuse);
    for (int i = 0; i < 5; ++i) {
        (void)queue.Push(i);
    }
    std::vector<int> out;
    CHECK(queue.TakeBatch(out, 2) == 2);
    CHECK(queue.TakeBatch(out, 100) == 3);
    CHECK(queue.TakeBatch(out, 100) == 0);
    CHECK(out == std::vector<int>{0, 1, 2, 3, 4});
}

TEST_CASE("waiting ends at the timeout, with an item, and at shutdown") {
    ThreadSafeQueue<int> queue(OverflowPolicy::kRefuse);
    const auto start = std::chrono::steady_clock::now();
    CHECK_FALSE(queue.WaitAndPop(5ms).has_value());
    CHECK(std::chrono::steady_clock::now() - start >= 5ms);

    std::optional<int> got;
    std::thread consumer([&] { got = queue.WaitAndPop(10s); });
    (void)queue.Push(7);
    consumer.join();
    CHECK(got == 7);

    std::thread waiter([&] { got = queue.WaitAndPop(10s); });
    queue.Shutdown();
    waiter.join();
    CHECK_FALSE(got.has_value());
}

TEST_CASE("a queue that is shut down takes nothing more and can still be emptied") {
    ThreadSafeQueue<int> queue(OverflowPolicy::kRefuse);
    (void)queue.Push(1);
    queue.Shutdown();
    CHECK(queue.Push(2) == PushResult::kShutDown);
    CHECK(queue.WaitAndPop(1s) == 1);
    queue.Reopen({});
    CHECK(queue.Push(3) == PushResult::kQueuedFirst);
}

TEST_CASE("four producers and four consumers: each of the items arrives once, and each producer's in order") {
    constexpr std::size_t kThreads = 4;
    constexpr std::size_t kEach = 100000;
    // A move-only item that says whose it is and which; a consumer that found one twice would find it empty.
    struct Item {
        std::size_t producer;
        std::unique_ptr<std::size_t> number;
    };
    ThreadSafeQueue<Item> queue(OverflowPolicy::kRefuse, QueueBounds{1024, kThreads * kEach});
    std::array<std::vector<std::vector<std::size_t>>, kThreads> taken;  // by consumer, then by producer
    std::atomic<std::size_t> refused{0};
    std::vector<std::thread> producers;
    std::vector<std::thread> consumers;
    for (std::size_t t = 0; t < kThreads; ++t) {
        taken.at(t).resize(kThreads);
        producers.emplace_back([&queue, &refused, t] {
            for (std::size_t i = 0; i < kEach; ++i) {
                Item item{t, std::make_unique<std::size_t>(i)};
                while (queue.Push(item, 1) == PushResult::kFull) {
                    ++refused;
                    std::this_thread::yield();
                }
            }
        });
        // Two take batches as the backend and the game thread do, two wait for one at a time.
        consumers.emplace_back([&queue, &mine = taken.at(t), batches = t % 2 == 0] {
            std::vector<Item> batch;
            while (std::optional<Item> first = queue.WaitAndPop(10s)) {
                batch.push_back(*std::move(first));
                if (batches) {
                    (void)queue.TakeBatch(batch, 100);
                }
                for (const Item& item : batch) {
                    mine[item.producer].push_back(*item.number);
                }
                batch.clear();
            }
        });
    }
    for (std::thread& thread : producers) {
        thread.join();
    }
    // What is queued is still handed out; then the waiters wake with nothing.
    queue.Shutdown();
    for (std::thread& thread : consumers) {
        thread.join();
    }
    for (std::size_t producer = 0; producer < kThreads; ++producer) {
        std::vector<bool> seen(kEach);
        std::size_t count = 0;
        for (const auto& by_producer : taken) {
            const std::vector<std::size_t>& numbers = by_producer[producer];
            CHECK(std::is_sorted(numbers.begin(), numbers.end()));
            count += numbers.size();
            for (const std::size_t number : numbers) {
                seen[number] = true;
            }
        }
        CHECK(count == kEach);
        CHECK(std::count(seen.begin(), seen.end(), true) == kEach);
    }
    const realtime::QueueCounts counts = queue.Counts();
    CHECK(counts.pushed == kThreads * kEach);
    CHECK(counts.taken == kThreads * kEach);
    CHECK(counts.dropped == 0);
    CHECK(counts.size == 0);
    CHECK(counts.bytes == 0);
    MESSAGE("refused for want of room: ", refused.load());
}

TEST_CASE("move-only items go through every door") {
    using Owned = std::unique_ptr<int>;
    static_assert(!std::is_copy_constructible_v<Owned>);
    ThreadSafeQueue<Owned> queue(OverflowPolicy::kDropOldest, QueueBounds{4, 1000});
    CHECK(queue.Push(std::make_unique<int>(1), 10) == PushResult::kQueuedFirst);
    Owned two = std::make_unique<int>(2);
    CHECK(queue.Push(two, 10) == PushResult::kQueued);
    CHECK(two == nullptr);
    for (int i = 3; i <= 6; ++i) {
        CHECK(queue.Push(std::make_unique<int>(i), static_cast<std::size_t>(i)) != PushResult::kFull);
    }
    CHECK(queue.Counts().dropped == 2);
    CHECK(queue.Counts().bytes == 3 + 4 + 5 + 6);
    const std::optional<Owned> popped = queue.TryPop();
    REQUIRE(popped.has_value());
    CHECK(**popped == 3);
    const std::optional<Owned> waited = queue.WaitAndPop(1s);
    REQUIRE(waited.has_value());
    CHECK(**waited == 4);
    std::deque<Owned> rest;
    CHECK(queue.TakeBatch(rest) == 2);
    CHECK(*rest.front() == 5);
    CHECK(*rest.back() == 6);
    // What is left inside is freed with the queue: the leak check looks.
    (void)queue.Push(std::make_unique<int>(7));
    CHECK(Balanced(queue));
}
