// What happens to a real server, round after round; see support/fault_run.h for what is promised in each.
// REALTIME_FAULT_ROUNDS says how many rounds; `npm run test:faults` goes through twenty.
#include <doctest/doctest.h>
#include <signal.h>

#include "support/fault_run.h"
#include "support/guarded_server.h"
#include "support/tcp_proxy.h"

using namespace realtime;
using realtime::test::AskRedis;
using realtime::test::FaultRun;
using realtime::test::GuardedServer;
using realtime::test::RedisConnection;
using realtime::test::Rounds;
using realtime::test::Says;
using realtime::test::TcpProxy;
using Connection = FaultRun::Connection;

namespace {

constexpr const char* kLost = "the connection was lost: 127.0.0.1:";
constexpr const char* kRefused = "the server cannot be reached: 127.0.0.1:";

void RunClientKills(const char* name, const char* type) {
    const GuardedServer server;
    FaultRun run(name, server.OptionsFor(), Says{{kLost}, {}}, server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] { CHECK(server.Ask({"CLIENT", "KILL", "TYPE", type}) == "1"); });
    }
}

void UntilAttemptFails(FaultRun& run) {
    const std::uint64_t failures = run.driver.engine.Stats().connectFailures;
    run.Until("an attempt that fails", [&] { return run.driver.engine.Stats().connectFailures > failures; });
}

/// A field of INFO.
bool Tells(const GuardedServer& server, const char* section, const std::string& line) {
    return server.Ask({"INFO", section}).find(line + "\r\n") != std::string::npos;
}

}  // namespace

TEST_CASE("fault: killed and started") {
    GuardedServer server;
    FaultRun run("killed and started", server.OptionsFor(), Says{{kLost, kRefused}, {}}, server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            server.server.Kill();
            run.UntilLost();
            UntilAttemptFails(run);
            server.server.Start();
        });
    }
}

TEST_CASE("fault: stopped and continued") {
    const GuardedServer server;
    Options options = server.OptionsFor();
    options.timeout = FaultRun::kTimeout;
    FaultRun run("stopped and continued", options, Says{{"the server did not answer in time: 127.0.0.1:"}, {}},
                 server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            server.server.Signal(SIGSTOP);
            run.UntilLost();
            server.server.Signal(SIGCONT);
        });
    }
}

TEST_CASE("fault: another password and back") {
    GuardedServer server;
    FaultRun run("another password and back", server.OptionsFor(),
                 Says{{kLost, "the server refused the user name or password: WRONGPASS"}, {kRefused}},
                 server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            server.server.Kill();
            run.UntilLost();
            server.server.Start({"--requirepass", "the-second-password"});
            UntilAttemptFails(run);
            if (round == 0) {  // later the same words are only counted
                run.Until("the reason", [&] { return run.driver.Logged("WRONGPASS"); });
            }
            server.server.Kill();
            server.server.Start(GuardedServer::WithPassword({}));
        });
    }
}

TEST_CASE("fault: publishing connection killed") {
    RunClientKills("publishing connection killed", "normal");
}

TEST_CASE("fault: subscribed connection killed") {
    RunClientKills("subscribed connection killed", "pubsub");
}

/// Redis gives a PUBLISH no memory to refuse: at its limit it goes on carrying events, while it refuses to store.
TEST_CASE("fault: the server's memory is full") {
    const GuardedServer server({"--maxmemory-policy", "noeviction"});
    FaultRun run("the server's memory is full", server.OptionsFor(), Says{}, server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kStays, [&] {
            REQUIRE(server.Ask({"CONFIG", "SET", "maxmemory", "1"}) == "OK");
            REQUIRE(server.Ask({"SET", "key", "value"}).find("-OOM") == 0);
            run.UntilFlowing(50);
            REQUIRE(server.Ask({"CONFIG", "SET", "maxmemory", "0"}) == "OK");
        });
    }
}

TEST_CASE("fault: slow subscriber thrown out") {
    const GuardedServer server;
    REQUIRE(server.Ask({"CONFIG", "SET", "client-output-buffer-limit", "pubsub 64kb 0 0"}) == "OK");
    TcpProxy proxy(server.server.Socket());
    Options options = server.OptionsFor();
    options.port = proxy.Port();
    FaultRun run("slow subscriber thrown out", options, Says{{kLost}, {}}, server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            proxy.Freeze(TcpProxy::Direction::kToClient);
            // The proxy's window is full first, then the server's, and then it has had enough.
            run.Until("the server's patience ends", [&] { return server.Ask({"PUBSUB", "NUMPAT"}) == "0"; });
            proxy.Thaw();
        });
    }
}

