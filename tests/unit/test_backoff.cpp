#include "core/backoff.h"

#include <doctest/doctest.h>

#include <algorithm>

using realtime::Backoff;
using namespace std::chrono_literals;

TEST_CASE("the ceiling doubles from the first delay to the longest and stays there") {
    Backoff backoff(1, 100ms, 1000ms);
    for (const auto ceiling : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms}) {
        CHECK(backoff.Ceiling() == ceiling);
        const auto delay = backoff.Next();
        CHECK(delay >= 0ms);
        CHECK(delay <= ceiling);
    }
    backoff.Reset();
    CHECK(backoff.Ceiling() == 100ms);
}

TEST_CASE("the jitter is full: delays fill the range from zero to the ceiling") {
    auto low = 30000ms;
    auto high = 0ms;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Backoff backoff(seed, 1000ms, 1000ms);
        const auto delay = backoff.Next();
        low = std::min(low, delay);
        high = std::max(high, delay);
    }
    CHECK(low < 100ms);
    CHECK(high > 900ms);
}

TEST_CASE("the longest delay never overflows") {
    Backoff backoff(7);
    for (int i = 0; i < 200; ++i) {
        CHECK(backoff.Next() <= 30s);
    }
}
