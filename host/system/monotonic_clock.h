// The clock that only goes forward.
#pragma once

#include <cstdint>

namespace host::system {

std::int64_t NowNanoseconds();

/// Sleeps until that time of NowNanoseconds, or until a signal arrives.
void SleepUntil(std::int64_t nanoseconds);

}  // namespace host::system
