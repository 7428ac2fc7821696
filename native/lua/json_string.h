// Strings in JSON. Thread: any.
#pragma once

#include <string>
#include <string_view>

namespace realtime {

/// Appends `text` as a JSON string, quotes included; ill-formed UTF-8 is replaced by U+FFFD, one for each maximal
/// subpart. What need not be escaped is not (RFC 8259, section 7).
void WriteJsonString(std::string_view text, std::string& out);

}  // namespace realtime
