// Exponential back-off with full jitter: the n-th delay is drawn evenly from [0, min(max, first * 2^n)].
// Full jitter keeps many servers that lost the same peer from returning in step.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>

#include "realtime/contract.h"

namespace realtime {

class Backoff {
  public:
    using Milliseconds = std::chrono::milliseconds;

    explicit Backoff(std::uint64_t seed, Milliseconds first = Milliseconds(limits::kBackoffMinMs),
                     Milliseconds most = Milliseconds(limits::kBackoffMaxMs))
        : first_(first), most_(most), ceiling_(first), random_(seed) {}

    /// The delay before the next attempt; each call doubles the ceiling of the one after it.
    Milliseconds Next() {
        const Milliseconds ceiling = ceiling_;
        ceiling_ = ceiling_ >= most_ / 2 ? most_ : ceiling_ * 2;
        return Milliseconds(std::uniform_int_distribution<Milliseconds::rep>(0, ceiling.count())(random_));
    }

    /// After a success.
    void Reset() { ceiling_ = first_; }

    [[nodiscard]] Milliseconds Ceiling() const { return ceiling_; }

  private:
    Milliseconds first_;
    Milliseconds most_;
    Milliseconds ceiling_;
    std::mt19937_64 random_;
};

}  // namespace realtime
