// Checks of how long something took, for the build that ships: a sanitizer or valgrind makes everything many times as
// slow, and by different factors.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>

namespace realtime::test {

/// By a sanitizer, or by valgrind, whose check sets REALTIME_WATCHED.
inline bool IsWatched() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#else
    return std::getenv("REALTIME_WATCHED") != nullptr;
#endif
}

/// That it took less than `bound`; under a watcher more is only told.
inline void CheckTook(std::chrono::steady_clock::duration took, std::chrono::steady_clock::duration bound) {
    using Milliseconds = std::chrono::duration<double, std::milli>;
    INFO("took " << Milliseconds(took).count() << " ms, may take " << Milliseconds(bound).count() << " ms");
    if (IsWatched()) {
        WARN(took < bound);
    } else {
        CHECK(took < bound);
    }
}

}  // namespace realtime::test
