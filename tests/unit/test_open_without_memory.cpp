// Opening, using and closing the module when memory runs out somewhere on the way: no exception in the game, and every
// account stays exact.
#include <doctest/doctest.h>

#include <string>

#include "gmod/lua_base.h"
#include "host/lua_base/lua_machine.h"
#include "support/scarce_memory.h"

using realtime::test::allocations_left;
using realtime::test::kNever;

extern "C" int gmod13_open(lua_State* state);
extern "C" int gmod13_close(lua_State* state);

namespace {

/// With room for so many allocations and no more; nothing else of the host's is between. What is raised is caught at
/// once: there is room again before the host tells of it, and on the 32-bit platforms no destructor could see to that.
int failing_after = 0;
int OpenShortOfMemory(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushCFunction(&gmod13_open);
    allocations_left = failing_after;
    const int status = lua.PCall(0, 0, 0);
    allocations_left = kNever;
    if (status != 0) {
        lua.ThrowError(lua.GetString(-1));
    }
    return 0;
}

/// Whether memory ran out.
bool closed_short_of_memory = false;
int CloseShortOfMemory(lua_State* state) {
    allocations_left = failing_after;
    gmod13_close(state);
    closed_short_of_memory = allocations_left == 0;
    allocations_left = kNever;
    return 0;
}

/// From here on so many allocations succeed, until `enough`.
int Short(lua_State* /*state*/) {
    allocations_left = failing_after;
    return 0;
}
bool ran_out = false;
int Enough(lua_State* /*state*/) {
    ran_out = allocations_left == 0;
    allocations_left = kNever;
    return 0;
}

}  // namespace

TEST_CASE("memory that runs out at any point of opening is told, and opening works later") {
    host::LuaMachine machine;
    std::size_t failures = 0;
    for (failing_after = 0;; ++failing_after) {
        const auto failure = machine.Call(&OpenShortOfMemory);
        if (!failure.has_value()) {
            break;
        }
        ++failures;
        CHECK_MESSAGE(failure->find("realtime_core cannot be opened: ") != std::string::npos, *failure);
        REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
        REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
    }
    CHECK(failures > 0);
    REQUIRE_FALSE(machine.RunString("assert(realtime_core.GetState() == 0)").has_value());
    REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
}

TEST_CASE("memory that runs out at any point of closing leaves no reference behind") {
    host::LuaMachine machine;
    const int references = machine.LiveReferences();
    closed_short_of_memory = true;
    for (failing_after = 0; closed_short_of_memory; ++failing_after) {
        REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
        const auto failure = machine.RunString(R"lua(
            rt = realtime_core
            local function ignore() end
            rt.SetHandlers(function(e) return e end, ignore, ignore)
            assert(rt.Configure{backend = 'memory'})
            assert(rt.Connect(ignore))
            for i = 1, 5 do assert(rt.Subscribe(i % 2, 'c' .. i, ignore)) end
            for i = 1, 20 do assert(rt.Publish('c1', ('x'):rep(i * 50), ignore)) end
            rt = nil
        )lua");
        REQUIRE_MESSAGE(!failure.has_value(), failure.value_or(""));
        REQUIRE_FALSE(machine.Call(&CloseShortOfMemory).has_value());
        CHECK(machine.LiveReferences() == references);
        CHECK(machine.InvalidFrees() == 0);
    }
    CHECK(failing_after > 1);
}

TEST_CASE("memory that runs out at any point of a call fails that call, and nothing is lost uncounted") {
    host::LuaMachine machine;
    machine.Register("short", &Short);
    machine.Register("enough", &Enough);
    for (const std::string& call : {
             std::string("rt.Connect(told)"),
             std::string("rt.Publish('c', ('x'):rep(3000), told)"),
             std::string("rt.Subscribe(1, 'c*', ignore)"),
             std::string("rt.ProcessEvents(0, 0)"),
         }) {
        CAPTURE(call);
        ran_out = true;
        for (failing_after = 0; ran_out; ++failing_after) {
            REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
            const auto failure = machine.RunString(R"lua(
                rt = realtime_core
                function ignore() end
                function told() end
                rt.SetHandlers(function(e) return e end, ignore, ignore)
                assert(rt.Configure{backend = 'memory'})
                assert(rt.Subscribe(0, 'c', ignore))
                local connects = )lua" + std::string(call.find("Connect") != std::string::npos ? "true" : "false") +
                                                   R"lua(
                if not connects then
                    assert(rt.Connect(told))
                    for i = 1, 70 do assert(rt.Publish('c', 'm', told)) end
                end
                short()
                pcall(function() return )lua" + call +
                                                   R"lua( end)
                enough()
                if connects and rt.GetState() == 0 then assert(rt.Connect(told)) end
                -- Whatever failed, it works from here on.
                assert(rt.Publish('c', 'later', told))
                for i = 1, 10 do rt.ProcessEvents(0, 0) end
                local stats = rt.GetStats()
                assert(stats.pending == 0 and stats.queued == 0, stats.pending .. ' pending, ' .. stats.queued .. ' queued')
                assert(stats.sent == stats.published + stats.failed + stats.unknown)
                assert(stats.received == stats.delivered + stats.dropped)
                assert(rt.GetState() == 2, rt.GetState())
                rt, ignore, told = nil, nil, nil
            )lua");
            CHECK_MESSAGE(!failure.has_value(), failure.value_or(""), " after ", failing_after, " allocations");
            REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
        }
        CHECK(failing_after > 1);
    }
}
