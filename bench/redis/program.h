// What the benchmark's small programs share: arguments by position, and marks (lines `@@ name words...`) that the
// harness reads.
#ifndef REALTIME_BENCH_REDIS_PROGRAM_H
#define REALTIME_BENCH_REDIS_PROGRAM_H

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

namespace bench {

inline void Mark(const std::string& text) {
    std::printf("@@ %s\n", text.c_str());
    std::fflush(stdout);
}

/// The name of one of `count` channels or patterns; a single one goes by the name itself.
inline std::string Numbered(const std::string& name, long index, long count) {
    return count == 1 ? name : name + ":" + std::to_string(index);
}

/// Runs `run` with the arguments when they are as many as `usage` has words.
template <typename Run>
int Main(int argc, char** argv, const char* usage, std::size_t expected, Run run) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() != expected) {
        std::fprintf(stderr, "usage: %s %s\n", argv[0], usage);
        return 2;
    }
    try {
        run(arguments);
        return EXIT_SUCCESS;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s: %s\n", argv[0], error.what());
        return EXIT_FAILURE;
    }
}

}  // namespace bench

#endif
