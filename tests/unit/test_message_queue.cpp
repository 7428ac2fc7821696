#include "core/message_queue.h"

#include <doctest/doctest.h>

#include <atomic>
#include <memory>
#include <numeric>
#include <thread>

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
    std::vector<int> batch{1, 2, 3, 4, 5};
    queue.PushBatch(batch, [](int) { return std::size_t{1}; });
    CHECK(batch.empty());
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

TEST_CASE("four producers and four consumers lose and repeat nothing") {
    constexpr int kThreads = 4;
    constexpr int kEach = 20000;
    ThreadSafeQueue<int> queue(OverflowPolicy::kRefuse, QueueBounds{64, 1 << 20});
    std::atomic<std::int64_t> sum{0};
    std::atomic<int> taken{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&queue, t] {
            for (int i = 0; i < kEach; ++i) {
                while (queue.Push(t * kEach + i) == PushResult::kFull) {
                    std::this_thread::yield();
                }
            }
        });
        threads.emplace_back([&] {
            while (taken.load() < kThreads * kEach) {
                if (const std::optional<int> item = queue.WaitAndPop(1ms)) {
                    sum += *item;
                    ++taken;
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    constexpr std::int64_t kCount = std::int64_t{kThreads} * kEach;
    CHECK(sum == kCount * (kCount - 1) / 2);
    CHECK(Balanced(queue));
}
