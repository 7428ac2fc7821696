#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <filesystem>

#include "support/engine_driver.h"
#include "support/fake_server.h"
#include "support/process.h"
#include "support/redis_server.h"

using namespace realtime;
using realtime::test::Descriptor;
using realtime::test::EngineDriver;
using realtime::test::FakeServer;
using realtime::test::Holdings;
using realtime::test::kThreadsOfTheTest;
using realtime::test::RedisServer;

// A look-up runs in a thread that libc starts for itself. The thread sanitizer does not see that thread begin and
// crashes in it (it is not our code that runs there), so that under it everything but the look-ups is tested.
#if defined(__SANITIZE_THREAD__)
#define REALTIME_CAN_LOOK_UP 0
#else
#define REALTIME_CAN_LOOK_UP 1
#endif

TEST_CASE("by address, by name, by unix socket") {
    const RedisServer server;
    Options options = server.OptionsFor();
    SUBCASE("address") {}
#if REALTIME_CAN_LOOK_UP
    SUBCASE("name") {
        options.host = "localhost";
    }
#endif
    SUBCASE("unix socket") {
        options.unix_socket = server.Socket();
    }
    options.client_name = "the-tests";
    options.database = 3;
    EngineDriver driver(options);
    REQUIRE(driver.Connect());
    const std::string clients = server.Cli("CLIENT LIST");
    CHECK(clients.find("name=the-tests") != std::string::npos);
    CHECK(clients.find("db=3") != std::string::npos);
    REQUIRE(driver.UntilState(State::kConnected));
    REQUIRE(driver.Until([&] { return driver.Logged("connected to "); }));
}

TEST_CASE("small commands leave at once, and the kernel watches over idle connections") {
    const RedisServer server;
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.Connect());
    int connections = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const int descriptor = std::stoi(entry.path().filename().string());
        sockaddr_in peer{};
        socklen_t length = sizeof(peer);
        if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &length) != 0 || peer.sin_family != AF_INET ||
            ntohs(peer.sin_port) != server.Port()) {
            continue;
        }
        ++connections;
        int no_delay = 0;
        length = sizeof(no_delay);
        CHECK(::getsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &no_delay, &length) == 0);
        CHECK(no_delay != 0);
        int keep_alive = 0;
        length = sizeof(keep_alive);
        CHECK(::getsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &keep_alive, &length) == 0);
        CHECK(keep_alive != 0);
    }
    CHECK(connections == 2);
}

TEST_CASE("who cannot connect is told why, and the attempts go on") {
    Options options;
    options.backend = "redis";
    options.timeout = std::chrono::milliseconds(500);
    ErrorCode expected = ErrorCode::kOk;
    SUBCASE("nobody listens") {
        options.port = 1;
        expected = ErrorCode::kConnectFailed;
    }
    SUBCASE("no such socket") {
        options.unix_socket = "/nonexistent/redis.sock";
        expected = ErrorCode::kConnectFailed;
    }
#if REALTIME_CAN_LOOK_UP
    SUBCASE("no such name") {
        options.host = "no-such-host.invalid";
        expected = ErrorCode::kResolveFailed;
    }
#endif
    EngineDriver driver(options);
    REQUIRE(driver.engine.Connect().IsOk());
    const Result<void> waited = driver.engine.WaitForConnect();
    REQUIRE(waited.IsErr());
    if (expected == ErrorCode::kResolveFailed && waited.Error().code == ErrorCode::kTimeout) {
        return;  // a machine whose resolver never answers: the wait ended at its timeout, which is the other promise
    }
    CHECK(waited.Error().code == expected);
    CHECK(driver.engine.GetState() == State::kConnecting);
    REQUIRE(driver.Until([&] { return driver.engine.Stats().connectFailures >= 3 && !driver.log.empty(); }));
    std::size_t warnings = 0;
    for (const LogLine& line : driver.log) {
        warnings += line.level == LogLevel::kWarn ? 1 : 0;
    }
    CHECK(warnings == 1);
}

