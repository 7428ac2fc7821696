// Closing whatever the server is doing just then: it ends within its deadline, and everything that waited is answered.
#include <doctest/doctest.h>
#include <signal.h>

#include "support/closing.h"
#include "support/fake_server.h"
#include "support/redis_server.h"
#include "support/tcp_proxy.h"
#include "support/timing.h"

using namespace realtime;
using realtime::test::CheckTook;
using realtime::test::CloseRun;
using realtime::test::EngineDriver;
using realtime::test::FakeServer;
using realtime::test::RedisServer;
using realtime::test::Rounds;
using realtime::test::TcpProxy;

TEST_CASE("fault: close while stopped") {
    const RedisServer server;
    CloseRun run("close while stopped");
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(server.OptionsFor(), [&](CloseRun::Life& life) {
            REQUIRE(life.driver.Connect());
            server.Signal(SIGSTOP);
            life.PublishSome();
        });
        server.Signal(SIGCONT);
    }
}

TEST_CASE("fault: close while half-open") {
    const RedisServer server;
    TcpProxy proxy(server.Socket());
    CloseRun run("close while half-open");
    Options options = server.OptionsFor();
    options.port = proxy.Port();
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(options, [&](CloseRun::Life& life) {
            REQUIRE(life.driver.Connect());
            proxy.Freeze(TcpProxy::Direction::kBoth);
            life.PublishSome();
        });
        proxy.CutStuck();
    }
}

TEST_CASE("fault: close inside the handshake") {
    FakeServer server(&FakeServer::Silence);
    CloseRun run("close inside the handshake");
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(server.OptionsFor(), [&](CloseRun::Life& life) {
            const std::size_t asked = server.Asked("PING");
            REQUIRE(life.driver.engine.Connect().IsOk());
            life.PublishSome();
            REQUIRE(life.driver.Until([&] { return server.Asked("PING") == asked + 2; }));
        });
    }
}

TEST_CASE("fault: close inside a reply") {
    FakeServer server;
    CloseRun run("close inside a reply");
    for (int round = 0; round < Rounds(); ++round) {
        server.Play(FakeServer::AnswerPublish(round % 2 == 0 ? ":1" : "$100\r\nthe begin of"));
        run.Round(server.OptionsFor(), [&](CloseRun::Life& life) {
            const std::size_t asked = server.Asked("PUBLISH");
            REQUIRE(life.driver.Connect());
            life.PublishSome();
            REQUIRE(life.driver.Until([&] { return server.Asked("PUBLISH") > asked; }));
        });
    }
}

TEST_CASE("fault: close while the server is away") {
    Options options;
    {
        const RedisServer gone;
        options = gone.OptionsFor();
    }
    CloseRun run("close while the server is away");
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(options, [&](CloseRun::Life& life) {
            REQUIRE(life.driver.engine.Connect().IsOk());
            life.PublishSome();
            REQUIRE(life.driver.Until([&] { return life.driver.engine.Stats().connectFailures > 0; }));
        });
    }
}

TEST_CASE("closed while the first attempt is under way, it goes on: what waits is sent before the end") {
    const RedisServer server;
    CloseRun run("close while connecting");
    const StatsValues stats = run.Round(server.OptionsFor(), [&](CloseRun::Life& life) {
        REQUIRE(life.driver.engine.Connect().IsOk());
        life.PublishSome();
    });
    CHECK(stats.published == stats.sent);
}

TEST_CASE("closed while an attempt is under way and nothing waits, it ends at once") {
    const FakeServer server(&FakeServer::Silence);
    EngineDriver driver(server.OptionsFor());
    REQUIRE(driver.engine.Connect().IsOk());
    const auto start = std::chrono::steady_clock::now();
    driver.engine.Close();
    CheckTook(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(100));
}

TEST_CASE("what can still be sent is sent before the end") {
    const RedisServer server;
    CloseRun run("close while all is well");
    const StatsValues stats = run.Round(server.OptionsFor(), [&](CloseRun::Life& life) {
        REQUIRE(life.driver.Connect());
        life.PublishSome();
    });
    CHECK(stats.published == stats.sent);
}
