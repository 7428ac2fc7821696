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
        local list = setmetatable({}, {__jsontype = 'array'})
        encodes(list, '[]') encodes({list}, '[[]]') encodes({a = list}, '{"a":[]}') encodes(setmetatable({}, {}), '{}')
        encodes(setmetatable({}, {__jsontype = 'object'}), '{}') encodes(setmetatable({a = 1}, {__jsontype = 'array'}), '{"a":1}')
        refuses({1, nil, 3}, 'value: the keys') refuses({1, a = 2}, 'value: the keys') refuses({[1.5] = 1}, 'the keys')
        refuses({[true] = 1}, 'the keys') refuses({a = print}, 'value.a: a function')
        refuses({x = {y = {0, coroutine.create(print)}}}, 'value.x.y[2]')
        refuses({['a\nb\0'] = {c = print}}, 'value.a?b?.c: a function')
        refuses({[('k'):rep(48)] = print}, 'value.' .. ('k'):rep(48) .. ': a')
        refuses({[('k'):rep(2^20)] = print}, 'value.' .. ('k'):rep(48) .. '…: a')
        refuses({[('k'):rep(46) .. '☺☺'] = print}, 'value.' .. ('k'):rep(46) .. '…: a')
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

// The categories of the JSON parsing test suite (n: must be refused, y: must be read, i: left to the reader), as cases
// of our own. Source of the categories: https://github.com/nst/JSONTestSuite
TEST_CASE("every category of malformed text is refused with its place") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        local CASES = {
            array = {'[1 true]', '[a]', '["": 1]', '[""],', '[,1]', '[1,,2]', '["x",,]', '["x"]]', '["",]', '["x"', '[x',
                     '[3[4]]', '[1:2]', '[,]', '[-]', '[   , ""]', '["a",\n4\n,1,', '[1,]', '["\va"\\f]', '[*]', '[""', '[1,\n1\n,1',
                     '[{}', ']', '[', '[}'},
            number = {'[++1234]', '[+1]', '[+Inf]', '[-01]', '[-1.0.]', '[-2.]', '[-NaN]', '[.-1]', '[.2e-3]', '[0.1.2]', '[0.3e+]',
                      '[0.3e]', '[0.e1]', '[0E+]', '[0E]', '[0e+]', '[1.0e+]', '[1.0e-]', '[1.0e]', '[1 000.0]', '[1eE2]', '[2.e+3]',
                      '[2.e-3]', '[2.e3]', '[9.e+]', '[Inf]', '[NaN]', '[\239\188\145]', '[1+2]', '[0x1]', '[0x42]', '[Infinity]',
                      '[0e+-1]', '[-123.123foo]', '[123\229]', '[-Infinity]', '[-foo]', '[- 1]', '[-012]', '[-.123]', '[-1x]', '[1ea]',
                      '[1e\229]', '[1.]', '[.123]', '[1.2a-3]', '[1.8011670033376514H-308]', '[012]', '1e', '-', '+', '00', '[1e400]'},
            object = {'["x", truth]', '{[: "x"}\n', '{"x", null}', '{"x"::"b"}', '{\240\159\135\168\240\159\135\173}', '{"a":"a" 123}',
                      '{key: \'value\'}', '{"a" b}', '{:"b"}', '{"a"', '{"a":', '{"a', '{1:1}', '{9999E9999:1}', '{null:null,null:null}',
                      '{"id":0,,,,,}', "{'a':0}", '{"id":0,}', '{"a":"b"}/**/', '{"a":"b"}/**//', '{"a":"b"}//', '{"a":"b"}/', '{"a":"b",,"c":"d"}',
                      '{a: "b"}', '{"a":"a', '{ "foo" : "bar", "a" }', '{"a":"b"}#', '{', '}', '{]'},
            string = {'["\\uD800\\"]', '["\\uD800\\u"]', '["\\uD800\\u1"]', '["\\uD800\\u1x"]', '[\195\169]', '["\\\0"]', '["\\x00"]',
                      '["\\\\\\"]', '["\\\t"]', '["\\\240\159\140\128"]', '["\\"]', '["\\u00A"]', '["\\uD834\\uDd"]', '["\\uD800\\uD800\\x"]',
                      '["\\u\229"]', '["\\a"]', '["\\uqqqq"]', '["\\\229"]', '[\\u0020"asd"]', '[\\n]', '"', "['single quote']", 'abc', '["\\',
                      '["a\0a"]', '["new\nline"]', '["\t"]', '"\\UA66D"', '""x', '["\\u"]', '["\\uD8"]', '"\\'},
            structure = {'<.>', '[<null>]', '[1]x', '[1]]', '["asd]', 'a\195\165', '[True]', '1]', '{"x": true,', '[][]', '{"": ,', '"\128"',
                         '{"a":true} "x"', '[\226\129\160]', '\226\129\160', '\239\187\191', '\239\187\191{}', '', ' ', '[\12]', '\12[]',
                         '\194\160[]', '2@', '{}}', '{"":', '{"a":/*comment*/"b"}', '{"a": true} "x"', "['", '[,', '[{', '["a', '["a"', '{[',
                         '{,', "{'", '{"a', '*', '{"a":"b"}#{}', '[\\u000A""]', '[1', '[ false, nul', '[ true, fals', '[ false, tru', '\229',
                         'nulll', 'TRUE', 'undefined', '[]\0', '\0[]', '/* */ 1', '1 // one'},
            utf8 = {'["\229"]', '["\192\175"]', '["\224\128\128"]', '["\237\160\128"]', '["\244\144\128\128"]', '["\248\136\128\128\128"]',
                    '["\255"]', '["\195"]', '["\226\130"]', '{"\255":1}', '"\239\187\191\255"'},
            utf16 = {'[\0"\0\233\0"\0]\0', '\0[\0"\0\233\0"\0]', '\255\254[\0"\0\233\0"\0]\0', '\254\255\0[\0"\0\233\0"\0]', '\255\254', '\254\255',
                     '1\0', '\0001'},
            surrogates = {'["\\uDADA"]', '["\\uD888\\u1234"]', '["\\uDd1e\\uD834"]', '["\\uD800\\uD800"]', '["\\uDFAA"]', '["\\ud800abc"]',
                          '["\\ud800"]', '["\\uD83D\\n"]', '{"\\uDADA":1}'},
        }
        local count = 0
        for category, list in pairs(CASES) do
            for index, text in ipairs(list) do
                local ran, problem = pcall(rejects, text)
                assert(ran, category .. ' ' .. index .. ': ' .. tostring(problem))
                count = count + 1
            end
        end
        assert(count > 190, count)
    )lua");
}

