#include <doctest/doctest.h>
#include <signal.h>

#include "support/engine_driver.h"
#include "support/redis_server.h"
#include "support/resp_client.h"
#include "support/tcp_proxy.h"
#include "support/timing.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::CheckTook;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;
using realtime::test::TcpProxy;
using namespace std::chrono_literals;

namespace {

/// For what only silence shows. The other tests leave the options their usual patience, so that a busy machine is not
/// taken for a silent server.
Options Impatient(Options options) {
    options.timeout = 300ms;
    return options;
}

Options Through(const TcpProxy& proxy, const RedisServer& server) {
    Options options = server.OptionsFor();
    options.port = proxy.Port();
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
    EngineDriver driver(server.OptionsFor());
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    std::chrono::steady_clock::duration longest{};
    PublishUntil(driver, longest, [&] { return driver.delivered.size() > 100; });
    server.Kill();
    PublishUntil(driver, longest, [&] { return driver.TakeLosses(); });
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
    EngineDriver driver(Impatient(server.OptionsFor()));
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    server.Signal(SIGSTOP);
    const auto start = std::chrono::steady_clock::now();
    SUBCASE("with a message waiting for its answer") {
        (void)driver.Publish("c", "m");
    }
    SUBCASE("idle") {}
    REQUIRE(driver.UntilLost());
    CheckTook(std::chrono::steady_clock::now() - start, 2 * 300ms + 150ms);
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
    CheckTook(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(limits::kCloseDeadlineMs + 50));
    driver.AnswerAll();
    CHECK(driver.answers.size() == 10);
    CHECK(driver.engine.Stats().pending == 0);
    server.Signal(SIGCONT);
}

TEST_CASE("an answer that is cut in the middle: that message's fate is unknown, the others' are not") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    EngineDriver driver(Through(proxy, server));
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    const std::uint64_t before = driver.Publish("c", "before");
    REQUIRE(driver.Until([&] { return driver.answers.count(before) == 1; }));
    proxy.CutInside(TcpProxy::Role::kPublisher, ":1", 2);  // of ":1\r\n"
    const std::uint64_t cut = driver.Publish("c", "cut");
    REQUIRE(driver.Until([&] { return driver.answers.count(cut) == 1; }));
    CHECK(driver.answers[before].front().fate == Fate::kConfirmed);
    CHECK(driver.answers[cut].front().fate == Fate::kUnknown);
    CHECK(driver.answers[cut].front().error.code == ErrorCode::kFateUnknown);
    const std::uint64_t after = driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return driver.answers.count(after) == 1; }));
    CHECK(driver.answers[after].front().fate == Fate::kConfirmed);
    REQUIRE(
        driver.Until([&] { return !driver.delivered.empty() && driver.delivered.back().message.payload == "after"; }));
    // The server had it, and told the subscriber or not; it is not sent again.
    CHECK(driver.delivered.size() <= 3);
    const StatsValues stats = driver.engine.Stats();
    CHECK(stats.published == 2);
    CHECK(stats.unknown == 1);
    CHECK(stats.connects == 2);
}

TEST_CASE("a message that is cut in the middle does not arrive, wherever it is cut") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    EngineDriver driver(Through(proxy, server));
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    const std::string whole = "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$4\r\nhalf\r\n";
    for (std::size_t bytes = 1; bytes < whole.size(); ++bytes) {
        CAPTURE(bytes);
        driver.delivered.clear();
        const std::uint64_t connects = driver.engine.Stats().connects;
        proxy.CutInside(TcpProxy::Role::kSubscriber, "*3\r\n$7\r\nmessage", bytes);
        REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "c", "half"}) == "1");
        REQUIRE(driver.Until([&] { return driver.engine.Stats().connects > connects; }));
        REQUIRE(AskRedis(server.Socket(), {"PUBLISH", "c", "whole"}) == "1");
        REQUIRE(driver.Until([&] { return !driver.delivered.empty(); }));
        CHECK(driver.delivered.size() == 1);
        CHECK(driver.delivered.front().message.payload == "whole");
    }
}

