// What Configure accepts and refuses, option by option, with the words of each refusal.
#include <array>
#include <cstdint>
#include <string>

#include "realtime/contract.h"
#include "support/lua_fixture.h"

using realtime::test::LuaFixture;
namespace limits = realtime::limits;

namespace {

/// `accept(options)`, `refuse(text, options)`: the detail is exactly that text, the code INVALID_CONFIG.
constexpr const char* kHelpers = R"lua(
    function accept(options)
        local ok, code, detail = rt.Configure(options)
        assert(ok == true and code == nil, tostring(code) .. ': ' .. tostring(detail))
    end
    function refuse(text, options, expected)
        local ok, code, detail = rt.Configure(options)
        assert(ok == false, 'accepted, but expected: ' .. text)
        assert(code == (expected or 2), 'code ' .. tostring(code))
        assert(detail == text, 'got "' .. tostring(detail) .. '", expected "' .. text .. '"')
    end
    inf, nan = math.huge, 0 / 0
    wrongNumbers = {'5', true, {}, print, Vector and Vector(1, 2, 3) or {}}
    wrongStrings = {5, true, {}, print, coroutine.create(print)}
)lua";

struct WholeNumber {
    const char* name;
    std::int64_t least;
    std::int64_t most;
};

constexpr std::array<WholeNumber, 6> kWholeNumbers{{
    {"port", 1, limits::kMaxPort},
    {"database", 0, limits::kMaxDatabase},
    {"queueMessages", 1, limits::kMostQueueMessages},
    {"queueBytes", 1, limits::kMostQueueBytes},
    {"maxPayloadBytes", 1, limits::kMostPayloadBytes},
    {"logLevel", 0, 3},
}};

constexpr std::array<const char*, 7> kStrings{
    {"backend", "host", "username", "password", "unixSocket", "clientName", "source"}};

}  // namespace

TEST_CASE("whole numbers: both limits are in, everything beside them is out") {
    LuaFixture lua;
    lua.Run(kHelpers);
    for (const WholeNumber& option : kWholeNumbers) {
        const std::string least = std::to_string(option.least);
        const std::string most = std::to_string(option.most);
        lua.Run("name, least, most = '" + std::string(option.name) + "', " + least + ", " + most +
                " range = name .. ' must be a whole number from " + least + " to " + most + "'");
        lua.Run(R"lua(
            for _, value in ipairs{least, least + 1, most - 1, most} do accept{[name] = value} end
            for _, value in ipairs{least - 1, most + 1, least + 0.5, most - 0.5, most + 2^-20, -most, 2^53, 2^63, 2^64, -2^63,
                1e308, inf, -inf, nan, 5e-324} do
                if value ~= least then refuse(range, {[name] = value}) end
            end
            for _, value in pairs(wrongNumbers) do refuse(name .. ' must be a number', {[name] = value}) end
            refuse(name .. ' must be a number', {[name] = false})
            accept{[name] = nil}
        )lua");
    }
    // Minus zero is zero.
    lua.Run("accept{database = -0.0}");
}

TEST_CASE("the timeout has fractions, and both limits are in") {
    static_assert(limits::kMinTimeoutMs == 50 && limits::kMaxTimeoutSeconds == 300);
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        for _, value in ipairs{0.05, 0.0501, 0.3, 1, 2.5, 299.999, 300} do accept{timeout = value} end
        for _, value in ipairs{0, -1, 0.0499999, 300.0000001, 301, 2^53, 1e308, inf, -inf, nan, 5e-324, -0.0} do
            refuse('timeout must be a number of seconds from 0.050000 to 300', {timeout = value})
        end
        for _, value in pairs(wrongNumbers) do refuse('timeout must be a number', {timeout = value}) end
        refuse('timeout must be a number', {timeout = false})
    )lua");
}

TEST_CASE("strings: no other type, and no NUL byte") {
    LuaFixture lua;
    lua.Run(kHelpers);
    for (const char* const name : kStrings) {
        lua.Run("name = '" + std::string(name) + "'");
        lua.Run(R"lua(
            for _, value in pairs(wrongStrings) do refuse(name .. ' must be a string', {[name] = value}) end
            refuse(name .. ' must be a string', {[name] = false})
            for _, value in ipairs{'\0', 'a\0', '\0b', 'a\0b'} do refuse(name .. ' must not hold a NUL byte', {[name] = value}) end
            if name ~= 'backend' then for _, value in ipairs{'', 'x', ('long'):rep(1000), '\255\254'} do accept{[name] = value} end end
        )lua");
    }
}

TEST_CASE("the backend is one of those there are, and checks what it needs") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        accept{backend = ''} accept{backend = 'memory'} accept{backend = 'redis'}
        refuse('"nats" (there are: "memory", "redis")', {backend = 'nats'}, 3)
        refuse('"Redis" (there are: "memory", "redis")', {backend = 'Redis'}, 3)
        accept{backend = 'redis', username = 'u', password = 'p'}
        accept{backend = 'redis', password = 'p'}
        accept{backend = 'memory', username = 'u'}
        refuse('a username needs a password', {backend = 'redis', username = 'u'})
        refuse('a username needs a password', {backend = 'redis', username = 'u', password = ''})
        refuse('host must not be empty', {backend = 'redis', host = ''})
        accept{backend = 'redis', host = '', unixSocket = '/run/redis.sock'}
        for _, name in ipairs{'a b', 'a\n', '\r', ' '} do
            refuse('clientName must not hold spaces or line breaks', {backend = 'redis', clientName = name})
        end
    )lua");
}

TEST_CASE("the first thing that is wrong is named, and what was configured before stays") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        accept{backend = 'memory', maxPayloadBytes = 3, queueMessages = 7}
        refuse('host must be a string', {timeout = -1, host = 5, port = 0})
        refuse('port must be a whole number from 1 to 65535', {timeout = -1, port = 0, maxPayloadBytes = 100})
        assert(rt.Connect())
        assert(rt.Publish('c', '123'))
        local ok, code, detail = rt.Publish('c', '1234')
        assert(ok == false and code == 7 and detail == '4 bytes, the limit is 3', detail)
        -- What is not given is the default again, not the value of an earlier call.
        assert(rt.Disconnect()) accept{} assert(rt.Connect()) assert(rt.Publish('c', '1234'))
    )lua");
}

TEST_CASE("unknown options and metamethods are of no consequence; no table is the caller's mistake") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        accept{} accept{nothing = 'x', [1] = 2, [{}] = {}}
        accept(setmetatable({}, {__index = function() error('never asked') end}))
        for _, value in ipairs{5, 'x', true, print} do
            local ok, text = pcall(rt.Configure, value)
            assert(not ok and text:find("bad argument #1 to 'Configure' (table expected, got", 1, true), text)
        end
        local ok, text = pcall(rt.Configure)
        assert(not ok and text:find("bad argument #1 to 'Configure' (table expected, got no value)", 1, true), text)
    )lua");
}

TEST_CASE("no password in any refusal") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        for _, options in ipairs{{port = 0}, {backend = 'nats'}, {backend = 'redis', username = 'u', password = ''}, {host = '\0'}} do
            options.password = options.password or 'sesame\0'
            local ok, _, detail = rt.Configure(options)
            assert(ok == false and not detail:find('sesame'), detail)
        end
    )lua");
}