TEST_CASE("every category of well-formed text is read") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        local NOTHING = {}
        local LONG = ('x'):rep(40)
        local LONGER = ('\195\169"'):rep(2^17)
        local function same(one, other)
            if type(one) ~= 'table' or type(other) ~= 'table' then return one == other end
            for key, value in pairs(one) do if not same(value, other[key]) then return false end end
            for key in pairs(other) do if one[key] == nil then return false end end
            return true
        end
        local CASES = {
            array = {
                {'[[]   ]', {{}}}, {'[""]', {''}}, {'[]', {}}, {'["a"]', {'a'}}, {'[false]', {false}}, {'[null, 1, "1", {}]', {nil, 1, '1', {}}},
                {'[null]', {}}, {'[1\n]', {1}}, {' [1]', {1}}, {'[1,null,null,null,2]', {1, nil, nil, nil, 2}}, {'[2] ', {2}},
            },
            number = {
                {'[123e65]', {123e65}}, {'[0e+1]', {0}}, {'[0e1]', {0}}, {'[ 4]', {4}}, {'[-0.000000000000000000000000000001]', {-1e-30}},
                {'[20e1]', {200}}, {'[-0]', {0}}, {'[-123]', {-123}}, {'[-1]', {-1}}, {'[1E22]', {1e22}}, {'[1E-2]', {0.01}}, {'[1E+2]', {100}},
                {'[123e45]', {123e45}}, {'[123.456e78]', {123.456e78}}, {'[1e-2]', {0.01}}, {'[123.456789]', {123.456789}},
                {'9007199254740992', 2^53}, {'-9007199254740992', -2^53}, {'9007199254740993', 2^53}, {'18446744073709551615', 2^64},
                {'123456789012345678901234567890', 123456789012345678901234567890}, {'0.1', 0.1}, {'5e-324', 5e-324}, {'1e-400', 0},
                {'1.7976931348623157e308', 1.7976931348623157e308}, {'2.2250738585072011e-308', 2.2250738585072011e-308},
            },
            object = {
                {'{"asd":"sdf", "dfg":"fgh"}', {asd = 'sdf', dfg = 'fgh'}}, {'{"a":"b","a":"c"}', {a = 'c'}}, {'{"a":"b","a":"b"}', {a = 'b'}},
                {'{"a":1,"a":null}', {}}, {'{}', {}}, {'{"":0}', {[''] = 0}}, {'{"foo\\u0000bar": 42}', {['foo\0bar'] = 42}},
                {'{"min": -1.0e+28, "max": 1.0e+28}', {min = -1e28, max = 1e28}}, {'{"a":[]}', {a = {}}}, {'{\n"a": "b"\n}', {a = 'b'}},
                {'{"1":1,"76561198000000001":2}', {['1'] = 1, ['76561198000000001'] = 2}}, {'{"__index":1}', {__index = 1}},
                {'{"x":[{"id": "' .. LONG .. '"}], "id": "' .. LONG .. '"}', {x = {{id = LONG}}, id = LONG}}, {'{"' .. LONG .. '":1}', {[LONG] = 1}},
                {'{"' .. LONGER:gsub('"', '\\"') .. '":"' .. LONGER:gsub('"', '\\u0022') .. '"}', {[LONGER] = LONGER}},
            },
            string = {
                {'["\\u0060\\u012a\\u12AB"]', {'`\196\170\225\138\171'}}, {'["\\uD801\\udc37"]', {'\240\144\144\183'}},
                {'["\\ud83d\\ude39\\ud83d\\udc8d"]', {'\240\159\152\185\240\159\146\141'}}, {'["\\"\\\\\\/\\b\\f\\n\\r\\t"]', {'"\\/\b\f\n\r\t'}},
                {'["\\\\u0000"]', {'\\u0000'}}, {'["\\""]', {'"'}}, {'["a/*b*/c/*d//e"]', {'a/*b*/c/*d//e'}}, {'["\\\\a"]', {'\\a'}},
                {'["\\uDBFF\\uDFFF"]', {'\244\143\191\191'}}, {'["\\uFFFF"]', {'\239\191\191'}}, {'["\239\191\191"]', {'\239\191\191'}},
                {'["\\u0000"]', {'\0'}}, {'["\127"]', {'\127'}}, {'["\\uFEFF"]', {'\239\187\191'}}, {'["\226\128\168"]', {'\226\128\168'}},
                {'["\215\169\215\156\215\149\215\157 \226\128\174"]', {'\215\169\215\156\215\149\215\157 \226\128\174'}}, {'" "', ' '}, {'""', ''},
                -- Noncharacters, raw and escaped, are characters like others; the last of all, too.
                {'["\244\143\191\191"]', {'\244\143\191\191'}}, {'["\244\143\191\190"]', {'\244\143\191\190'}}, {'["\\uDBFF\\uDFFE"]', {'\244\143\191\190'}},
                {'["\240\159\191\191"]', {'\240\159\191\191'}}, {'["\\uD83F\\uDFFE"]', {'\240\159\191\190'}}, {'["\240\155\191\191"]', {'\240\155\191\191'}},
                {'["\239\191\190"]', {'\239\191\190'}}, {'["\\uFFFE"]', {'\239\191\190'}}, {'["\239\183\144"]', {'\239\183\144'}},
                {'["\\uFDD0"]', {'\239\183\144'}}, {'["\\u200B\\u2064"]', {'\226\128\139\226\129\164'}},
            },
            structure = {
                {'false', false}, {'42', 42}, {'-0.1', -0.1}, {'null', NOTHING}, {'"asd"', 'asd'}, {'true', true}, {'["a"]\n', {'a'}},
                {' [] ', {}}, {'\t\r\n []\n', {}}, {'[[[[]]]]', {{{{}}}}},
            },
        }
        for category, list in pairs(CASES) do
            for index, case in ipairs(list) do
                local ok, value, detail = rt.JsonDecode(case[1])
                assert(ok, category .. ' ' .. index .. ': ' .. tostring(detail))
                local expected = case[2]
                if expected == NOTHING then expected = nil end
                assert(same(value, expected), category .. ' ' .. index .. ': ' .. case[1] .. ' became ' .. tostring(value))
            end
        end
        assert(1 / decodes('-0.0') == -1/0 and 1 / decodes('0') == 1/0)
    )lua");
}

