// The main function that native test programs share.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <thread>

#include "support/leftovers.h"

int main(int argc, char** argv) {
    // The thread sanitizer starts a thread of its own with the first one of ours, and keeps it.
    std::thread([] {}).join();
    const int result = doctest::Context(argc, argv).run();
    return result == 0 && realtime::test::AnythingLeft() ? 1 : result;
}
