// CLOCK_MONOTONIC in nanoseconds: one clock for all processes of a machine, and the one that the host's SysTime reads.
#ifndef REALTIME_BENCH_REDIS_CLOCK_H
#define REALTIME_BENCH_REDIS_CLOCK_H

#include <cstdint>
#include <ctime>

namespace bench {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

inline std::int64_t Now() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * kNanosecondsPerSecond + now.tv_nsec;
}

inline void SleepUntil(std::int64_t nanoseconds) {
    timespec until{};
    until.tv_sec = static_cast<std::time_t>(nanoseconds / kNanosecondsPerSecond);
    until.tv_nsec = static_cast<decltype(until.tv_nsec)>(nanoseconds % kNanosecondsPerSecond);
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) != 0) {
    }
}

inline double Seconds(std::int64_t nanoseconds) {
    return static_cast<double>(nanoseconds) / static_cast<double>(kNanosecondsPerSecond);
}

}  // namespace bench

#endif
