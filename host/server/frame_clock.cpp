#include "host/server/frame_clock.h"

#include <ctime>

#include <cmath>

namespace host {

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

std::int64_t NowNanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * kNanosecondsPerSecond + now.tv_nsec;
}

}  // namespace

FrameClock::FrameClock(double tickrate)
    : interval_(tickrate > 0 ? std::llround(static_cast<double>(kNanosecondsPerSecond) / tickrate) : 0) {
    Restart();
}

void FrameClock::Restart() {
    deadline_ = NowNanoseconds() + interval_;
}

bool FrameClock::WaitForNext() {
    if (interval_ == 0) {
        return true;
    }
    const std::int64_t now = NowNanoseconds();
    if (now > deadline_) {
        deadline_ += ((now - deadline_) / interval_ + 1) * interval_;
        return false;
    }
    timespec until{};
    until.tv_sec = static_cast<std::time_t>(deadline_ / kNanosecondsPerSecond);
    until.tv_nsec = static_cast<decltype(until.tv_nsec)>(deadline_ % kNanosecondsPerSecond);
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
    deadline_ += interval_;
    return true;
}

double FrameClock::Now() {
    return static_cast<double>(NowNanoseconds()) / static_cast<double>(kNanosecondsPerSecond);
}

}  // namespace host
