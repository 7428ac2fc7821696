#include <chrono>
#include <thread>

#include "host/system/monotonic_clock.h"

namespace host::system {

std::int64_t NowNanoseconds() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

// In pieces of the system's timer, which may be as long as 15 ms.
void SleepUntil(std::int64_t nanoseconds) {
    const std::int64_t left = nanoseconds - NowNanoseconds();
    if (left > 0) {
        std::this_thread::sleep_for(std::chrono::nanoseconds(left));
    }
}

}  // namespace host::system
