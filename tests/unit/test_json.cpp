// The JSON codec through JsonEncode and JsonDecode, on LuaJIT.
#include "support/lua_fixture.h"

using realtime::test::LuaFixture;

namespace {

constexpr const char* kHelpers = R"lua(
function encodes(value, text)
    local ok, got, detail = rt.JsonEncode(value)
    assert(ok, detail)
    assert(got == text, 'got ' .. got .. ', expected ' .. text)
end
function refuses(value, part)
    local ok, code, detail = rt.JsonEncode(value)
    assert(ok == false, 'was encoded: ' .. tostring(code))
    assert(detail:find(part, 1, true), 'got: ' .. detail .. ', expected: ' .. part)
end
function decodes(text) local ok, value, detail = rt.JsonDecode(text) assert(ok, detail) return value end
function rejects(text, part)
    local ok, code, detail = rt.JsonDecode(text)
    assert(ok == false, 'was decoded: ' .. text)
    assert(detail:find(part or 'at byte', 1, true), 'got: ' .. detail)
end
)lua";

}  // namespace

TEST_CASE("numbers") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        encodes(0, '0') encodes(-0.0, '0') encodes(3, '3') encodes(-17, '-17') encodes(0.1, '0.1')
        encodes(2^53, '9007199254740992') encodes(-2^53, '-9007199254740992')
        encodes(1e300, '1e300') encodes(5e-324, '5e-324') encodes(1/3, '0.3333333333333333')
        refuses(0/0, 'value: NaN') refuses(1/0, 'value: infinity') refuses({a = {-1/0}}, 'value.a[1]: infinity')
        assert(decodes('9007199254740993') == 2^53) assert(decodes('-1.5e3') == -1500) rejects("1E400")
    )lua" + std::string());
}

TEST_CASE("strings are bytes in Lua and UTF-8 in JSON") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        encodes('', '""') encodes('a"b\\c/', '"a\\"b\\\\c/"') encodes('a\0b', '"a\\u0000b"')
        encodes('\n\t', '"\\n\\t"') encodes('h\195\169', '"h\195\169"') encodes('\255', '"\239\191\189"')
        assert(decodes('"a\\u0000b"') == 'a\0b') assert(decodes('"\\ud83d\\ude00"') == '\240\159\152\128')
        rejects('"\\ud83d"') rejects('"\255"') rejects('"a\nb"') assert(#decodes('"' .. ('x'):rep(2^20) .. '"') == 2^20)
    )lua");
}

TEST_CASE("tables") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        encodes({}, '{}') encodes({1, 2, 3}, '[1,2,3]') encodes({a = {b = {}}}, '{"a":{"b":{}}}')
        encodes({true, false}, '[true,false]') encodes({['1'] = 1}, '{"1":1}')
        refuses({1, nil, 3}, 'value: the keys') refuses({1, a = 2}, 'value: the keys') refuses({[1.5] = 1}, 'the keys')
        refuses({[true] = 1}, 'the keys') refuses({a = print}, 'value.a: a function')
        refuses({x = {y = {0, coroutine.create(print)}}}, 'value.x.y[2]')
        local loop = {} loop.me = loop refuses(loop, 'nested deeper than 64')
        encodes(setmetatable({a = 1}, {__index = error, __pairs = error, __len = error}), '{"a":1}')
        local deep = {} for _ = 1, 63 do deep = {deep} end
        assert(rt.JsonEncode(deep)) refuses({deep}, 'nested deeper')
    )lua");
}

TEST_CASE("texts that are no JSON are refused with their place, and leave the stack alone") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        for _, bad in ipairs{'', ' ', '{', '[1,', '[1,]', '{"a"}', '{a:1}', "{'a':1}", 'nul', '01', '+1', '1.', '.5', '--1',
                             '1 2', '[1] x', '"', 'NaN', '[1}', '{"a":1,}', 'true false', '\0', '1\0', '\239\187\1911'} do
            rejects(bad)
        end
        local value = decodes(' {"a" : [1, {"b": null}, []], "a2": "x", "a2": "y"} ')
        assert(#value.a == 3 and value.a[1] == 1 and next(value.a[2]) == nil and value.a2 == 'y')
        assert(decodes('null') == nil and decodes('true') == true)
        decodes(('['):rep(64) .. (']'):rep(64)) rejects(('['):rep(65) .. (']'):rep(65), 'nested deeper than 64')
        rejects(('['):rep(2^20)) rejects(('{"a":'):rep(2^18))
    )lua");
}
