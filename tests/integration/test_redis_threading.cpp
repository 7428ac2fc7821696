#include <doctest/doctest.h>

#include <filesystem>

#include "support/engine_driver.h"
#include "support/redis_server.h"

using namespace realtime;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;

namespace {

std::size_t EntriesOf(const char* folder) {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) {
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("open and close, again and again, leave no thread and no descriptor") {
    const RedisServer server;
    {
        // The first thread may bring others of the runtime (a sanitizer's) that stay.
        EngineDriver warm_up(server.OptionsFor());
        REQUIRE(warm_up.Connect());
    }
    const std::size_t threads = EntriesOf("/proc/self/task");
    const std::size_t descriptors = EntriesOf("/proc/self/fd");
    for (int round = 0; round < 100; ++round) {
        EngineDriver driver(server.OptionsFor());
        (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
        REQUIRE(driver.engine.Connect().IsOk());
        if (round % 2 == 0) {
            REQUIRE(driver.engine.WaitForConnect().IsOk());
            (void)driver.Publish("c", "m");
        }
    }
    CHECK(EntriesOf("/proc/self/fd") == descriptors);
    // A thread that was joined leaves the kernel's list a moment later.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (EntriesOf("/proc/self/task") != threads && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::yield();
    }
    CHECK(EntriesOf("/proc/self/task") == threads);
}

TEST_CASE("events flow both ways at once while subscriptions come and go") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    (void)driver.Subscribe(SubscriptionKind::kChannel, "steady");
    REQUIRE(driver.Connect());
    std::size_t sent = 0;
    for (int round = 0; round < 200; ++round) {
        const SubscriptionId id = driver.Subscribe(SubscriptionKind::kPattern, "p" + std::to_string(round) + "*");
        for (int i = 0; i < 20; ++i) {
            (void)driver.Publish("steady", std::to_string(sent++));
        }
        (void)driver.Until([&] { return true; });
        REQUIRE(driver.engine.Unsubscribe(id).IsOk());
    }
    REQUIRE(driver.Until([&] { return driver.delivered.size() == sent && driver.answers.size() == sent; }));
    for (std::size_t i = 0; i < sent; ++i) {
        REQUIRE(driver.delivered[i].message.payload == std::to_string(i));
    }
}
