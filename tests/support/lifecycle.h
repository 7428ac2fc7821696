// Opens and closes the module as the game does, round after round, and compares what is held afterwards.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "host/lua_base/lua_machine.h"
#include "support/process.h"
#include "support/timing.h"

extern "C" int gmod13_open(lua_State* state);
extern "C" int gmod13_close(lua_State* state);

namespace realtime::test {

/// A thousand; a hundred under a watcher, which finds what one life leaves behind.
inline int LivesToCompare() {
    return IsWatched() ? 100 : 1000;
}

/// LuaJIT's compiler asks the allocator for a block (__register_frame) with each new area of machine code, whenever
/// code becomes hot: in a state that lives on, only the interpreter's bytes stay the same.
inline void StopCompiling(host::LuaMachine& machine) {
    REQUIRE_FALSE(machine.RunString("jit.off()").has_value());
}

/// Opens, runs `code` on a module whose counters must be those of a new one, and closes. After it no reference is left.
inline void OpenAndClose(host::LuaMachine& machine, const std::string& code) {
    const int references = machine.LiveReferences();
    REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
    const auto fresh = machine.RunString(R"lua(
        rt = realtime_core
        for name, value in pairs(rt.GetStats()) do assert(value == 0, name) end
        assert(rt.GetState() == 0)
        failures = {}
        rt.SetHandlers(function(e) failures[#failures + 1] = e return e end, function() end, function() end)
    )lua");
    REQUIRE_MESSAGE(!fresh.has_value(), fresh.value_or(""));
    const auto failure = machine.RunString(code, "=round");
    CHECK_MESSAGE(!failure.has_value(), failure.value_or(""));
    REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
    const auto raised = machine.RunString("assert(#failures == 0, failures[1]) rt, failures = nil, nil");
    CHECK_MESSAGE(!raised.has_value(), raised.value_or(""));
    machine.Collect();
    CHECK(machine.LiveReferences() == references);
    CHECK(machine.InvalidFrees() == 0);
}

/// Runs `round(n)`, n from 0, first as often as it takes for caches to fill (`warm_up`), then
/// LivesToCompare() times; after each of these the process must hold exactly what it held before the first.
template <typename Round>
void CheckThatNothingStays(int warm_up, Round round) {
    std::thread([] {}).join();  // the first thread of all may bring one of a sanitizer's
    for (int n = 0; n < warm_up; ++n) {
        round(n);
    }
    const Holdings before = Holdings::NowWithoutJoined();
    CHECK(before.threads == kThreadsOfTheTest);
    const int lives = LivesToCompare();
    for (int n = warm_up; n < warm_up + lives; ++n) {
        round(n);
        INFO("round " << n);
        REQUIRE(Holdings::NowWithoutJoined() == before);
    }
}

}  // namespace realtime::test
