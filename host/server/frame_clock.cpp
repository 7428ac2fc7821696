#include "host/server/frame_clock.h"

#include <cmath>

#include "host/system/monotonic_clock.h"

namespace host {

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

}  // namespace

FrameClock::FrameClock(double tickrate)
    : interval_(tickrate > 0 ? std::llround(static_cast<double>(kNanosecondsPerSecond) / tickrate) : 0) {
    Restart();
}

void FrameClock::Restart() {
    deadline_ = system::NowNanoseconds() + interval_;
}

bool FrameClock::WaitForNext() {
    if (interval_ == 0) {
        return true;
    }
    const std::int64_t now = system::NowNanoseconds();
    if (now > deadline_) {
        deadline_ += ((now - deadline_) / interval_ + 1) * interval_;
        return false;
    }
    system::SleepUntil(deadline_);
    deadline_ += interval_;
    return true;
}

double FrameClock::Now() {
    return static_cast<double>(system::NowNanoseconds()) / static_cast<double>(kNanosecondsPerSecond);
}

}  // namespace host
