// When a server is silent, and when it only has nothing to say yet.
#include <doctest/doctest.h>

#include "support/engine_driver.h"
#include "support/fake_server.h"

using namespace realtime;
using realtime::test::EngineDriver;
using realtime::test::FakeServer;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST_CASE("a message that takes longer than the timeout to be sent is no silence") {
    constexpr std::size_t kMiB = 1024UL * 1024;
    FakeServer server;
    Options options = server.OptionsFor();
    options.timeout = 500ms;
    options.max_payload_bytes = 8 * kMiB;
    EngineDriver driver(options);
    REQUIRE(driver.Connect());
    server.Pace(0);
    const std::uint64_t id = driver.Publish("c", std::string(options.max_payload_bytes, 'x'));
    const auto start = Clock::now();
    auto next = start;
    bool lost = false;
    REQUIRE(driver.Until([&] {
        if (Clock::now() >= next) {
            next += 25ms;
            server.Pace(kMiB / 8);
        }
        lost = lost || driver.TakeLosses();
        return lost || driver.answers.count(id) == 1;
    }));
    CHECK_FALSE(lost);
    CHECK(Clock::now() - start > 2 * options.timeout);
    REQUIRE(driver.answers.count(id) == 1);
    CHECK(driver.answers[id].front().fate == Fate::kConfirmed);
}
