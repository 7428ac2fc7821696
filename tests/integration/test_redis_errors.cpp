// What a server can say instead of what it should: each refusal has its code and its consequence, and bytes that make
// no sense end the connection, not the process.
#include <algorithm>
#include <cstddef>

#include <doctest/doctest.h>

#include "support/fake_server.h"
#include "support/fault_run.h"

using namespace realtime;
using realtime::test::EngineDriver;
using realtime::test::FakeServer;
using realtime::test::FaultRun;
using realtime::test::Rounds;
using Connection = FaultRun::Connection;
using namespace std::chrono_literals;

namespace {

struct Refusal {
    const char* name;
    const char* line;
    ErrorCode code;
    Connection connection;  // a server that has forgotten us, or is starting, is asked anew
};

constexpr Refusal kRefusals[] = {
    {"NOAUTH", "-NOAUTH Authentication required.\r\n", ErrorCode::kAuthRequired, Connection::kIsMadeAnew},
    {"WRONGPASS", "-WRONGPASS invalid username-password pair or user is disabled.\r\n", ErrorCode::kAuthFailed,
     Connection::kStays},
    {"NOPERM", "-NOPERM this user has no permissions\r\n", ErrorCode::kNoPermission, Connection::kStays},
    {"LOADING", "-LOADING Redis is loading the dataset in memory\r\n", ErrorCode::kServerLoading,
     Connection::kIsMadeAnew},
    {"READONLY", "-READONLY You can't write against a read only replica.\r\n", ErrorCode::kServerReadonly,
     Connection::kStays},
    {"MOVED", "-MOVED 1 10.0.0.7:6380\r\n", ErrorCode::kServerMoved, Connection::kStays},
    {"OOM", "-OOM command not allowed when used memory > 'maxmemory'.\r\n", ErrorCode::kServerOutOfMemory,
     Connection::kStays},
    {"ERR", "-ERR something else\r\n", ErrorCode::kServerError, Connection::kStays},
};

std::optional<std::string> HandshakeAnswer(const FakeServer::Command& command, const char* verb, std::string answer) {
    return command.front() == verb ? std::optional<std::string>(std::move(answer)) : std::nullopt;
}

/// For what is found out by silence, and only for that: the less patient, the more a busy machine looks like a silent
/// server.
Options Impatient(const FakeServer& server, std::chrono::milliseconds timeout) {
    Options options = server.OptionsFor();
    options.timeout = timeout;
    return options;
}

void RunRefusals(const Refusal& refusal) {
    FakeServer server;
    // Of what makes no connection anew only the publisher is told.
    const realtime::test::Says says = refusal.connection == Connection::kStays
                                          ? realtime::test::Says{}
                                          : realtime::test::Says{{ErrorInfoOf(refusal.code).message}, {}};
    FaultRun run(std::string("answer ") + refusal.name, server.OptionsFor(), says);
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(refusal.connection, [&] {
            server.Play(FakeServer::AnswerPublish(refusal.line));
            run.Until("the refusal", [&] { return run.FailedWith(refusal.code) > 0; });
            if (refusal.connection == Connection::kIsMadeAnew) {
                run.UntilLost();
            }
            server.Play({});
        });
    }
}

}  // namespace

TEST_CASE("each refusal of a PUBLISH reaches its callback once, with its code and the server's words") {
    for (const Refusal& refusal : kRefusals) {
        CAPTURE(refusal.name);
        FakeServer server;
        EngineDriver driver(server.OptionsFor());
        REQUIRE(driver.Connect());
        // The second of three messages that leave together.
        int publishes = 0;
        server.Play([&](const FakeServer::Command& command) {
            const bool is_second = command.front() == "PUBLISH" && ++publishes == 2;
            return is_second ? std::optional<std::string>(refusal.line) : std::nullopt;
        });
        const std::uint64_t before = driver.Publish("c", "before");
        const std::uint64_t refused = driver.Publish("c", "refused");
        const std::uint64_t after = driver.Publish("c", "after");
        REQUIRE(driver.Until([&] { return driver.answers.size() == 3; }));
        CHECK(driver.answers[before].front().fate == Fate::kConfirmed);
        CHECK(driver.answers[after].front().fate == Fate::kConfirmed);
        const Outcome& outcome = driver.answers[refused].front();
        CHECK(outcome.fate == Fate::kFailed);
        CHECK(outcome.error.code == refusal.code);
        const std::string line = refusal.line;
        CHECK(outcome.error.detail == line.substr(1, line.size() - 3));
        if (refusal.connection == Connection::kIsMadeAnew) {
            REQUIRE(driver.Until([&] { return driver.engine.Stats().connects == 2; }));
        }
        const std::uint64_t last = driver.Publish("c", "last");
        REQUIRE(driver.Until([&] { return driver.answers.count(last) == 1; }));
        CHECK(driver.answers[last].front().fate == Fate::kConfirmed);
        CHECK(driver.engine.Stats().connects == (refusal.connection == Connection::kIsMadeAnew ? 2 : 1));
        for (const auto& [id, answers] : driver.answers) {
            CHECK(answers.size() == 1);
        }
        const StatsValues stats = driver.engine.Stats();
        CHECK(stats.sent == 4);
        CHECK(stats.published == 3);
        CHECK(stats.failed == 1);
        CHECK(stats.pending == 0);
        driver.engine.Close();
    }
}

