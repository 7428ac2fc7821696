// The rhythm of frames: absolute deadlines on the monotonic clock, so that waiting late once does not shift the rest.
#pragma once

#include <cstdint>

namespace host {

class FrameClock {
  public:
    /// `tickrate` in frames a second; 0 never waits.
    explicit FrameClock(double tickrate);

    /// The next deadline is one interval from now.
    void Restart();
    /// Waits for the deadline, or until a signal arrives. False: it had passed before the call (an overrun); the
    /// deadlines that were missed are left out, the rhythm stays.
    bool WaitForNext();

    /// Seconds on the monotonic clock.
    static double Now();

  private:
    std::int64_t interval_;  // nanoseconds
    std::int64_t deadline_ = 0;
};

}  // namespace host
