#include <doctest/doctest.h>

#include "support/backend_conformance.h"
#include "support/redis_server.h"
#include "support/resp_client.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;

TEST_CASE("redis backend: the suite of all backends") {
    const RedisServer server;
    realtime::test::CheckBackendConformance(server.OptionsFor());
}

TEST_CASE("what the server refuses is told with its words, and the connection stays") {
    const RedisServer server;
    REQUIRE(server.Cli("ACL SETUSER limited on '>pw' +@all '&open*' '~*'") == "OK");
    Options options = server.OptionsFor();
    options.username = "limited";
    options.password = "pw";
    EngineDriver driver(options);
    REQUIRE(driver.Connect());
    const std::uint64_t refused = driver.Publish("closed", "m");
    const std::uint64_t accepted = driver.Publish("open:1", "m");
    (void)driver.Subscribe(SubscriptionKind::kChannel, "closed");
    REQUIRE(driver.Until([&] { return driver.answers.size() == 2 && driver.Logged("cannot be subscribed"); }));
    CHECK(driver.answers[refused].front().fate == Fate::kFailed);
    CHECK(driver.answers[refused].front().error.code == ErrorCode::kNoPermission);
    CHECK(driver.answers[accepted].front().fate == Fate::kConfirmed);
    CHECK(driver.engine.GetState() == State::kConnected);
    CHECK(driver.engine.Stats().connects == 1);
}

TEST_CASE("what is published before the connection stands leaves in order once it does") {
    RedisServer server;
    server.Kill();
    EngineDriver driver(server.OptionsFor());
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.engine.Connect().IsOk());
    for (int i = 0; i < 100; ++i) {
        (void)driver.Publish("c", std::to_string(i));
    }
    server.Start();
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 100; }));
    for (std::size_t i = 0; i < 100; ++i) {
        CHECK(driver.delivered[i].message.payload == std::to_string(i));
    }
}

TEST_CASE("a message that the server ends every connection over fails, and what follows it is sent") {
    const RedisServer server;
    const char* setting = "";
    SUBCASE("with a word, which may be lost with the connection") {
        setting = "proto-max-bulk-len";
    }
    SUBCASE("without a word") {
        setting = "client-query-buffer-limit";
    }
    REQUIRE(AskRedis(server.Socket(), {"CONFIG", "SET", setting, "1mb"}) == "OK");
    Options options = server.OptionsFor();
    options.max_payload_bytes = 16UL * 1024 * 1024;
    EngineDriver driver(options);
    REQUIRE(driver.Connect());
    const std::uint64_t refused = driver.Publish("c", std::string(options.max_payload_bytes, 'x'));
    const std::uint64_t after = driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return driver.answers.size() == 2; }));
    CHECK(driver.answers[refused].front().fate == Fate::kFailed);
    CHECK(driver.answers[after].front().fate == Fate::kConfirmed);
    CHECK(driver.engine.Stats().failed == 1);
}
