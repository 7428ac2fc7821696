// FrameRhythm: when the game thread will look for messages again, as far as its last looks tell. What arrives before
// then waits in any case, so that whoever reads need not wake for each message.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>

namespace realtime {

class FrameRhythm {
  public:
    using Clock = std::chrono::steady_clock;

    /// Game thread, each time it looks; times never go back.
    void OnLook(Clock::time_point now) noexcept {
        gaps_[next_gap_] = now - last_look_;
        next_gap_ = (next_gap_ + 1) % gaps_.size();
        last_look_ = now;
        const Clock::duration shortest = *std::min_element(gaps_.begin(), gaps_.end());
        next_look_.store((now + shortest).time_since_epoch().count(), std::memory_order_relaxed);
    }

    /// The earliest next look that the last ones let expect; a time that has passed when they tell nothing. Another one
    /// after each look. Any thread.
    [[nodiscard]] Clock::time_point NextLook() const noexcept {
        return Clock::time_point(Clock::duration(next_look_.load(std::memory_order_relaxed)));
    }

  private:
    static constexpr std::size_t kGaps = 4;

    std::array<Clock::duration, kGaps> gaps_{};  // between the last looks; 0: not known yet
    std::size_t next_gap_ = 0;
    Clock::time_point last_look_;
    std::atomic<Clock::rep> next_look_{0};
};

}  // namespace realtime