TEST_CASE("replies that come one byte at a time are the same replies") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    EngineDriver driver(Through(proxy, server));
    const SubscriptionId channel = driver.Subscribe(SubscriptionKind::kChannel, "c");
    (void)driver.Subscribe(SubscriptionKind::kPattern, "*");
    proxy.OneByteAtATime(true);
    REQUIRE(driver.Connect());
    std::string big;
    while (big.size() < 128UL * 1024) {
        for (int byte = 0; byte < 256; ++byte) {
            big.push_back(static_cast<char>(byte));
        }
    }
    const std::vector<std::string> payloads{"", std::string(3, '\0'), "\r\n$5\r\n*1\r\n:1\r\n-ERR\r\n", big, "end"};
    for (const std::string& payload : payloads) {
        (void)driver.Publish("c", payload);
    }
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 2 * payloads.size(); }));
    std::map<SubscriptionId, std::size_t> next;
    for (const EngineDriver::Delivered& one : driver.delivered) {
        CHECK((one.message.payload == payloads[next[one.subscription]++]));
        CHECK(one.message.pattern == (one.subscription == channel ? "" : "*"));
    }
    REQUIRE(driver.Until([&] { return driver.answers.size() == payloads.size(); }));
    for (const auto& [id, answers] : driver.answers) {
        CHECK(answers.size() == 1);
        CHECK(answers.front().receivers == 2);
    }
    CHECK(driver.engine.Stats().connects == 1);
}

TEST_CASE("a connection that is open on our side only is found within twice the timeout") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    EngineDriver driver(Impatient(Through(proxy, server)));
    bool subscribed = true;
    TcpProxy::Direction direction = TcpProxy::Direction::kBoth;
    SUBCASE("nothing comes or goes") {}
    SUBCASE("nothing comes or goes, and nobody is subscribed") {
        subscribed = false;
    }
    SUBCASE("nothing comes") {
        direction = TcpProxy::Direction::kToClient;
    }
    SUBCASE("nothing goes") {
        direction = TcpProxy::Direction::kToServer;
    }
    if (subscribed) {
        (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    }
    REQUIRE(driver.Connect());
    bool publishing = false;
    SUBCASE("idle") {}
    SUBCASE("while publishing") {
        publishing = true;
    }
    proxy.Freeze(direction);
    const auto start = std::chrono::steady_clock::now();
    std::chrono::steady_clock::duration longest{};
    if (publishing) {
        PublishUntil(driver, longest, [&] { return driver.TakeLosses(); });
    } else {
        REQUIRE(driver.UntilLost());
    }
    CheckTook(std::chrono::steady_clock::now() - start, 2 * 300ms + 50ms);
    REQUIRE(driver.UntilState(State::kConnected));
    const std::uint64_t id = driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return driver.answers.count(id) == 1 && driver.engine.Stats().pending == 0; }));
    CHECK(driver.answers[id].front().fate == Fate::kConfirmed);
}

TEST_CASE("subscriptions are in force again before \"connected\" is announced again, and what waited keeps its order") {
    constexpr int kTopics = 300;
    constexpr std::size_t kWaiting = 500;
    RedisServer server;
    EngineDriver driver(server.OptionsFor());
    for (int i = 0; i < kTopics; ++i) {
        (void)driver.Subscribe(i % 2 == 0 ? SubscriptionKind::kChannel : SubscriptionKind::kPattern,
                               "t" + std::to_string(i));
    }
    REQUIRE(driver.Connect());
    server.Kill();
    REQUIRE(driver.UntilLost());
    // One that begins while nobody listens.
    const SubscriptionId late = driver.Subscribe(SubscriptionKind::kChannel, "late");
    for (std::size_t i = 0; i < kWaiting; ++i) {
        (void)driver.Publish("late", std::to_string(i));
    }
    server.Start();
    REQUIRE(driver.UntilState(State::kConnected));
    CHECK(AskRedis(server.Socket(), {"PUBSUB", "NUMPAT"}) == std::to_string(kTopics / 2));
    CHECK(AskRedis(server.Socket(), {"PUBSUB", "NUMSUB", "t0", "t298", "late"}) == "t0\n1\nt298\n1\nlate\n1");
    REQUIRE(driver.Until([&] { return driver.delivered.size() == kWaiting; }));
    for (std::size_t i = 0; i < kWaiting; ++i) {
        REQUIRE(driver.delivered[i].subscription == late);
        REQUIRE(driver.delivered[i].message.payload == std::to_string(i));
    }
    // The last answer may come behind the last message: they travel on two connections.
    REQUIRE(driver.Until([&] { return driver.engine.Stats().pending == 0; }));
    CHECK(driver.engine.Stats().published == kWaiting);
}
