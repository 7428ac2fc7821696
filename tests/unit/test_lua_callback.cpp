#include "lua/lua_callback.h"

#include <doctest/doctest.h>

#include <type_traits>
#include <vector>

#include "support/lua_fixture.h"

using realtime::CallbackCounters;
using realtime::LuaCallback;
using realtime::test::LuaFixture;

static_assert(!std::is_copy_constructible_v<LuaCallback>);
static_assert(std::is_nothrow_move_constructible_v<LuaCallback>);
static_assert(std::is_nothrow_move_assignable_v<LuaCallback>);

TEST_CASE("thousands of callbacks leave no reference behind") {
    host::LuaMachine machine;
    gmod::ILuaBase& lua = machine.Base();
    const int before = machine.LiveReferences();
    REQUIRE_FALSE(machine.RunString("function f() end").has_value());
    lua.PushSpecial(gmod::kSpecialGlobals);
    lua.GetField(-1, "f");
    CallbackCounters counters;
    {
        std::vector<LuaCallback> callbacks;
        for (int i = 0; i < 2000; ++i) {
            callbacks.emplace_back(lua, -1, counters);
        }
        CHECK(machine.LiveReferences() == before + 2000);
        callbacks.erase(callbacks.begin(), callbacks.begin() + 500);
        LuaCallback moved = std::move(callbacks.back());
        callbacks.back() = std::move(moved);
        callbacks.back().Push();
        CHECK(lua.GetType(-1) == gmod::type::kFunction);
        lua.Pop(1);
    }
    CHECK(machine.LiveReferences() == before);
    CHECK(machine.InvalidFrees() == 0);
    CHECK(counters.created == 2000);
    CHECK(counters.freed == 2000);
}

TEST_CASE("a callback may do anything to the subscriptions, itself included") {
    LuaFixture lua;
    lua.Run(R"lua(
        assert(rt.Configure{backend = 'memory'}) assert(rt.Connect())
        local calls, ok = 0
        ok, id = rt.Subscribe(0, 'c', function(channel, message)
            calls = calls + 1
            assert(rt.Unsubscribe(id))
            assert(rt.Subscribe(0, 'c', function() calls = calls + 10 end))
            assert(rt.Publish('c', 'again'))
            assert(rt.ProcessEvents() == 0)
        end)
        rt.Publish('c', 'first')
        assert(rt.ProcessEvents(0, 0) == 1)
        assert(calls == 1, 'what a callback publishes waits for the next call')
        assert(rt.ProcessEvents(0, 0) == 1)
        assert(calls == 11, calls)
        assert(#failures == 0, failures[1])
        assert(rt.Subscribe(0, 'c', function() rt.Disconnect() error('x') end))
        rt.Publish('c', 'third') rt.ProcessEvents(0, 0)
        assert(#failures == 1 and rt.GetState() == 0)
        assert(rt.GetStats().callbackErrors == 1)
    )lua");
}

TEST_CASE("a callback that runs coroutines leaves the next one its arguments") {
    LuaFixture lua;
    lua.Run(R"lua(
        assert(rt.Configure{backend = 'memory'}) assert(rt.Connect())
        local got = {}
        for i = 1, 3 do
            assert(rt.Subscribe(0, 'c', function(channel, message)
                local co = coroutine.create(function() assert(rt.Publish('other', 'x')) coroutine.yield() end)
                assert(coroutine.resume(co))
                got[#got + 1] = i .. message
            end))
        end
        rt.Publish('c', 'm') rt.ProcessEvents(0, 0)
        assert(table.concat(got, ' ') == '1m 2m 3m', table.concat(got, ' ') .. (failures[1] or ''))
    )lua");
}
