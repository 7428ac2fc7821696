#include <doctest/doctest.h>

#include "support/engine_driver.h"
#include "support/redis_server.h"

using namespace realtime;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;

TEST_CASE("whoever hears \"connected\" is subscribed already") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    for (int i = 0; i < 200; ++i) {
        (void)driver.Subscribe(SubscriptionKind::kChannel, "c" + std::to_string(i));
    }
    (void)driver.Subscribe(SubscriptionKind::kPattern, "p:*");
    REQUIRE(driver.Connect());
    CHECK(server.Cli("PUBLISH c199 hello") == "1");
    CHECK(server.Cli("PUBLISH p:1 hello") == "1");
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 2; }));
}

TEST_CASE("two subscriptions of one topic are one on the server, which ends with the last") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.Connect());
    const SubscriptionId a = driver.Subscribe(SubscriptionKind::kChannel, "c");
    const SubscriptionId b = driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Until([&] { return server.Cli("PUBSUB NUMSUB c") == "c\n1"; }));
    REQUIRE(driver.engine.Unsubscribe(a).IsOk());
    CHECK(server.Cli("PUBLISH c one") == "1");
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 1; }));
    CHECK(driver.delivered[0].subscription == b);
    REQUIRE(driver.engine.Unsubscribe(b).IsOk());
    REQUIRE(driver.Until([&] { return server.Cli("PUBSUB NUMSUB c") == "c\n0"; }));
}

TEST_CASE("an idle connection is kept alive beyond the timeout by questions, not by data") {
    const RedisServer server;
    Options options = server.OptionsFor();
    options.timeout = std::chrono::milliseconds(500);
    EngineDriver driver(options);
    SUBCASE("subscribed") {
        (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    }
    SUBCASE("not subscribed") {}
    REQUIRE(driver.Connect());
    const auto enough = std::chrono::steady_clock::now() + 4 * options.timeout;
    REQUIRE(driver.Until([&] { return std::chrono::steady_clock::now() > enough; }));
    CHECK(driver.engine.GetState() == State::kConnected);
    CHECK(driver.engine.Stats().connects == 1);
}