TEST_CASE("finding 1: numbers whose decimals begin with hundreds of zeros are read, and a zero stays one") {
    // RapidJSON's reader went 4 GiB beyond its tables for the first, and made 7.7e-34 of the second.
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        for zeros = 300, 1200 do
            assert(decodes('0.' .. ('0'):rep(zeros) .. '2') == tonumber('2e-' .. zeros + 1), zeros)
            assert(decodes('-0.' .. ('0'):rep(zeros) .. '2e' .. zeros) == -0.2, zeros)
        end
        for _, zero in ipairs{'0e-313', '0E-308', '0.0e-400', '0e400', '0E+9999999999', '0.000e99'} do
            assert(decodes(zero) == 0 and 1 / decodes(zero) == 1/0 and 1 / decodes('-' .. zero) == -1/0, zero)
        end
        for _, number in ipairs{'1e-2147483647', '1e-2147483649', '12345678901234567890e-2147483648', '1e-99999999999999999999'} do
            assert(decodes(number) == 0, number)
        end
        for _, number in ipairs{'1e309', '1e2147483648', '-1e99999999999999999999', '0.1e310', ('9'):rep(400)} do rejects(number) end
    )lua");
}

TEST_CASE("what was written reads back the same") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        local function back(value)
            local ok, text, detail = rt.JsonEncode(value)
            assert(ok, detail)
            return decodes(text)
        end
        for _, number in ipairs{0, 1, -1, 0.1, 1/3, 2^53, -2^53, 2^53 + 2, 2^63, 1e21, 1e300, 5e-324, 2^-1074, math.pi, 123456.789e-30} do
            assert(back(number) == number, number)
        end
        local bytes = {}
        for byte = 0, 127 do bytes[byte + 1] = string.char(byte) end
        local text = table.concat(bytes) .. '\195\169\226\130\172\240\159\152\128\226\128\174\215\169'
        assert(back(text) == text) assert(back({[text] = text})[text] == text)
        assert(back(('\240\159\152\128'):rep(2^18)) == ('\240\159\152\128'):rep(2^18))
        for broken, repaired in pairs{['\255'] = 1, ['a\192\175b'] = 2, ['\237\160\128'] = 3, ['\240\159\152'] = 1, ['\226\130'] = 1} do
            assert(select(2, back(broken):gsub('\239\191\189', '')) == repaired, broken)
        end
        local wide = {} for i = 1, 50000 do wide[i] = i end
        local read = back(wide) assert(#read == 50000 and read[50000] == 50000)
    )lua");
}

