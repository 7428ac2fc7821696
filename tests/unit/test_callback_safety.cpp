// Whatever a callback does, only its own call is concerned: each kind of callback does each of these things, and
// afterwards everybody else was called, nothing was answered twice, and no reference is left.
#include <array>
#include <string>

#include "support/lua_fixture.h"

using realtime::test::LuaFixture;

namespace {

struct Snippet {
    const char* name;
    const char* lua;
};

/// `arm(f)` makes f a callback of that kind, `fire()` causes one call of it, `handle` is its subscription, if it is
/// one.
constexpr std::array<Snippet, 7> kKinds{{
    {"raw subscriber", R"lua(
        function arm(f) handle = select(2, assert(rt.Subscribe(0, 'c', f))) end
        function fire() return rt.Publish('c', 'm') end
    )lua"},
    {"pattern subscriber", R"lua(
        function arm(f) handle = select(2, assert(rt.Subscribe(1, 'c*', f))) end
        function fire() return rt.Publish('c', 'm') end
    )lua"},
    {"typed subscriber", R"lua(
        local event = select(2, assert(rt.DefineEvent('PlayerDeath', 'player:death', {'victim_name'})))
        function arm(f) handle = select(2, assert(rt.SubscribeEvent(event, f))) end
        function fire() return rt.PublishEvent(event, 'Alice') end
    )lua"},
    {"publish callback", R"lua(
        function arm(f) callback = f end
        function fire() return rt.Publish('nobody', 'm', callback) end
    )lua"},
    {"connect callback", R"lua(
        function arm(f) callback = f end
        function fire() rt.Disconnect() rt.ProcessEvents(0, 0) return rt.Connect(callback) end
    )lua"},
    {"state handler", R"lua(
        function arm(f) onState = function(...) onState = nil return f(...) end end
        function fire() rt.Disconnect() return rt.Connect() end
    )lua"},
    {"log handler", R"lua(
        -- A line is written for what is no valid event, and told in the same call.
        local bad = select(2, assert(rt.DefineEvent('Bad', 'bad', {'x'})))
        assert(rt.SubscribeEvent(bad, function() end))
        function arm(f) onLog = function(...) onLog = nil return f(...) end end
        function fire() return rt.Publish('bad', 'no event') end
    )lua"},
}};

/// `act` is what the callback does; `after` is checked when all was processed. `raised`: errors that must be counted.
struct Action {
    const char* name;
    const char* act;
    const char* after;
    int raised = 0;
};

constexpr std::array<Action, 13> kActions{{
    {"returns values", "return false, nil, 1, 'x'", ""},
    {"unsubscribes itself", "if handle then assert(rt.Unsubscribe(handle)) end",
     "assert(rt.GetStats().subscriptions == before - (handle and 1 or 0))"},
    {"unsubscribes everybody", "for id = 1, 100 do rt.Unsubscribe(id) end",
     "assert(rt.GetStats().subscriptions == 0) everybody = true"},
    {"subscribes others",
     "for i = 1, 50 do assert(rt.Subscribe(i % 2, 'new' .. i, function() news = news + 1 end)) end",
     "for i = 1, 50 do assert(rt.Publish('new' .. i, 'm')) end rt.ProcessEvents(0, 0) assert(news == 50, news)"},
    {"publishes", "for i = 1, 20 do assert(rt.Publish('new', 'm', function(ok) news = news + (ok and 1 or 0) end)) end",
     "rt.ProcessEvents(0, 0) assert(news == 20, news)"},
    {"raises a text", "error('on purpose')", "assert(failures[1]:find('on purpose'))", 1},
    {"raises a table", "error({})", "assert(type(failures[1]) == 'table')", 1},
    {"raises nil", "error(nil)", "", 1},
    {"yields", "coroutine.yield()", "assert(failures[1]:find('attempt to yield'), failures[1])", 1},
    {"overflows the stack", "local function deep() return 1 + deep() end deep()",
     "assert(failures[1]:find('stack overflow'))", 1},
    {"processes events", "assert(rt.ProcessEvents(0, 0) == 0)", ""},
    {"disconnects and connects again",
     "assert(rt.Disconnect() or rt.GetState() == 0) assert(rt.Connect(function(ok) news = news + (ok and 1 or 0) end))",
     "rt.ProcessEvents(0, 0) assert(news == 1, news) assert(rt.GetState() == 2)"},
    {"collects garbage and sets the handlers anew", "handlers() collectgarbage() collectgarbage()", ""},
}};

constexpr const char* kWorld = R"lua(
    news, others, calls = 0, 0, 0
    function handlers()
        rt.SetHandlers(function(e) failures[#failures + 1] = e == nil and 'nil' or e return e end,
            function(...) if onState then return onState(...) end end, function(...) if onLog then return onLog(...) end end)
    end
    handlers()
    assert(rt.Configure{backend = 'memory'}) assert(rt.Connect()) rt.ProcessEvents(0, 0)
)lua";

constexpr const char* kSettled = R"lua(
    local s = rt.GetStats()
    assert(s.sent == s.published and s.pending == 0 and s.queued == 0)
    assert(s.received == s.delivered + s.dropped)
)lua";

/// Whether the game puts its interface back to the caller's coroutine by itself is not known: it must not matter.
constexpr std::array<host::LuaMachine::Options, 2> kGames{
    {host::LuaMachine::Options{true}, host::LuaMachine::Options{false}}};

