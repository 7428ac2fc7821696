// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace realtime {

struct Utf8Sequence {
    std::size_t length;  ///< bytes that belong together, at least 1
    bool valid;
};

/// The sequence that starts at `at`, which is inside `text`. An ill-formed one is a maximal subpart.
/// Source: Unicode 15, table 3-7 and chapter 3.9.
Utf8Sequence ReadUtf8(std::string_view text, std::size_t at);

/// Whether all of `text` is valid UTF-8.
bool IsUtf8(std::string_view text);

/// What stands for an ill-formed sequence: U+FFFD.
constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

}  // namespace realtime
