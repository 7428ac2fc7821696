#include "core/frame_rhythm.h"

#include <doctest/doctest.h>

using realtime::FrameRhythm;
using namespace std::chrono_literals;

namespace {

const FrameRhythm::Clock::time_point kStart{1000s};

}  // namespace

TEST_CASE("a look is expected after the shortest of the last four gaps") {
    FrameRhythm rhythm;
    auto now = kStart;
    for (const auto gap : {16ms, 15ms, 14ms, 16ms, 15ms}) {
        now += gap;
        rhythm.OnLook(now);
    }
    CHECK(rhythm.NextLook() == now + 14ms);
    now += 20ms;
    rhythm.OnLook(now);
    CHECK(rhythm.NextLook() == now + 14ms);
    now += 20ms;
    rhythm.OnLook(now);
    CHECK(rhythm.NextLook() == now + 15ms);
}

TEST_CASE("nothing is expected before the rhythm is known, and of a loop that spins") {
    FrameRhythm rhythm;
    CHECK(rhythm.NextLook() < kStart);
    auto now = kStart;
    for (int look = 0; look < 3; ++look) {
        rhythm.OnLook(now);
        CHECK(rhythm.NextLook() == now);
        now += 15ms;
    }
    rhythm.OnLook(now);
    CHECK(rhythm.NextLook() == now + 15ms);
    rhythm.OnLook(now + 1us);
    CHECK(rhythm.NextLook() == now + 2us);
}
