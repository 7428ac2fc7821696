// The module is closed from inside one of its own callbacks. The game never does that (a map change comes after the
// frame), but whatever does it must not find freed memory: gmod13_close is called here through a function of Lua's.
#include "realtime/contract.h"
#include "support/lua_fixture.h"

namespace {

/// What the callbacks call: gmod13_close on the state of the caller, a coroutine's too.
int CloseTheModule(lua_State* state) {
    (void)gmod13_close(state);
    return 0;
}

/// Runs `subscribe` (which makes `closing` a callback and causes its call), lets it run, and looks at what is left.
void CheckClosing(const host::LuaMachine::Options& game, const std::string& subscribe) {
    host::LuaMachine machine(game);
    const int references = machine.LiveReferences();
    machine.Register("close", &CloseTheModule);
    REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
    const auto failure = machine.RunString(R"lua(
        rt, failures, calls, others, answers = realtime_core, {}, 0, 0, 0
        local process = rt.ProcessEvents
        rt.SetHandlers(function(e) failures[#failures + 1] = e return e end, function(...) if onState then onState(...) end end,
            function() end)
        function closing()
            calls = calls + 1
            close()
            collectgarbage() collectgarbage()
            local ok, text = pcall(rt.Publish, 'c', 'm')
            assert(not ok and text:find('realtime_core is closed', 1, true), tostring(text))
        end
        function other() others = others + 1 end
        function answer(ok, code) answers = answers + 1 end
        assert(rt.Configure{backend = 'memory'})
    )lua" + subscribe + R"lua(
        process(0, 0)
        assert(calls == 1, calls) assert(#failures == 0, failures[1]) assert(others == 0, 'nothing is delivered after the end')
        assert(answers == (expected or 0), 'each answer that was owed is given once: ' .. answers)
        assert(not pcall(process)) assert(not pcall(rt.GetState))
    )lua");
    CHECK_MESSAGE(!failure.has_value(), failure.value_or(""));
    CHECK(machine.LiveReferences() == references);
    CHECK(machine.InvalidFrees() == 0);
    // The same state goes on with a new instance.
    REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
    const auto again = machine.RunString(R"lua(
        local got assert(realtime_core.Configure{backend = 'memory'}) assert(realtime_core.Connect())
        assert(realtime_core.Subscribe(0, 'c', function(_, m) got = m end))
        assert(realtime_core.Publish('c', 'm')) realtime_core.ProcessEvents(0, 0) assert(got == 'm')
    )lua");
    CHECK_MESSAGE(!again.has_value(), again.value_or(""));
    REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
    CHECK(machine.LiveReferences() == references);
}

/// Whether or not the game puts its interface back to the caller's coroutine by itself.
void CheckClosing(const std::string& subscribe) {
    CheckClosing(host::LuaMachine::Options{true}, subscribe);
    CheckClosing(host::LuaMachine::Options{false}, subscribe);
}

}  // namespace

TEST_CASE("closed by a raw subscriber, while other subscribers, messages and answers wait") {
    CheckClosing(R"lua(
        assert(rt.Connect())
        assert(rt.Subscribe(0, 'c', closing)) assert(rt.Subscribe(0, 'c', other)) assert(rt.Subscribe(1, 'c*', other))
        for i = 1, 600 do assert(rt.Publish('c', 'm')) end
    )lua");
}

TEST_CASE("closed by a pattern subscriber") {
    CheckClosing(R"lua(
        assert(rt.Connect()) assert(rt.Subscribe(1, 'c*', closing)) assert(rt.Subscribe(1, 'c*', other))
        for i = 1, 3 do assert(rt.Publish('c', 'm')) end
    )lua");
}

TEST_CASE("closed by a typed subscriber") {
    CheckClosing(R"lua(
        assert(rt.Connect())
        local _, event = rt.DefineEvent('PlayerDeath', 'player:death', {'victim_name'})
        assert(rt.SubscribeEvent(event, function(data) closing() return data.victim_name ~= 'Alice' end))
        assert(rt.SubscribeEvent(event, other))
        for i = 1, 3 do assert(rt.PublishEvent(event, 'Alice')) end
    )lua");
}

TEST_CASE("closed by the answer to a publish, while more answers wait") {
    CheckClosing(R"lua(
        assert(rt.Connect()) assert(rt.Subscribe(0, 'c', other))
        assert(rt.Publish('c', 'm', closing))
        for i = 1, 5 do assert(rt.Publish('c', 'm', answer)) end
        expected = 5
    )lua");
}

TEST_CASE("closed by the answer to a connect") {
    CheckClosing(R"lua(
        assert(rt.Subscribe(0, 'c', other)) assert(rt.Connect(closing)) assert(rt.Publish('c', 'm', answer))
        expected = 1
    )lua");
}

TEST_CASE("closed by the state handler") {
    CheckClosing(R"lua(
        onState = function() onState = nil closing() end
        assert(rt.Subscribe(0, 'c', other)) assert(rt.Connect(answer)) assert(rt.Publish('c', 'm', answer))
        expected = 2
    )lua");
}

TEST_CASE("closed by the error handler of a callback that raised") {
    CheckClosing(R"lua(
        rt.SetHandlers(function(e) closing() return e end, function() end, function() end)
        assert(rt.Connect()) assert(rt.Subscribe(0, 'c', function() error('x') end)) assert(rt.Subscribe(0, 'c', other))
        for i = 1, 3 do assert(rt.Publish('c', 'm')) end
    )lua");
}

TEST_CASE("closed by a callback that then raises") {
    CheckClosing(R"lua(
        assert(rt.Connect())
        assert(rt.Subscribe(0, 'c', function() closing() failures = setmetatable({}, {__newindex = function() end}) error('after the end') end))
        assert(rt.Subscribe(0, 'c', other)) assert(rt.Publish('c', 'm')) assert(rt.Publish('c', 'm'))
    )lua");
}

TEST_CASE("closed by a callback from inside a coroutine") {
    CheckClosing(R"lua(
        assert(rt.Connect())
        assert(rt.Subscribe(0, 'c', function() assert(coroutine.resume(coroutine.create(closing))) end))
        assert(rt.Subscribe(0, 'c', other)) assert(rt.Publish('c', 'm')) assert(rt.Publish('c', 'm'))
    )lua");
}

TEST_CASE("closed again by an answer that closing tells") {
    host::LuaMachine machine;
    const int references = machine.LiveReferences();
    machine.Register("close", &CloseTheModule);
    REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
    const auto failure = machine.RunString(R"lua(
        answers = 0
        assert(realtime_core.Configure{backend = 'redis', host = '127.0.0.1', port = 1})
        assert(realtime_core.Connect())
        for i = 1, 3 do assert(realtime_core.Publish('c', 'm', function() answers = answers + 1 close() end)) end
    )lua");
    CHECK_MESSAGE(!failure.has_value(), failure.value_or(""));
    REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
    CHECK_FALSE(machine.RunString("assert(answers == 3, answers)").has_value());
    CHECK(machine.LiveReferences() == references);
    CHECK(machine.InvalidFrees() == 0);
}

TEST_CASE("what is answered during the close may call us, and is told; its errors and what is lost become lines") {
    host::LuaMachine machine;
    const int references = machine.LiveReferences();
    REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
    const auto prepared = machine.RunString(R"lua(
        local rt = realtime_core
        lines, told, failures = {}, {}, 0
        rt.SetHandlers(function() failures = failures + 1 end, function() end, function(level, text) lines[#lines + 1] = text end)
        assert(rt.Configure{backend = 'memory'}) assert(rt.Connect())
        assert(rt.Subscribe(0, 'c', function() end))
        assert(rt.Publish('c', 'm', function(ok)
            told[1] = ok
            told[2] = select(2, rt.Publish('c', 'late'))
            told[3] = select(2, rt.Subscribe(0, 'c', function() end))
            told[4] = select(2, rt.Connect())
            assert(rt.GetState() and rt.GetStats())
            error('in the close')
        end))
    )lua");
    CHECK_MESSAGE(!prepared.has_value(), prepared.value_or(""));
    REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
    CHECK(machine.LiveReferences() == references);
    const std::string shutting_down = std::to_string(static_cast<int>(realtime::ErrorCode::kShuttingDown));
    const auto checked = machine.RunString(R"lua(
        assert(told[1] == true, 'the message had arrived')
        for i = 2, 4 do assert(told[i] == )lua" +
                                           shutting_down + R"lua(, tostring(told[i])) end
        assert(failures == 0, 'the handler is not safe to call any more')
        assert(#lines == 2 and lines[1]:find('in the close', 1, true), lines[1])
        assert(lines[2]:find('1 that had arrived', 1, true), lines[2])
        assert(not pcall(realtime_core.GetState))
    )lua");
    CHECK_MESSAGE(!checked.has_value(), checked.value_or(""));
}
