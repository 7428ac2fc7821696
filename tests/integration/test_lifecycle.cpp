// A map change, a thousand times, with the embedded backend. test_redis_lifecycle does it with the other one.
#include <lua.hpp>

#include <array>
#include <string>

#include "support/lifecycle.h"

using realtime::test::CheckThatNothingStays;
using realtime::test::OpenAndClose;
using realtime::test::StopCompiling;

namespace {

constexpr int kKinds = 3;

/// By round: what the module is left with when the map changes.
std::string Work(int round) {
    static const std::string kConnect = "assert(rt.Configure{backend = 'memory'}) assert(rt.Connect(function() end)) ";
    switch (round % kKinds) {
        case 0:
            return "assert(rt.Subscribe(0, 'c', function() end))";
        case 1:
            return kConnect + R"lua(
                local _, event = rt.DefineEvent('PlayerDeath', 'player:death', {'victim_name'})
                assert(rt.SubscribeEvent(event, function() end)) assert(rt.Subscribe(1, 'player:*', function() end))
                for i = 1, 10 do
                    assert(rt.PublishEvent(event, 'Alice'))
                    assert(rt.Publish('player:death', ('x'):rep(100 * i), function() end))
                end
            )lua";
        default:
            return kConnect + R"lua(
                local got = 0
                assert(rt.Subscribe(0, 'c', function() got = got + 1 end))
                for i = 1, 10 do assert(rt.Publish('c', 'm')) end
                assert(rt.ProcessEvents(0, 0) == 10 and got == 10)
                assert(rt.Disconnect())
            )lua";
    }
}

}  // namespace

TEST_CASE("a thousand map changes, each with a new Lua state, leave nothing behind") {
    CheckThatNothingStays(10, [](int round) {
        host::LuaMachine machine;
        OpenAndClose(machine, Work(round));
    });
}

TEST_CASE("opened and closed a thousand times in one Lua state, nothing stays, in Lua neither") {
    host::LuaMachine machine;
    StopCompiling(machine);
    std::array<int, kKinds> lua_bytes{};
    constexpr int kWarmUp = 30;
    CheckThatNothingStays(kWarmUp, [&](int round) {
        OpenAndClose(machine, Work(round));
        // What Lua itself holds after the full collection, which sizes its stack and buffers by what was done before.
        const int now = lua_gc(machine.Real(), LUA_GCCOUNT, 0) * 1024 + lua_gc(machine.Real(), LUA_GCCOUNTB, 0);
        int& before = lua_bytes.at(static_cast<std::size_t>(round % kKinds));
        before = round < kWarmUp ? now : before;
        REQUIRE(now == before);
    });
}
