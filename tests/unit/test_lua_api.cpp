// The functions of realtime_core against the in-process backend, and the module's life cycle.
#include "realtime/contract.h"
#include "support/lua_fixture.h"

using realtime::test::LuaFixture;

TEST_CASE("publish, answer, raw, pattern and typed delivery, and the account of it") {
    LuaFixture lua;
    lua.Run(R"lua(
        assert(rt.GetState() == 0)
        assert(select(2, rt.Publish('c', 'x')) == 4, 'NOT_CONNECTED')
        assert(rt.Configure{backend = 'memory', source = '/gmod/t'})
        local connected
        assert(rt.Connect(function(ok) connected = ok end))
        assert(rt.WaitForConnect()) assert(rt.GetState() == 2)
        assert(select(2, rt.Connect()) == 5, 'ALREADY_CONNECTED')
        local log = {}
        local function note(...) log[#log + 1] = table.concat({...}, '|') end
        local _, raw = rt.Subscribe(0, 'player:death', function(c, m) note('raw', c, #m > 0 and 'm') end)
        assert(rt.Subscribe(1, 'player:*', function(c, m, p) note('pattern', c, p) end))
        local _, event = rt.DefineEvent('PlayerDeath', 'player:death', {'victim_name', 'weapon'})
        assert(select(2, rt.DefineEvent('PlayerDeath', 'player:death', {'victim_name', 'weapon'})) == event)
        assert(rt.DefineEvent('PlayerDeath', 'player:death', {'other'}) == false)
        assert(rt.SubscribeEvent(event, function(data, id, source, time, timestamp, channel, isOwn, ...)
            note('event', channel, source, data.victim_name, tostring(data.weapon), tostring(isOwn), select('#', ...))
            assert(math.abs(timestamp - os.time()) < 5 and id:match('^%x+%-1$') and time:match('Z$'))
        end))
        assert(rt.PublishEvent(event, 'Al\0ice', nil))
        local receivers
        assert(rt.Publish('player:death', 'garbage', function(ok, n) receivers = n end))
        assert(receivers == nil, 'never from inside Publish')
        assert(rt.ProcessEvents(0, 0) == 4) assert(connected == true and receivers == 2)
        table.sort(log)
        assert(table.concat(log, ' ') == 'event|player:death|/gmod/t|Al\0ice|nil|true|0 ' ..
            'pattern|player:death|player:* pattern|player:death|player:* raw|player:death|m raw|player:death|m', table.concat(log, ' '))
        assert(#failures == 0, failures[1])
        local s = rt.GetStats()
        assert(s.sent == 2 and s.published == 2 and s.pending == 0 and s.refused == 1)
        assert(s.received == 4 and s.delivered == 4 and s.dropped == 0 and s.queued == 0 and s.invalid == 1)
        assert(rt.Unsubscribe(raw)) assert(rt.Unsubscribe(raw) == false)
        assert(rt.PublishEvent(99) == false) assert(select(3, rt.PublishEvent(event, 0/0)):find('victim_name: NaN'))
    )lua");
}

TEST_CASE("bytes travel unchanged: every value, empty, a megabyte, and not a byte more") {
    LuaFixture lua;
    lua.Run(R"lua(
        assert(rt.Connect())
        local got assert(rt.Subscribe(0, 'c', function(_, m) got = m end))
        local all = {} for i = 0, 255 do all[i + 1] = string.char(i) end all = table.concat(all)
        for _, m in ipairs{'', '\0', all, all:rep(4096)} do
            assert(rt.Publish('c', m)) rt.ProcessEvents() assert(got == m)
        end
        assert(select(2, rt.Publish('c', ('x'):rep(2^20 + 1))) == 7, 'PAYLOAD_TOO_LARGE')
        assert(rt.Publish('', 'x') == false and rt.Publish(('c'):rep(1025), 'x') == false)
    )lua");
}

TEST_CASE("wrong types raise and name the argument; wrong options are refused and name the option") {
    LuaFixture lua;
    lua.Run(R"lua(
        local function raises(part, f, ...)
            local ok, text = pcall(f, ...)
            assert(not ok and text:find(part, 1, true), tostring(text))
        end
        raises("bad argument #1 to 'Publish' (string expected, got no value)", rt.Publish)
        raises("bad argument #2 to 'Publish' (string expected, got number)", rt.Publish, 'c', 5)
        raises("bad argument #3 to 'Publish' (function expected, got table)", rt.Publish, 'c', 'm', {})
        raises("bad argument #3 to 'Subscribe'", rt.Subscribe, 0, 'c')
        raises("bad argument #1 to 'Subscribe'", rt.Subscribe, 7, 'c', print)
        raises("the name of a setting expected", rt.GetEnvironment, 'HOME')
        raises("number out of range", rt.ProcessEvents, -1) raises("number out of range", rt.ProcessEvents, 0/0)
        assert(rt.GetEnvironment('REDIS_SURELY_NOT_SET') == nil)
        local function refused(part, options)
            local ok, code, detail = rt.Configure(options)
            assert(ok == false and detail:find(part, 1, true), tostring(detail))
        end
        refused('port must be a whole number from 1 to 65535', {port = 0}) refused('port', {port = 1.5})
        refused('port must be a number', {port = '6379'}) refused('timeout', {timeout = -1}) refused('host', {host = {}})
        refused('"nats" (there are: "memory", "redis")', {backend = 'nats'})
        refused('a username needs a password', {backend = 'redis', username = 'u'})
        assert(rt.Configure(setmetatable({}, {__index = error})))
    )lua");
}

TEST_CASE("what cannot be taken is refused with a code and counted") {
    LuaFixture lua;
    lua.Run(R"lua(
        assert(rt.Configure{backend = 'redis', host = '127.0.0.1', port = 1, queueMessages = 3})
        assert(rt.Connect())
        local ended = {}
        for i = 1, 3 do assert(rt.Publish('c', 'm', function(ok, code) ended[i] = code end)) end
        assert(select(2, rt.Publish('c', 'm', function() error('never') end)) == 6, 'QUEUE_FULL')
        assert(rt.Disconnect())
        assert(select(2, rt.Publish('c', 'm')) == 22 or rt.GetState() == 0)
        while rt.GetState() ~= 0 do rt.ProcessEvents() end
        rt.ProcessEvents(0, 0)
        assert(ended[1] == 22 and ended[2] == 22 and ended[3] == 22, 'SHUTTING_DOWN')
        local s = rt.GetStats()
        assert(s.sent == 3 and s.failed == 3 and s.pending == 0 and s.refused == 2)
    )lua");
}

TEST_CASE("the sequence of the events has no gap where one was refused, whatever for") {
    LuaFixture lua;
    lua.Run(R"lua(
        local _, event = rt.DefineEvent('E', 'e', {'x'})
        local function refused(number, value)
            local ok, code, detail = rt.PublishEvent(event, value)
            assert(ok == false and code == number, tostring(code) .. ' ' .. tostring(detail))
        end
        refused(4, 'NOT_CONNECTED')
        assert(rt.Configure{backend = 'redis', host = '127.0.0.1', port = 1, queueMessages = 2})
        assert(rt.Connect())
        assert(rt.PublishEvent(event, 'never sent') and rt.PublishEvent(event, 'nor this'))
        for _ = 1, 3 do refused(6, 'QUEUE_FULL') end
        assert(rt.Disconnect())
        while rt.GetState() ~= 0 do rt.ProcessEvents() end
        refused(4, 'NOT_CONNECTED')
        assert(rt.Configure{backend = 'memory', maxPayloadBytes = 500}) assert(rt.Connect())
        local ids = {}
        assert(rt.SubscribeEvent(event, function(_, id) ids[#ids + 1] = id:match('%-(%d+)$') end))
        assert(rt.PublishEvent(event, 'the third'))
        refused(23, print) -- ENCODE_FAILED
        refused(23, {x = 0/0})
        assert(rt.PublishEvent(event, 'the fourth'))
        -- PAYLOAD_TOO_LARGE: found when the text is written, and, the shorter ones, when it is handed over.
        local accepted = 0
        for length = 200, 600 do
            local ok, code = rt.PublishEvent(event, ('x'):rep(length))
            assert(ok or code == 7, code)
            accepted = accepted + (ok and 1 or 0)
        end
        assert(accepted > 0 and accepted < 400, accepted)
        assert(rt.PublishEvent(event, 'the last'))
        rt.ProcessEvents(0, 0)
        assert(#ids == accepted + 3, #ids)
        for index, number in ipairs(ids) do assert(tonumber(number) == index + 2, index .. ': ' .. number) end
    )lua");
}

TEST_CASE("closing answers what waits, gives back every reference, and leaves callable functions") {
    host::LuaMachine machine;
    const int before = machine.LiveReferences();
    for (int round = 0; round < 50; ++round) {
        REQUIRE_FALSE(machine.Call(&gmod13_open).has_value());
        const auto failure = machine.RunString(R"lua(
            kept = realtime_core.Publish answered = 0
            realtime_core.SetHandlers(print, print, function() end)
            assert(realtime_core.Configure{backend = 'redis', port = 1})
            assert(realtime_core.Connect(function(ok) answered = answered + 1 end))
            for i = 1, 5 do realtime_core.Publish('c', 'm', function(ok) answered = answered + (ok and 100 or 1) end) end
            for i = 1, 5 do realtime_core.Subscribe(0, 'c' .. i, function() end) end
        )lua");
        CHECK_MESSAGE(!failure.has_value(), failure.value_or(""));
        REQUIRE_FALSE(machine.Call(&gmod13_close).has_value());
        CHECK_FALSE(machine.RunString("assert(answered == 6, answered) assert(not pcall(kept, 'c', 'm'))").has_value());
        CHECK(machine.LiveReferences() == before);
    }
    CHECK(machine.InvalidFrees() == 0);
}

TEST_CASE("the functions are those of the contract") {
    LuaFixture lua;
    std::string list = "local n = 0 for k, v in pairs(rt) do n = n + (type(v) == 'function' and 1 or 0) end ";
    for (const auto& function : realtime::kFunctions) {
        list += std::string("assert(type(rt.") + function.name + ") == 'function', '" + function.name + "') ";
    }
    lua.Run(list + "assert(n == " + std::to_string(std::size(realtime::kFunctions)) +
            ") assert(rt.ABI and rt.VERSION)");
}

TEST_CASE("a typed event that its subscriber finds wrong is counted, and reported once a minute for each event") {
    LuaFixture lua;
    lua.Run(R"lua(
        local lines = {}
        rt.SetHandlers(print, function() end, function(level, line) lines[#lines + 1] = level .. ' ' .. line end)
        assert(rt.Configure{backend = 'memory', source = '/gmod/t', logLevel = 2}) assert(rt.Connect())
        for name, channel in pairs{A = 'a', B = 'b'} do
            local _, event = rt.DefineEvent(name, channel, {'x'})
            assert(rt.SubscribeEvent(event, function(data)
                for i = 1, 40 do rt.DefineEvent(name .. i, name .. i, {'y'}) end
                if data.x ~= 1 then return 'x: expected 1' end
            end))
            for _, x in ipairs{1, 2, 3, 1} do assert(rt.PublishEvent(event, x)) end
            assert(rt.Publish(channel, 'no event'))
        end
        rt.ProcessEvents(0, 0)
        local s = rt.GetStats() assert(s.invalid == 6 and s.delivered == 10 and s.callbackErrors == 0)
        table.sort(lines)
        assert(#lines == 2, table.concat(lines, '\n'))
        assert(lines[1]:find('^2 .*a message on "a" is no A event and was not delivered: .*x: expected 1'), lines[1])
        assert(lines[2]:find('^2 .*a message on "b" is no B event and was not delivered: .*x: expected 1'), lines[2])
    )lua");
}

TEST_CASE("an event's channel is text on one line, since it becomes the event's type") {
    LuaFixture lua;
    lua.Run(R"lua(
        for _, channel in ipairs{'i\255v', 'a\nb', 'a\0', '\127', '\237\160\128'} do
            local ok, code, detail = rt.DefineEvent('E', channel, {'x'})
            assert(ok == false and code == 1 and detail == 'channel: expected UTF-8 text without control characters', detail)
        end
        assert(rt.DefineEvent('E', 'spawn:\226\152\186 here', {'x'}))
    )lua");
}

TEST_CASE("every function takes as many arguments as the contract says") {
    LuaFixture lua;
    for (const realtime::FunctionInfo& function : realtime::kFunctions) {
        // One too few is a mistake of the caller's; JSON can be made of nothing, too.
        if (function.min_args > 0 && std::string_view(function.name) != "JsonEncode") {
            lua.Run(std::string("local ok, text = pcall(rt.") + function.name +
                    ") assert(not ok and text:find('bad argument #1', 1, true), tostring(text))");
        }
        // And none more than it says is looked at.
        if (function.max_args != realtime::kAnyArgs) {
            CHECK(function.max_args >= function.min_args);
        }
    }
}
