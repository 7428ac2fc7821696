#include <ctime>

#include "host/system/monotonic_clock.h"

namespace host::system {

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

}  // namespace

std::int64_t NowNanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * kNanosecondsPerSecond + now.tv_nsec;
}

void SleepUntil(std::int64_t nanoseconds) {
    timespec until{};
    until.tv_sec = static_cast<std::time_t>(nanoseconds / kNanosecondsPerSecond);
    until.tv_nsec = static_cast<decltype(until.tv_nsec)>(nanoseconds % kNanosecondsPerSecond);
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

}  // namespace host::system
