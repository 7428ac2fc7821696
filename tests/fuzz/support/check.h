// Check: what a fuzz target asserts. A violated one prints what was expected and ends the process, which libFuzzer
// reports together with the input.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

namespace realtime::fuzz {

[[noreturn]] inline void Fail(const char* what, const std::string& detail = {}) {
    (void)std::fprintf(stderr, "\nviolated: %s%s%s\n", what, detail.empty() ? "" : ": ", detail.c_str());
    std::abort();
}

inline void Check(bool holds, const char* what, const std::string& detail = {}) {
    if (!holds) {
        Fail(what, detail);
    }
}

}  // namespace realtime::fuzz