void Check(const host::LuaMachine::Options& game, const Snippet& kind, const Action& action) {
    INFO(std::string(kind.name), " ", std::string(action.name), game.restore_state ? "" : " (--leave-state)");
    LuaFixture lua(game);
    lua.Run(kWorld);
    lua.Run(kind.lua);
    lua.Run(std::string("arm(function() calls = calls + 1 if calls > 1 then return end ") + action.act + " end)");
    // A neighbour on everything, subscribed after: it must hear each of its messages.
    lua.Run(R"lua(
        assert(rt.Subscribe(0, 'c', function() others = others + 1 end))
        assert(rt.Subscribe(0, 'last', function() others = others + 1 end))
        before = rt.GetStats().subscriptions
        answered = 0
        assert(fire())
        if rt.GetState() == 2 then assert(rt.Publish('c', 'm')) assert(rt.Publish('last', 'm', function() answered = answered + 1 end)) end
        repeat until rt.ProcessEvents(0, 0) == 0
        assert(calls >= 1, 'it was called')
        assert(answered == 1, 'the answer after it came once')
    )lua");
    lua.Run("assert(#failures == " + std::to_string(action.raised) +
            ", failures[1]) assert(rt.GetStats().callbackErrors == " + std::to_string(action.raised) + ")");
    lua.Run(action.after);
    lua.Run(kSettled);
    lua.Run(R"lua(
        if not everybody then
            others = 0
            if rt.GetState() == 0 then assert(rt.Connect()) end
            assert(rt.Publish('c', 'm')) assert(rt.Publish('last', 'm'))
            repeat until rt.ProcessEvents(0, 0) == 0
            assert(others == 2, 'the neighbours hear on')
        end
        assert(rt.GetStats().callbacksCreated - rt.GetStats().callbacksFreed == 3 + rt.GetStats().subscriptions, 'no callback is kept for nothing')
    )lua");
    lua.Run(kSettled);
}

}  // namespace

TEST_CASE("each kind of callback does each thing that callbacks do") {
    for (const host::LuaMachine::Options& game : kGames) {
        for (const Snippet& kind : kKinds) {
            for (const Action& action : kActions) {
                Check(game, kind, action);
            }
        }
    }
}

TEST_CASE("an error handler that raises is counted once and stops nothing") {
    LuaFixture lua;
    lua.Run(R"lua(
        rt.SetHandlers(function() error('in the handler') end, function() end, function() end)
        assert(rt.Configure{backend = 'memory'}) assert(rt.Connect())
        local heard = 0
        assert(rt.Subscribe(0, 'c', function() error('x') end)) assert(rt.Subscribe(0, 'c', function() heard = heard + 1 end))
        for i = 1, 3 do assert(rt.Publish('c', 'm')) end
        rt.ProcessEvents(0, 0)
        assert(heard == 3 and rt.GetStats().callbackErrors == 3)
    )lua");
}

TEST_CASE("a callback that calls the module from a coroutine leaves the others theirs") {
    for (const host::LuaMachine::Options& game : kGames) {
        LuaFixture lua(game);
        lua.Run(R"lua(
            assert(rt.Configure{backend = 'memory'}) assert(rt.Connect())
            local got, kept = {}, {}
            for i = 1, 3 do
                assert(rt.Subscribe(0, 'c', function(channel, message)
                    kept[i] = coroutine.create(function()
                        assert(rt.Publish('other', 'x')) coroutine.yield() assert(rt.Publish('other', 'y'))
                    end)
                    assert(coroutine.resume(kept[i]))
                    got[#got + 1] = i .. channel .. message
                end))
            end
            assert(rt.Publish('c', 'm', function(ok, receivers) assert(ok and receivers == 1) got[#got + 1] = 'told' end))
            assert(rt.ProcessEvents(0, 0) == 1)
            assert(table.concat(got, ' ') == 'told 1cm 2cm 3cm', table.concat(got, ' ') .. (failures[1] or ''))
            for i = 1, 3 do assert(coroutine.resume(kept[i])) end
            assert(#failures == 0, failures[1])
        )lua");
    }
}

TEST_CASE("inside a coroutine ProcessEvents delivers as well, and a yield in it is the callback's error") {
    LuaFixture lua;
    lua.Run(R"lua(
        assert(rt.Configure{backend = 'memory'}) assert(rt.Connect())
        local heard = 0
        assert(rt.Subscribe(0, 'c', function() coroutine.yield() end))
        assert(rt.Subscribe(0, 'c', function() heard = heard + 1 end))
        assert(rt.Publish('c', 'm'))
        local co = coroutine.create(function() return rt.ProcessEvents(0, 0) end)
        local ok, count = coroutine.resume(co)
        assert(ok and count == 1, tostring(count)) assert(heard == 1)
        assert(coroutine.status(co) == 'dead')
        assert(#failures == 1 and failures[1]:find('attempt to yield across C-call boundary', 1, true), failures[1])
        assert(rt.GetStats().callbackErrors == 1)
        -- The answer of ProcessEvents on the main state is right again.
        assert(rt.Publish('c', 'm')) assert(rt.ProcessEvents(0, 0) == 1 and heard == 2)
    )lua");
}
