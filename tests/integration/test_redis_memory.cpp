// The game thread and the I/O thread do not meet in the allocator: neither frees what the other has allocated, and so
// neither waits for a lock that the other holds when the system takes the processor from it.
#include <doctest/doctest.h>

#include <string>

#include "support/engine_driver.h"
#include "support/owned_memory.h"
#include "support/redis_server.h"

using namespace realtime;
using realtime::test::EngineDriver;
using realtime::test::foreign_frees;
using realtime::test::RedisServer;

namespace {

/// Small ones, middling ones, and such as are too long to be kept for the next.
void PublishAllSizes(EngineDriver& driver) {
    constexpr std::size_t kLongest = 100UL * 1024;
    for (std::size_t size = 1; size < kLongest; size = size * 3 / 2 + 1) {
        (void)driver.Publish("memory", std::string(size, 'x'));
    }
}

bool UntilAnswered(EngineDriver& driver) {
    return driver.Until([&driver] { return driver.engine.Stats().pending == 0 && driver.engine.Stats().queued == 0; });
}

}  // namespace

TEST_CASE("neither thread frees what the other has allocated, whatever becomes of the messages") {
    RedisServer server;
    Options options = server.OptionsFor();
    options.log_level = LogLevel::kDebug;
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "memory");
    (void)driver.Subscribe(SubscriptionKind::kPattern, "mem*");
    REQUIRE(driver.Connect());
    const auto round = [&] {
        PublishAllSizes(driver);
        REQUIRE(UntilAnswered(driver));
        PublishAllSizes(driver);
        REQUIRE(server.Cli("CLIENT KILL TYPE normal") == "1");
        REQUIRE(driver.UntilLost());
        REQUIRE(driver.UntilState(State::kConnected));
        REQUIRE(UntilAnswered(driver));
    };
    // Until the lists that were made with the backend, by the game thread, have moved on to memory of their own.
    constexpr int kWarmUp = 10;
    constexpr int kRounds = 20;
    for (int i = 0; i < kWarmUp; ++i) {
        round();
    }
    foreign_frees = 0;
    for (int i = 0; i < kRounds; ++i) {
        round();
    }
    CHECK(foreign_frees == 0);
}