TEST_CASE("fault: right to publish revoked") {
    const GuardedServer server;
    REQUIRE(server.Ask({"ACL", "SETUSER", "gmod", "on", ">s3cr3t-of-gmod", "+@all", "&*"}) == "OK");
    Options options = server.OptionsFor();
    options.username = "gmod";
    options.password = "s3cr3t-of-gmod";
    FaultRun run("right to publish revoked", options, Says{}, server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kStays, [&] {
            REQUIRE(server.Ask({"ACL", "SETUSER", "gmod", "-publish"}) == "OK");
            run.Until("the refusal", [&] { return run.FailedWith(ErrorCode::kNoPermission) > 10; });
            REQUIRE(server.Ask({"ACL", "SETUSER", "gmod", "+publish"}) == "OK");
        });
    }
}

/// Redis ends the connections that are subscribed to what they may no longer be. Given back, the right is found by the
/// next connection.
TEST_CASE("fault: right to the channels revoked") {
    const GuardedServer server;
    REQUIRE(server.Ask({"ACL", "SETUSER", "gmod", "on", ">s3cr3t-of-gmod", "+@all", "&*"}) == "OK");
    Options options = server.OptionsFor();
    options.username = "gmod";
    options.password = "s3cr3t-of-gmod";
    FaultRun run("right to the channels revoked", options,
                 Says{{kLost, "\"fault:flow\" cannot be subscribed: the user is not allowed to do this: NOPERM",
                       "\"fault:*\" cannot be subscribed: the user is not allowed to do this: NOPERM"},
                      {}});
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            REQUIRE(server.Ask({"ACL", "SETUSER", "gmod", "resetchannels"}) == "OK");
            run.UntilLost();
            run.UntilState(State::kConnected);
            run.Until("the refusal", [&] { return run.FailedWith(ErrorCode::kNoPermission) > 10; });
            REQUIRE(run.driver.Until([&] { return run.driver.engine.Stats().pending == 0; }));
            REQUIRE(server.Ask({"ACL", "SETUSER", "gmod", "&*"}) == "OK");
            run.ExpectAnotherLoss();
            REQUIRE(server.Ask({"CLIENT", "KILL", "USER", "gmod"}) == "2");
            run.UntilLost();
        });
    }
}

TEST_CASE("fault: no room for more clients") {
    const GuardedServer server;
    RedisConnection admin(server.server.Socket(), GuardedServer::kPassword);
    FaultRun run("no room for more clients", server.OptionsFor(),
                 Says{{kLost, "the server refused the command: ERR max number of clients reached"}, {}},
                 server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            REQUIRE(admin.Ask({"CONFIG", "SET", "maxclients", "2"}) == "OK");
            REQUIRE(admin.Ask({"CLIENT", "KILL", "TYPE", "pubsub"}) == "1");
            run.UntilLost();
            UntilAttemptFails(run);
            REQUIRE(admin.Ask({"CONFIG", "SET", "maxclients", "1000"}) == "OK");
        });
    }
}

/// The roles change, and the address moves to the new primary, as a proxy or a name would have it.
TEST_CASE("fault: failover to a replica") {
    const std::vector<std::string> quick{"--repl-diskless-sync", "yes", "--repl-diskless-sync-delay", "0"};
    const GuardedServer one(quick);
    const GuardedServer other(quick);
    const GuardedServer* primary = &one;
    const GuardedServer* replica = &other;
    REQUIRE(replica->Ask({"REPLICAOF", "127.0.0.1", std::to_string(primary->server.Port())}) == "OK");
    TcpProxy proxy(primary->server.Socket());
    Options options = primary->OptionsFor();
    options.port = proxy.Port();
    FaultRun run("failover to a replica", options, Says{{kLost}, {}}, [&] { return primary->IsSubscribed()(); });
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(Connection::kIsMadeAnew, [&] {
            run.Until("the replica is in step",
                      [&] { return Tells(*replica, "replication", "master_link_status:up"); });
            run.Until("the failover begins", [&] { return primary->Ask({"FAILOVER"}) == "OK"; });
            run.Until("the failover ends", [&] {
                return Tells(*replica, "replication", "role:master") && Tells(*primary, "replication", "role:slave");
            });
            std::swap(primary, replica);
            proxy.MoveTo(primary->server.Socket());
        });
    }
}