TEST_CASE("a unix socket whose queue is full is an attempt that failed; the next one waits its turn") {
    const RedisServer server;
    const std::string path = server.Socket() + ".full";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    const auto* const where = reinterpret_cast<const sockaddr*>(&address);
    const Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    REQUIRE(::bind(listener.Number(), where, sizeof(address)) == 0);
    REQUIRE(::listen(listener.Number(), 0) == 0);
    std::vector<Descriptor> waiting;
    do {
        waiting.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    } while (::connect(waiting.back().Number(), where, sizeof(address)) == 0);
    Options options = server.OptionsFor();
    options.unix_socket = path;
    EngineDriver driver(options);
    REQUIRE(driver.engine.Connect().IsOk());
    const Result<void> waited = driver.engine.WaitForConnect();
    REQUIRE(waited.IsErr());
    CHECK(waited.Error().code == ErrorCode::kConnectFailed);
    CHECK(waited.Error().detail.find("Resource temporarily unavailable") != std::string::npos);
    REQUIRE(driver.Until([&] { return driver.engine.Stats().connectFailures >= 2; }));
}

TEST_CASE("a server that greets and shuts the door is left alone for longer each time; one of use is not") {
    FakeServer server;
    Options options = server.OptionsFor();
    options.log_level = LogLevel::kDebug;
    EngineDriver driver(options);
    REQUIRE(driver.Connect());
    for (std::uint64_t times = 1; times <= 4; ++times) {
        server.EndClients();
        REQUIRE(driver.Until([&] { return driver.engine.Stats().connects == times + 1; }));
    }
    for (const char* pause : {"within 100 ms", "within 200 ms", "within 400 ms", "within 800 ms"}) {
        CHECK(driver.Until([&] { return driver.Logged(pause); }));
    }
    const std::uint64_t id = driver.Publish("c", "m");
    REQUIRE(driver.Until([&] { return driver.answers.count(id) == 1; }));
    driver.log.clear();
    server.EndClients();
    REQUIRE(driver.UntilLost());
    CHECK(driver.Until([&] { return driver.Logged("within 100 ms"); }));
}

TEST_CASE("a password") {
    const RedisServer server({"--requirepass", "s3cr3t-word"});
    Options options = server.OptionsFor();
    ErrorCode expected = ErrorCode::kOk;
    SUBCASE("right") {
        options.password = "s3cr3t-word";
    }
    SUBCASE("right, with the user's name") {
        options.username = "default";
        options.password = "s3cr3t-word";
    }
    SUBCASE("missing") {
        expected = ErrorCode::kAuthRequired;
    }
    SUBCASE("wrong") {
        options.password = "s3cr3t-guess";
        expected = ErrorCode::kAuthFailed;
    }
    EngineDriver driver(options);
    REQUIRE(driver.engine.Connect().IsOk());
    const Result<void> waited = driver.engine.WaitForConnect();
    CHECK((waited.IsOk() ? ErrorCode::kOk : waited.Error().code) == expected);
    REQUIRE(driver.Until([&] { return !driver.log.empty(); }));
    CHECK_FALSE(driver.Logged("s3cr3t"));
    CHECK((waited.IsOk() || waited.Error().detail.find("s3cr3t") == std::string::npos));
}

TEST_CASE("a server that repeats the command it refuses does not bring the password into the log") {
    const RedisServer server({"--rename-command", "AUTH", "OTHERWISE"});
    Options options = server.OptionsFor();
    options.username = "secret-user";
    options.password = "s3cr3t-word";
    EngineDriver driver(options);
    REQUIRE(driver.engine.Connect().IsOk());
    const Result<void> waited = driver.engine.WaitForConnect();
    REQUIRE(waited.IsErr());
    CHECK(waited.Error().code == ErrorCode::kServerError);
    CHECK(waited.Error().detail == "ERR");
    REQUIRE(driver.Until([&] { return !driver.log.empty(); }));
    CHECK_FALSE(driver.Logged("s3cr3t-word"));
    CHECK_FALSE(driver.Logged("secret-user"));
}

#if REALTIME_CAN_LOOK_UP
TEST_CASE("libc's look-up threads end by themselves, a second after their last work") {
    CHECK(Holdings::NowWithoutJoined().threads == kThreadsOfTheTest);
}
#endif
