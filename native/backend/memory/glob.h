// The pattern language of PSUBSCRIBE: * ? [abc] [^a] [a-z] and \ before a character that stands for itself.
// Source of the rules: https://redis.io/docs/latest/commands/psubscribe/
#pragma once

#include <string_view>

namespace realtime::memory {

/// Whether the whole of `text` matches. Bytes, no case folding. Never worse than |pattern| * |text| steps.
bool GlobMatch(std::string_view pattern, std::string_view text);

}  // namespace realtime::memory