TEST_CASE("a refusal that nobody asked for is told of once for each of the server's words and each connection") {
    constexpr int kMessages = 300;
    constexpr std::size_t kMostTold = 16;  // that no other line is lost over them
    FakeServer server;
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.Connect());
    const auto told = [&driver] {
        return std::count_if(driver.log.begin(), driver.log.end(), [](const LogLine& line) {
            return line.text.find("[Redis] a message was refused: ") == 0 && line.level == LogLevel::kWarn;
        });
    };
    const auto refuse = [&](int messages) {
        const std::uint64_t before = driver.engine.Stats().failed;
        for (int i = 0; i < messages; ++i) {
            REQUIRE(driver.engine.Publish("c", std::to_string(i), false).IsOk());
        }
        REQUIRE(driver.Until(
            [&] { return driver.engine.Stats().failed == before + static_cast<std::uint64_t>(messages); }));
    };
    server.Play(FakeServer::AnswerPublish("-NOPERM no permission for 'c'\r\n"));
    refuse(kMessages);
    REQUIRE(driver.Until([&] { return told() == 1; }));
    CHECK(driver.Logged(
        "[Redis] a message was refused: the user is not allowed to do this: NOPERM no permission for 'c'. "));
    // Who asked for the answer has it.
    (void)driver.Publish("c", "asked");
    REQUIRE(driver.Until([&] { return driver.answers.size() == 1; }));
    server.Play(FakeServer::AnswerPublish("-ERR other\r\n"));
    refuse(kMessages);
    REQUIRE(driver.Until([&] { return told() == 2; }));
    int count = 0;
    server.Play([&count](const FakeServer::Command& command) {
        return command.front() == "PUBLISH" ? std::optional<std::string>("-ERR " + std::to_string(++count) + "\r\n")
                                            : std::nullopt;
    });
    refuse(kMessages);
    REQUIRE(driver.Until([&] { return told() == static_cast<std::ptrdiff_t>(kMostTold); }));
    CHECK(driver.engine.Stats().droppedLogLines == 0);
    // A new connection is a new chance, and a new word on it.
    server.Play({});
    server.EndClients();
    REQUIRE(driver.Until([&] { return driver.engine.Stats().connects == 2; }));
    server.Play(FakeServer::AnswerPublish("-NOPERM of today\r\n"));
    refuse(kMessages);
    REQUIRE(driver.Until([&] { return driver.Logged("NOPERM of today"); }));
    CHECK(told() == static_cast<std::ptrdiff_t>(kMostTold) + 1);
}

TEST_CASE("each refusal of the handshake ends the attempt with its code") {
    for (const Refusal& refusal : kRefusals) {
        CAPTURE(refusal.name);
        FakeServer server(
            [&](const FakeServer::Command& command) { return HandshakeAnswer(command, "AUTH", refusal.line); });
        Options options = server.OptionsFor();
        options.password = "s3cr3t";
        EngineDriver driver(options);
        REQUIRE(driver.engine.Connect().IsOk());
        const Result<void> waited = driver.engine.WaitForConnect();
        REQUIRE(waited.IsErr());
        CHECK(waited.Error().code == refusal.code);
        server.Play({});
        REQUIRE(driver.UntilState(State::kConnected));
        CHECK_FALSE(driver.Logged("s3cr3t"));
    }
}

TEST_CASE("a user who may neither name the connection nor ask PING may still publish, for as long as he likes") {
    FakeServer server([](const FakeServer::Command& command) -> std::optional<std::string> {
        if (command.front() == "PING" || command.front() == "CLIENT") {
            return "-NOPERM this user has no permissions to run this command\r\n";
        }
        return std::nullopt;
    });
    EngineDriver driver(Impatient(server, 1s));
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    // Two PINGs are the handshake's; further ones keep each connection alive.
    REQUIRE(driver.Until([&] { return server.Asked("PING") >= 6; }));
    CHECK(driver.engine.GetState() == State::kConnected);
    (void)driver.Publish("c", "m");
    REQUIRE(driver.Until([&] { return driver.delivered.size() == 1; }));
    CHECK(driver.engine.Stats().connects == 1);
}

TEST_CASE("a server that has forgotten us says so to the keep-alive, too") {
    const char* line = "";
    SUBCASE("NOAUTH") {
        line = "-NOAUTH Authentication required.\r\n";
    }
    SUBCASE("LOADING") {
        line = "-LOADING Redis is loading the dataset in memory\r\n";
    }
    FakeServer server;
    EngineDriver driver(Impatient(server, 500ms));
    REQUIRE(driver.Connect());
    server.Play([line](const FakeServer::Command& command) { return HandshakeAnswer(command, "PING", line); });
    REQUIRE(driver.UntilLost());
    server.Play({});
    REQUIRE(driver.UntilState(State::kConnected));
}

