#include <doctest/doctest.h>
#include <signal.h>

#include "support/engine_driver.h"
#include "support/redis_server.h"

using namespace realtime;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;
using namespace std::chrono_literals;

namespace {

Options ImpatientOptions(const RedisServer& server) {
    Options options = server.OptionsFor();
    options.timeout = 300ms;
    return options;
}

/// Publishes one message a frame until `done`; every call is timed.
template <typename Done>
void PublishUntil(EngineDriver& driver, std::chrono::steady_clock::duration& longest, Done done) {
    REQUIRE(driver.Until([&] {
        const auto start = std::chrono::steady_clock::now();
        (void)driver.engine.Publish("c", "m", true);
        longest = std::max(longest, std::chrono::steady_clock::now() - start);
        return done();
    }));
}

}  // namespace

TEST_CASE("the server dies and comes back: events flow again by themselves, and the account is exact") {
    RedisServer server;
    EngineDriver driver(ImpatientOptions(server));
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    std::chrono::steady_clock::duration longest{};
    PublishUntil(driver, longest, [&] { return driver.delivered.size() > 100; });
    server.Kill();
    PublishUntil(driver, longest, [&] { return driver.engine.GetState() == State::kReconnecting; });
    PublishUntil(driver, longest, [&] { return driver.engine.Stats().connectFailures >= 2; });
    server.Start();
    REQUIRE(driver.UntilState(State::kConnected));
    const std::size_t before = driver.delivered.size();
    PublishUntil(driver, longest, [&] { return driver.delivered.size() > before + 100; });
    REQUIRE(driver.Until([&] { return driver.engine.Stats().pending == 0; }));
    const StatsValues stats = driver.engine.Stats();
    REQUIRE(driver.Until([&] { return driver.answers.size() == stats.sent; }));
    for (const auto& [id, answers] : driver.answers) {
        REQUIRE(answers.size() == 1);
    }
    CHECK(stats.sent == stats.published + stats.unknown);
    MESSAGE("longest publish call: ", std::chrono::duration<double, std::milli>(longest).count(), " ms");
}

TEST_CASE("a server that stands still is noticed within twice the timeout") {
    const RedisServer server;
    EngineDriver driver(ImpatientOptions(server));
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    server.Signal(SIGSTOP);
    const auto start = std::chrono::steady_clock::now();
    SUBCASE("with a message waiting for its answer") {
        (void)driver.Publish("c", "m");
    }
    SUBCASE("idle") {}
    REQUIRE(driver.UntilState(State::kReconnecting));
    CHECK(std::chrono::steady_clock::now() - start < 2 * 300ms + 150ms);
    server.Signal(SIGCONT);
    REQUIRE(driver.UntilState(State::kConnected));
    CHECK(driver.engine.Stats().pending == 0);
}

TEST_CASE("either connection killed by the server's administrator is made again") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    const char* type = "";
    SUBCASE("the publishing one") {
        type = "normal";
    }
    SUBCASE("the subscribed one") {
        type = "pubsub";
    }
    CHECK(server.Cli(std::string("CLIENT KILL TYPE ") + type) == "1");
    REQUIRE(driver.Until([&] { return driver.engine.Stats().connects == 2; }));
    (void)driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return !driver.delivered.empty(); }));
}

TEST_CASE("closing while the server stands still ends within the deadline, and everything is answered") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.Connect());
    server.Signal(SIGSTOP);
    for (int i = 0; i < 10; ++i) {
        (void)driver.Publish("c", "m");
    }
    const auto start = std::chrono::steady_clock::now();
    driver.engine.Close();
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(limits::kCloseDeadlineMs + 50));
    driver.AnswerAll();
    CHECK(driver.answers.size() == 10);
    CHECK(driver.engine.Stats().pending == 0);
    server.Signal(SIGCONT);
}
