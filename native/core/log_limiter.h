// LogLimiter: says a complaint once, and then how often it came again, instead of filling the console with it.
// Thread: game thread only.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>

#include "realtime/contract.h"

namespace realtime {

struct LogLine {
    LogLevel level = LogLevel::kInfo;
    std::string text;
};

class LogLimiter {
  public:
    using Clock = std::chrono::steady_clock;
    /// How long a line that was told is only counted when it comes again.
    static constexpr std::chrono::seconds kPause{60};
    /// Different lines that are remembered; beyond it the one that was told longest ago is forgotten.
    static constexpr std::size_t kMostRemembered = 32;

    /// How often in one pause good news may bring the old complaints back.
    static constexpr int kMostFreshStarts = 10;

    /// Calls `tell(line)` now, or counts the line as a repetition. A line that is forgotten is summed up first. After a
    /// line of level kInfo (it is connected again) everything else is news again, unless that happens all the time.
    template <typename Tell>
    void Pass(const LogLine& line, Clock::time_point now, Tell tell) {
        if (line.level == LogLevel::kInfo) {
            StartFresh(now, tell);
        }
        for (Told& told : told_) {
            if (told.line.level == line.level && told.line.text == line.text) {
                ++told.repeats;
                return;
            }
        }
        if (told_.size() == kMostRemembered) {
            SumUp(told_.front(), tell);
            told_.pop_front();
        }
        told_.push_back(Told{line, now + kPause, 0});
        tell(line);
    }

    /// Sums up the lines whose pause is over: "… repeated 37 times".
    template <typename Tell>
    void TellRepeats(Clock::time_point now, Tell tell) {
        while (!told_.empty() && told_.front().until <= now) {
            if (told_.front().repeats == 0) {
                told_.pop_front();
                continue;
            }
            SumUp(told_.front(), tell);
            told_.front().until = now + kPause;
            told_.splice(told_.end(), told_, told_.begin());
        }
    }

  private:
    struct Told {
        LogLine line;
        Clock::time_point until;
        std::uint64_t repeats;
    };

    template <typename Tell>
    void StartFresh(Clock::time_point now, Tell& tell) {
        if (now >= fresh_until_) {
            fresh_until_ = now + kPause;
            fresh_starts_ = 0;
        }
        if (fresh_starts_ < kMostFreshStarts) {
            ++fresh_starts_;
            for (Told& told : told_) {
                SumUp(told, tell);
            }
            told_.clear();
        }
    }

    template <typename Tell>
    static void SumUp(Told& told, Tell& tell) {
        if (told.repeats > 0) {
            const std::uint64_t repeats = told.repeats;
            told.repeats = 0;
            tell(LogLine{told.line.level, told.line.text + " … repeated " + std::to_string(repeats) +
                                              (repeats == 1 ? " time" : " times")});
        }
    }

    Clock::time_point fresh_until_;
    int fresh_starts_ = 0;
    std::list<Told> told_;  // in the order of their `until`
};

}  // namespace realtime
