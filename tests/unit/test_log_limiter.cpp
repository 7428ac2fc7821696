#include "core/log_limiter.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using realtime::LogLevel;
using realtime::LogLimiter;
using realtime::LogLine;

namespace {

struct Console {
    std::vector<std::string> lines;
    void operator()(const LogLine& line) { lines.push_back(line.text); }
};

}  // namespace

TEST_CASE("a line is told once; how often it came again is told when its pause is over") {
    LogLimiter limiter;
    Console console;
    const auto tell = [&console](const LogLine& line) { console(line); };
    LogLimiter::Clock::time_point now{};
    for (int i = 0; i < 38; ++i) {
        limiter.Pass(LogLine{LogLevel::kWarn, "no server"}, now, tell);
    }
    limiter.Pass(LogLine{LogLevel::kError, "no server"}, now, tell);
    limiter.Pass(LogLine{LogLevel::kWarn, "other"}, now, tell);
    CHECK(console.lines == std::vector<std::string>{"no server", "no server", "other"});

    console.lines.clear();
    limiter.TellRepeats(now + LogLimiter::kPause - std::chrono::seconds(1), tell);
    CHECK(console.lines.empty());
    now += LogLimiter::kPause;
    limiter.TellRepeats(now, tell);
    CHECK(console.lines == std::vector<std::string>{"no server … repeated 37 times"});

    // It goes on: counted again. The lines that did not come again are forgotten, and told anew.
    console.lines.clear();
    limiter.Pass(LogLine{LogLevel::kWarn, "no server"}, now, tell);
    limiter.Pass(LogLine{LogLevel::kWarn, "other"}, now, tell);
    CHECK(console.lines == std::vector<std::string>{"other"});
    now += LogLimiter::kPause;
    limiter.TellRepeats(now, tell);
    CHECK(console.lines.back() == "no server … repeated 1 time");
    now += LogLimiter::kPause;
    console.lines.clear();
    limiter.TellRepeats(now, tell);
    limiter.Pass(LogLine{LogLevel::kWarn, "no server"}, now, tell);
    CHECK(console.lines == std::vector<std::string>{"no server"});
}

TEST_CASE("good news makes the next complaint news again, unless it comes all the time") {
    LogLimiter limiter;
    Console console;
    const auto tell = [&console](const LogLine& line) { console(line); };
    const LogLimiter::Clock::time_point now{};
    const auto flap = [&] {
        limiter.Pass(LogLine{LogLevel::kWarn, "lost"}, now, tell);
        limiter.Pass(LogLine{LogLevel::kWarn, "lost"}, now, tell);
        limiter.Pass(LogLine{LogLevel::kInfo, "connected"}, now, tell);
    };
    flap();
    flap();
    CHECK(console.lines == std::vector<std::string>{"lost", "lost … repeated 1 time", "connected", "lost",
                                                    "lost … repeated 1 time", "connected"});
    for (int i = 0; i < LogLimiter::kMostFreshStarts; ++i) {
        flap();
    }
    console.lines.clear();
    flap();
    CHECK(console.lines.empty());
}

TEST_CASE("many different lines are all told; what is forgotten is summed up first") {
    LogLimiter limiter;
    Console console;
    const auto tell = [&console](const LogLine& line) { console(line); };
    const LogLimiter::Clock::time_point now{};
    limiter.Pass(LogLine{LogLevel::kWarn, "first"}, now, tell);
    limiter.Pass(LogLine{LogLevel::kWarn, "first"}, now, tell);
    for (std::size_t i = 0; i < LogLimiter::kMostRemembered; ++i) {
        limiter.Pass(LogLine{LogLevel::kWarn, std::to_string(i)}, now, tell);
    }
    CHECK(console.lines.size() == 1 + LogLimiter::kMostRemembered + 1);
    CHECK(console.lines[LogLimiter::kMostRemembered] == "first … repeated 1 time");
}