TEST_CASE("an answer to the keep-alive that is none: PROTOCOL_ERROR, and the connection is made again") {
    FakeServer server;
    EngineDriver driver(Impatient(server, 500ms));
    REQUIRE(driver.Connect());
    server.Play([](const FakeServer::Command& command) { return HandshakeAnswer(command, "PING", ":1\r\n"); });
    REQUIRE(driver.UntilLost());
    server.Play({});
    REQUIRE(driver.UntilState(State::kConnected));
    CHECK(driver.Until([&] { return driver.Logged("the answer to PING"); }));
}

TEST_CASE("an answer that makes no sense: PROTOCOL_ERROR, and the connection is made again") {
    std::string answer;
    SUBCASE("another protocol") {
        answer = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    }
    SUBCASE("bytes") {
        answer = std::string("\x00\xff\x80\r\n\x01", 6);
    }
    SUBCASE("a number that is none") {
        answer = ":12x\r\n";
    }
    SUBCASE("a negative length") {
        answer = "$-5\r\n";
    }
    SUBCASE("an absurd length") {
        answer = "$99999999999999999999\r\n";
    }
    SUBCASE("an array of more elements than there is memory for") {
        answer = "*4000000000\r\n";
    }
    SUBCASE("an array in an array in an array, without an end") {
        for (int depth = 0; depth < 2000000; ++depth) {
            answer += "*1\r\n";
        }
    }
    SUBCASE("sense, but not here: a status") {
        answer = "+OK\r\n";
    }
    SUBCASE("sense, but not here: an array") {
        answer = "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n";
    }
    SUBCASE("sense, but not here: nothing") {
        answer = "$-1\r\n";
    }
    SUBCASE("an answer without a question") {
        answer = ":1\r\n:1\r\n";
    }
    FakeServer server;
    EngineDriver driver(server.OptionsFor());
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.Connect());
    server.Play(FakeServer::AnswerPublish(answer));
    const std::uint64_t id = driver.Publish("c", "m");
    REQUIRE(driver.UntilLost());
    server.Play({});
    REQUIRE(driver.UntilState(State::kConnected));
    REQUIRE(driver.Until([&] { return driver.answers.count(id) == 1; }));
    REQUIRE(driver.Until([&] { return driver.Logged(ErrorInfoOf(ErrorCode::kProtocolError).message); }));
    CHECK(driver.engine.Stats().pending == 0);
    (void)driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return !driver.delivered.empty() && driver.answers.size() == 2; }));
    CHECK(driver.answers[id].size() == 1);
    CHECK(driver.delivered.back().message.payload == "after");
}

TEST_CASE("a server that is none of Redis: the first attempt ends with PROTOCOL_ERROR") {
    const FakeServer server([](const FakeServer::Command& /*command*/) { return "220 mail.example ESMTP\r\n"; });
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.engine.Connect().IsOk());
    const Result<void> waited = driver.engine.WaitForConnect();
    REQUIRE(waited.IsErr());
    CHECK(waited.Error().code == ErrorCode::kProtocolError);
    CHECK(driver.engine.GetState() == State::kConnecting);
}

TEST_CASE("something a subscriber never gets: PROTOCOL_ERROR, and the connection is made again") {
    std::string words;
    SUBCASE("a number") {
        words = ":1\r\n";
    }
    SUBCASE("a message with too few parts") {
        words = "*2\r\n$7\r\nmessage\r\n$1\r\nc\r\n";
    }
    SUBCASE("a message whose payload is a number") {
        words = "*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n:1\r\n";
    }
    SUBCASE("an empty array") {
        words = "*0\r\n";
    }
    SUBCASE("no array") {
        words = "*-1\r\n";
    }
    SUBCASE("an array of arrays") {
        words = "*2\r\n*0\r\n*0\r\n";
    }
    FakeServer server;
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.Connect());
    server.Play([words](const FakeServer::Command& command) { return HandshakeAnswer(command, "SUBSCRIBE", words); });
    (void)driver.Subscribe(SubscriptionKind::kChannel, "c");
    REQUIRE(driver.UntilLost());
    server.Play({});
    REQUIRE(driver.UntilState(State::kConnected));
    CHECK(driver.Until([&] { return driver.Logged(ErrorInfoOf(ErrorCode::kProtocolError).message); }));
    (void)driver.Publish("c", "after");
    REQUIRE(driver.Until([&] { return !driver.delivered.empty(); }));
}

TEST_CASE("fault: answer NOAUTH") {
    RunRefusals(kRefusals[0]);
}
TEST_CASE("fault: answer WRONGPASS") {
    RunRefusals(kRefusals[1]);
}
TEST_CASE("fault: answer NOPERM") {
    RunRefusals(kRefusals[2]);
}
TEST_CASE("fault: answer LOADING") {
    RunRefusals(kRefusals[3]);
}
TEST_CASE("fault: answer READONLY") {
    RunRefusals(kRefusals[4]);
}
TEST_CASE("fault: answer MOVED") {
    RunRefusals(kRefusals[5]);
}
TEST_CASE("fault: answer OOM") {
    RunRefusals(kRefusals[6]);
}
