// The I/O thread when memory runs out, anywhere and again and again: the game lives, and every message is accounted
// for.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include "support/engine_driver.h"
#include "support/redis_server.h"

using namespace realtime;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;

namespace {

thread_local bool is_test_thread = false;
std::atomic<int> fails_each{0};  // of the other threads' allocations, one in so many; 0: none
std::atomic<int> allocations{0};
std::atomic<int> failures{0};

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
    const int each = fails_each;
    if (each > 0 && !is_test_thread && ++allocations % each == 0) {
        ++failures;
        throw std::bad_alloc();
    }
    if (void* const block = std::malloc(size)) {
        return block;
    }
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* block) noexcept {
    std::free(block);
}
[[gnu::noinline]] void operator delete(void* block, std::size_t /*size*/) noexcept {
    std::free(block);
}

TEST_CASE("memory that runs out on the I/O thread costs the connection, and no message its account") {
    is_test_thread = true;
    const RedisServer server;
    // Coprime with whatever repeats.
    for (const int each : {7, 31, 101}) {
        CAPTURE(each);
        EngineDriver driver(server.OptionsFor());
        (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
        (void)driver.Subscribe(SubscriptionKind::kPattern, "c*");
        REQUIRE(driver.Connect());
        constexpr int kFailures = 20;
        const int before = failures;
        fails_each = each;
        std::size_t published = 0;
        // A frame now and then publishes less than the queue holds.
        constexpr std::size_t kMost = 5000;
        REQUIRE(driver.Until([&] {
            for (int i = 0; i < 5 && published < kMost; ++i) {
                (void)driver.Publish("c", std::string(published * 37 % 3000, 'x'));
                ++published;
            }
            return failures >= before + kFailures || published == kMost;
        }));
        fails_each = 0;
        CHECK(failures > before);
        // All ends well from here on.
        REQUIRE(driver.UntilState(State::kConnected));
        const std::uint64_t last = driver.Publish("c", "last");
        REQUIRE(driver.Until([&] { return driver.answers.count(last) == 1; }));
        REQUIRE(driver.Until([&] { return driver.engine.Stats().pending == 0; }));
        CHECK(driver.answers.at(last).front().fate == Fate::kConfirmed);
        CHECK(driver.answers.size() == published + 1);
        for (const auto& [id, answers] : driver.answers) {
            REQUIRE(answers.size() == 1);
        }
    }
}

TEST_CASE("closing while memory runs out ends the thread, and not the game") {
    is_test_thread = true;
    const RedisServer server;
    for (int round = 0; round < 20; ++round) {
        EngineDriver driver(server.OptionsFor());
        (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
        REQUIRE(driver.Connect());
        driver.memory_ran_out = true;
        fails_each = 1 + round % 4;
        for (int i = 0; i < 20; ++i) {
            (void)driver.Publish("c", std::string(100, 'x'));
        }
        driver.engine.Close();
        fails_each = 0;
        CHECK(driver.engine.GetState() == State::kDisconnected);
        // What nobody could tell of any more is counted as unknown.
        CHECK(driver.engine.Stats().pending == 0);
    }
}
