// Every fault of the network and of the server, round after round; see support/fault_run.h for what is promised in
// each. REALTIME_FAULT_ROUNDS says how many rounds; `npm run test:faults` goes through a hundred.
#include <doctest/doctest.h>
#include <signal.h>

#include "support/fault_run.h"
#include "support/redis_server.h"
#include "support/resp_client.h"
#include "support/tcp_proxy.h"
#include "support/timing.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::CheckTook;
using realtime::test::FaultRun;
using realtime::test::RedisServer;
using realtime::test::Rounds;
using realtime::test::TcpProxy;
using Connection = FaultRun::Connection;
using Direction = TcpProxy::Direction;
using Role = TcpProxy::Role;

namespace {

/// Whether the server has both subscriptions of FaultRun.
std::function<bool()> IsSubscribed(const RedisServer& server, std::string password = {}) {
    return [&server, password = std::move(password)] {
        return AskRedis(server.Socket(), {"PUBSUB", "NUMSUB", "fault:flow"}, password) != "fault:flow\n0" &&
               AskRedis(server.Socket(), {"PUBSUB", "NUMPAT"}, password) != "0";
    };
}

Options Through(const TcpProxy& proxy, const RedisServer& server) {
    Options options = server.OptionsFor();
    options.port = proxy.Port();
    return options;
}

/// For faults that only silence shows.
Options Impatient(Options options) {
    options.timeout = FaultRun::kTimeout;
    return options;
}

/// Inside the answer to a PUBLISH, ":2\r\n".
constexpr const char* kAnswer = ":";
/// Inside a message to a subscriber.
constexpr const char* kMessage = "message\r\n$";

void RunCuts(FaultRun& run, TcpProxy& proxy, Role role, const char* marker, std::size_t positions) {
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            const std::size_t before = proxy.Cuts();
            proxy.CutInside(role, marker, 1 + static_cast<std::size_t>(round) % positions);
            run.Until("the cut", [&] { return proxy.Cuts() > before; });
        });
    }
}

void RunClientKills(const char* name, const char* type) {
    const RedisServer server;
    FaultRun run(name, server.OptionsFor(), IsSubscribed(server));
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            CHECK(AskRedis(server.Socket(), {"CLIENT", "KILL", "TYPE", type}) == "1");
        });
    }
}

}  // namespace

TEST_CASE("fault: killed and started") {
    RedisServer server;
    FaultRun run("killed and started", server.OptionsFor(), IsSubscribed(server));
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            server.Kill();
            run.UntilLost();
            const std::uint64_t failures = run.driver.engine.Stats().connectFailures;
            run.Until("an attempt that fails", [&] { return run.driver.engine.Stats().connectFailures > failures; });
            server.Start();
        });
    }
}

TEST_CASE("fault: stopped and continued") {
    const RedisServer server;
    FaultRun run("stopped and continued", Impatient(server.OptionsFor()), IsSubscribed(server));
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            server.Signal(SIGSTOP);
            run.UntilLost();
            server.Signal(SIGCONT);
        });
    }
}

TEST_CASE("fault: another password and back") {
    const std::string password = "the-first-password";
    const std::vector<std::string> first{"--requirepass", password};
    RedisServer server(first);
    Options options = server.OptionsFor();
    options.password = password;
    FaultRun run("another password and back", options, IsSubscribed(server, password));
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            server.Kill();
            run.UntilLost();
            server.Start({"--requirepass", "the-second-password"});
            const std::uint64_t failures = run.driver.engine.Stats().connectFailures;
            run.Until("an attempt that is refused",
                      [&] { return run.driver.engine.Stats().connectFailures > failures; });
            if (round == 0) {  // later the same words are only counted
                run.Until("the reason", [&] { return run.driver.Logged("WRONGPASS"); });
            }
            server.Kill();
            server.Start(first);
        });
    }
}

TEST_CASE("fault: publishing connection killed") {
    RunClientKills("publishing connection killed", "normal");
}

TEST_CASE("fault: subscribed connection killed") {
    RunClientKills("subscribed connection killed", "pubsub");
}

TEST_CASE("fault: one byte at a time") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    FaultRun run("one byte at a time", Through(proxy, server), IsSubscribed(server));
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) {
        every_byte.push_back(static_cast<char>(byte));
    }
    std::string big;
    while (big.size() < 16UL * 1024) {
        big += every_byte;
    }
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kStays, [&] {
            proxy.OneByteAtATime(true);
            run.Publish(big);
            run.Publish({});
            run.UntilFlowing(50);
            proxy.OneByteAtATime(false);
        });
    }
}

TEST_CASE("fault: cut inside an answer") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    FaultRun run("cut inside an answer", Through(proxy, server), IsSubscribed(server));
    RunCuts(run, proxy, Role::kPublisher, kAnswer, 3);
}

TEST_CASE("fault: cut inside a message") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    FaultRun run("cut inside a message", Through(proxy, server), IsSubscribed(server));
    RunCuts(run, proxy, Role::kSubscriber, kMessage, 40);
}

TEST_CASE("fault: half-open") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    FaultRun run("half-open", Impatient(Through(proxy, server)), IsSubscribed(server));
    for (int round = 0; round < Rounds(); ++round) {
        const Direction direction = round % 3 == 0   ? Direction::kBoth
                                    : round % 3 == 1 ? Direction::kToClient
                                                     : Direction::kToServer;
        run.Round(Connection::kIsMadeAnew, [&] {
            if (round % 2 == 0) {
                proxy.Freeze(direction);
            } else {
                proxy.Swallow(direction);
            }
            const auto start = std::chrono::steady_clock::now();
            run.UntilLost();
            CheckTook(std::chrono::steady_clock::now() - start, 2 * FaultRun::kTimeout);
            proxy.CutStuck();
        });
    }
}

TEST_CASE("fault: bytes that are no RESP") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    FaultRun run("bytes that are no RESP", Through(proxy, server), IsSubscribed(server));
    const std::vector<std::string> nonsense{"HTTP/1.1 400 Bad Request\r\n\r\n", "\xff\xfe\r\n", "$-7\r\n", "*-3\r\n",
                                            ":no number\r\n"};
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            proxy.Inject(round % 2 == 0 ? Role::kPublisher : Role::kSubscriber,
                         nonsense[static_cast<std::size_t>(round) % nonsense.size()]);
            run.UntilLost();
            if (round == 0) {  // later the same words are only counted
                run.Until("the reason",
                          [&] { return run.driver.Logged(ErrorInfoOf(ErrorCode::kProtocolError).message); });
            }
        });
    }
}
