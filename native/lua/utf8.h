// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <string>
#include <string_view>

namespace realtime {

/// Whether all of `text` is valid UTF-8.
bool IsUtf8(std::string_view text);

/// `text` with every ill-formed sequence replaced by U+FFFD, one for each maximal subpart (Unicode 15, chapter 3.9).
std::string RepairUtf8(std::string_view text);

}  // namespace realtime
