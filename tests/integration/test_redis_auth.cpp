// Who may come in: passwords, users, and what happens when either changes while connected. Whatever happens, no secret
// is in anything that the module says.
#include <doctest/doctest.h>

#include "support/engine_driver.h"
#include "support/redis_server.h"
#include "support/resp_client.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::EngineDriver;
using realtime::test::RedisServer;
using namespace std::chrono_literals;

namespace {

/// All words that must never be seen hold this.
constexpr const char* kSecret = "s3cr3t";

Options Talkative(const RedisServer& server) {
    Options options = server.OptionsFor();
    options.log_level = LogLevel::kDebug;
    return options;
}

/// No line, no error and no answer holds a secret.
void CheckDiscretion(EngineDriver& driver) {
    const auto holds_secret = [](const std::string& text) { return text.find(kSecret) != std::string::npos; };
    for (const LogLine& line : driver.log) {
        CHECK_FALSE(holds_secret(line.text));
    }
    for (const Result<void>& attempt : driver.attempts) {
        CHECK_FALSE((attempt.IsErr() && holds_secret(Describe(attempt.Error()))));
    }
    for (const auto& [id, answers] : driver.answers) {
        for (const Outcome& answer : answers) {
            CHECK_FALSE(holds_secret(Describe(answer.error)));
        }
    }
}

ErrorCode CodeOf(const Result<void>& result) {
    return result.IsOk() ? ErrorCode::kOk : result.Error().code;
}

/// Messages go round, each answered once.
void CheckFlow(EngineDriver& driver, const std::string& channel) {
    const std::size_t before = driver.delivered.size();
    const std::uint64_t id = driver.Publish(channel, "flows");
    REQUIRE(driver.Until([&] { return driver.answers.count(id) == 1 && driver.delivered.size() > before; }));
    CHECK(driver.answers[id].size() == 1);
    CHECK(driver.answers[id].front().fate == Fate::kConfirmed);
    CHECK(driver.delivered.back().message.payload == "flows");
}

}  // namespace

TEST_CASE("the first attempt tells who may come in") {
    const RedisServer server({"--requirepass", "s3cr3t-word"});
    const std::string binary("s3cr3t \"quoted\" \r\n\0\xff\xc3\xbc", 23);
    REQUIRE(AskRedis(server.Socket(), {"ACL", "SETUSER", "gmod", "on", ">s3cr3t-of-gmod", ">" + binary, "+@all", "&*"},
                     "s3cr3t-word") == "OK");
    REQUIRE(AskRedis(server.Socket(), {"ACL", "SETUSER", "gone", "off", ">s3cr3t-of-gone", "+@all", "&*"},
                     "s3cr3t-word") == "OK");
    Options options = Talkative(server);
    ErrorCode expected = ErrorCode::kOk;
    SUBCASE("the password") {
        options.password = "s3cr3t-word";
    }
    SUBCASE("the password, with a database") {
        options.password = "s3cr3t-word";
        options.database = 5;
    }
    SUBCASE("a user and his password") {
        options.username = "gmod";
        options.password = "s3cr3t-of-gmod";
    }
    SUBCASE("a password of any bytes") {
        options.username = "gmod";
        options.password = binary;
    }
    SUBCASE("no password") {
        expected = ErrorCode::kAuthRequired;
    }
    SUBCASE("no password, but a database") {
        options.database = 5;
        expected = ErrorCode::kAuthRequired;
    }
    SUBCASE("a wrong password") {
        options.password = "s3cr3t-guess";
        expected = ErrorCode::kAuthFailed;
    }
    SUBCASE("a user with another user's password") {
        options.username = "gmod";
        options.password = "s3cr3t-word";
        expected = ErrorCode::kAuthFailed;
    }
    SUBCASE("no such user") {
        options.username = "nobody";
        options.password = "s3cr3t-word";
        expected = ErrorCode::kAuthFailed;
    }
    SUBCASE("a user who is switched off") {
        options.username = "gone";
        options.password = "s3cr3t-of-gone";
        expected = ErrorCode::kAuthFailed;
    }
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.engine.Connect().IsOk());
    const Result<void> waited = driver.engine.WaitForConnect();
    CHECK(CodeOf(waited) == expected);
    if (waited.IsOk()) {
        CheckFlow(driver, "c");
    } else {
        CHECK(waited.Error().detail.find(kSecret) == std::string::npos);
        CHECK(driver.engine.GetState() == State::kConnecting);
        REQUIRE(driver.Until([&] { return driver.engine.Stats().connectFailures >= 3; }));
        REQUIRE(driver.Until([&] { return driver.Logged(ErrorInfoOf(expected).message); }));
    }
    REQUIRE(driver.Until([&] { return !driver.log.empty() && !driver.attempts.empty(); }));
    driver.engine.Close();
    driver.AnswerAll();
    CheckDiscretion(driver);
}

TEST_CASE("a password although the server has none") {
    const RedisServer server;
    Options options = Talkative(server);
    options.password = "s3cr3t-word";
    EngineDriver driver(options);
    REQUIRE(driver.engine.Connect().IsOk());
    CHECK(CodeOf(driver.engine.WaitForConnect()) == ErrorCode::kAuthFailed);
    REQUIRE(driver.Until([&] { return driver.Logged(ErrorInfoOf(ErrorCode::kAuthFailed).message); }));
    CheckDiscretion(driver);
}

