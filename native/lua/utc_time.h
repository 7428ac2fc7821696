// The time of an event as text: RFC 3339, in UTC with milliseconds on the way out, any form of it on the way in.
// Thread: any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace realtime {

/// "2026-11-23T10:15:30.123Z"
std::string FormatUtc(std::int64_t unix_ms);

/// Seconds since 1970 of an RFC 3339 time, or false when it is none. Any offset, any number of decimals.
bool ParseRfc3339(std::string_view text, double& seconds);

}  // namespace realtime