TEST_CASE("finding 2: a Vector counts as a level, so that what is written can be read") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        for _, place in ipairs{Vector(1, 2, 3), Angle(1, 2, 3), {}} do
            local value = place
            for _ = 1, 63 do value = {value} end
            local ok, text = rt.JsonEncode(value)
            assert(ok and rt.JsonDecode(text), text)
            refuses({value}, 'nested deeper than 64')
        end
    )lua");
}

TEST_CASE("finding 3: the largest float is written as one that still is a float") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        local largest = 3.4028234663852886e38
        local ok, text = rt.JsonEncode(Vector(largest, -largest, 0.1))
        assert(ok, text)
        local read = decodes(text)
        assert(read.x == largest and read.y == -largest and read.z == 0.1, text)
    )lua");
}

TEST_CASE("finding 4: sixty tables in one another's places are refused, not written for ever") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        assert(rt.Configure({backend = 'memory', maxPayloadBytes = 1000}))
        assert(rt.Connect())
        assert(rt.DefineEvent('E', 'e', {'a'}))
        local value = {}
        for _ = 1, 60 do value = {value, value} end
        local ok, code, detail = rt.PublishEvent(0, value)
        assert(not ok and code == 7 and detail:find('the text is longer than 1000 bytes', 1, true), detail)
        assert(rt.GetStats().refused == 1)
        local text, list = ('x'):rep(2^20), {}
        for i = 1, 100 do list[i] = text end
        ok, code, detail = rt.JsonEncode(list)
        assert(not ok and code == 7 and detail:find('value[65]: here the text is longer than 67108864 bytes', 1, true), detail)
    )lua");
}

TEST_CASE("what cannot be written is refused with its path") {
    LuaFixture lua;
    lua.Run(kHelpers);
    lua.Run(R"lua(
        local cycle = {name = {}} cycle.name.back = cycle
        local one, two = {}, {} one[1], two[1] = two, one
        local CASES = {
            ['value: NaN'] = 0/0, ['value.a.b[2]: NaN'] = {a = {b = {1, 0/0}}}, ['value[1].x: infinity'] = {{x = math.huge}},
            ['value.f: a function'] = {f = print}, ['value[2]: a function'] = {1, function() end},
            ['value.t: a thread'] = {t = coroutine.create(print)}, ['value.u: '] = {u = newproxy()},
            ['value.a: the keys'] = {a = {1, x = 2}}, ['value.list: the keys'] = {list = {1, nil, 3, [5] = 5}},
            ['value[1]: the keys'] = {{[0] = 1}}, ['value.n: the keys'] = {n = {[-1] = 1}}, ['value.h: the keys'] = {h = {[1.5] = 1}},
            ['value.b: the keys'] = {b = {[true] = 1}}, ['value.k: the keys'] = {k = {[{}] = 1}}, ['nested deeper than 64'] = cycle,
            ['nested deeper than 64 levels'] = one,
        }
        for part, value in pairs(CASES) do refuses(value, part) end
        local shared = {1} encodes({shared, shared}, '[[1],[1]]')
    )lua");
}