TEST_CASE("a server that comes back with another password is tried until it has ours again") {
    const std::vector<std::string> ours{"--requirepass", "s3cr3t-ours"};
    RedisServer server(ours);
    Options options = Talkative(server);
    options.password = "s3cr3t-ours";
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    CheckFlow(driver, "c");
    server.Kill();
    server.Start({"--requirepass", "s3cr3t-theirs"});
    REQUIRE(driver.UntilLost());
    for (int i = 0; i < 10; ++i) {
        (void)driver.Publish("c", std::to_string(i));
    }
    REQUIRE(driver.Until([&] { return driver.Logged(ErrorInfoOf(ErrorCode::kAuthFailed).message); }));
    CHECK(driver.answers.size() == 1);
    CHECK(driver.engine.GetState() == State::kReconnecting);
    CHECK(driver.engine.Stats().pending == 10);
    server.Kill();
    server.Start(ours);
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 11; }));
    for (std::size_t i = 0; i < 10; ++i) {
        CHECK(driver.delivered[1 + i].message.payload == std::to_string(i));
    }
    REQUIRE(driver.Until([&] { return driver.answers.size() == 11; }));
    CHECK(driver.engine.Stats().published == 11);
    CheckDiscretion(driver);
}

TEST_CASE("a password that changes under a connection shuts it out when it is made anew") {
    const RedisServer server({"--requirepass", "s3cr3t-ours"});
    Options options = Talkative(server);
    options.password = "s3cr3t-ours";
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    REQUIRE(AskRedis(server.Socket(), {"CONFIG", "SET", "requirepass", "s3cr3t-theirs"}, "s3cr3t-ours") == "OK");
    CheckFlow(driver, "c");
    CHECK(driver.engine.Stats().connects == 1);
    REQUIRE(AskRedis(server.Socket(), {"CLIENT", "KILL", "TYPE", "pubsub"}, "s3cr3t-theirs") == "1");
    REQUIRE(driver.Until([&] { return driver.Logged(ErrorInfoOf(ErrorCode::kAuthFailed).message); }));
    CHECK(driver.engine.GetState() == State::kReconnecting);
    REQUIRE(AskRedis(server.Socket(), {"CONFIG", "SET", "requirepass", "s3cr3t-ours"}, "s3cr3t-theirs") == "OK");
    REQUIRE(driver.UntilState(State::kConnected));
    CheckFlow(driver, "c");
    CheckDiscretion(driver);
}

TEST_CASE("a user who is deleted under a connection, and given back") {
    const RedisServer server;
    const std::vector<std::string> make{"ACL", "SETUSER", "gmod", "on", ">s3cr3t-word", "+@all", "&*"};
    REQUIRE(AskRedis(server.Socket(), make) == "OK");
    Options options = Talkative(server);
    options.username = "gmod";
    options.password = "s3cr3t-word";
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    CheckFlow(driver, "c");
    REQUIRE(AskRedis(server.Socket(), {"ACL", "DELUSER", "gmod"}) == "1");
    REQUIRE(driver.Until([&] { return driver.Logged(ErrorInfoOf(ErrorCode::kAuthFailed).message); }));
    REQUIRE(AskRedis(server.Socket(), make) == "OK");
    REQUIRE(driver.UntilState(State::kConnected));
    CheckFlow(driver, "c");
    CheckDiscretion(driver);
}

TEST_CASE("a user without the right to a channel: that message fails, that subscription is told of, all else goes on") {
    const RedisServer server;
    REQUIRE(AskRedis(server.Socket(), {"ACL", "SETUSER", "gmod", "on", ">s3cr3t-word", "+@all", "&open:*"}) == "OK");
    Options options = Talkative(server);
    options.username = "gmod";
    options.password = "s3cr3t-word";
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "open:1");
    (void)driver.Subscribe(SubscriptionKind::kChannel, "closed:1");
    (void)driver.Subscribe(SubscriptionKind::kPattern, "closed:*");
    REQUIRE(driver.Connect());
    const std::uint64_t refused = driver.Publish("closed:1", "m");
    CheckFlow(driver, "open:1");
    REQUIRE(driver.Until([&] {
        return driver.answers.count(refused) == 1 && driver.Logged("\"closed:1\" cannot be subscribed") &&
               driver.Logged("\"closed:*\" cannot be subscribed");
    }));
    CHECK(driver.answers[refused].size() == 1);
    CHECK(driver.answers[refused].front().error.code == ErrorCode::kNoPermission);
    REQUIRE(AskRedis(server.Socket(), {"ACL", "SETUSER", "gmod", "&*"}) == "OK");
    const std::uint64_t allowed = driver.Publish("closed:1", "m");
    REQUIRE(driver.Until([&] { return driver.answers.count(allowed) == 1; }));
    CHECK(driver.answers[allowed].front().fate == Fate::kConfirmed);
    CHECK(driver.engine.Stats().connects == 1);
    CheckDiscretion(driver);
}

TEST_CASE("a user who may do nothing but publish and subscribe stays connected") {
    const RedisServer server;
    REQUIRE(AskRedis(server.Socket(), {"ACL", "SETUSER", "gmod", "on", ">s3cr3t-word", "-@all", "+publish",
                                       "+subscribe", "+psubscribe", "+unsubscribe", "+punsubscribe", "&*"}) == "OK");
    Options options = Talkative(server);
    options.username = "gmod";
    options.password = "s3cr3t-word";
    options.timeout = 500ms;
    EngineDriver driver(options);
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    CheckFlow(driver, "c");
    // Long enough for each connection to be asked several times whether it is alive.
    const auto enough = std::chrono::steady_clock::now() + 4 * options.timeout;
    REQUIRE(driver.Until([&] { return std::chrono::steady_clock::now() > enough; }));
    CHECK(driver.engine.Stats().connects == 1);
    CheckFlow(driver, "c");
    CheckDiscretion(driver);
}
