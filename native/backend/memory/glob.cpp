#include "backend/memory/glob.h"

#include <cstddef>

namespace realtime::memory {
namespace {

unsigned char At(std::string_view text, std::size_t index) {
    return static_cast<unsigned char>(text[index]);
}

/// Matches one character against the element at `p` (which is not a star) and moves `p` behind that element.
bool MatchOne(std::string_view pattern, std::size_t& p, unsigned char c) {
    if (pattern[p] == '?') {
        ++p;
        return true;
    }
    if (pattern[p] == '\\' && p + 1 < pattern.size()) {
        p += 2;
        return At(pattern, p - 1) == c;
    }
    if (pattern[p] != '[') {
        ++p;
        return At(pattern, p - 1) == c;
    }
    ++p;
    const bool negated = p < pattern.size() && pattern[p] == '^';
    p += negated ? 1 : 0;
    bool found = false;
    while (p < pattern.size() && pattern[p] != ']') {
        if (pattern[p] == '\\' && p + 1 < pattern.size()) {
            ++p;
            found = found || At(pattern, p) == c;
            ++p;
        } else if (p + 2 < pattern.size() && pattern[p + 1] == '-') {
            unsigned char low = At(pattern, p);
            unsigned char high = At(pattern, p + 2);
            if (low > high) {
                const unsigned char swap = low;
                low = high;
                high = swap;
            }
            found = found || (c >= low && c <= high);
            p += 3;
        } else {
            found = found || At(pattern, p) == c;
            ++p;
        }
    }
    p += p < pattern.size() ? 1 : 0;  // a set that is never closed ends with the pattern
    return found != negated;
}

}  // namespace

bool GlobMatch(std::string_view pattern, std::string_view text) {
    constexpr std::size_t kNone = std::string_view::npos;
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t after_star = kNone;  // where to go on in the pattern when the last star takes one character more
    std::size_t star_text = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            after_star = ++p;
            star_text = t;
            continue;
        }
        if (p < pattern.size() && MatchOne(pattern, p, At(text, t))) {
            ++t;
            continue;
        }
        if (after_star == kNone) {
            return false;
        }
        p = after_star;
        t = ++star_text;
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

}  // namespace realtime::memory
