-- ILuaBase through a binary module, function by function.
local check = include("check.lua")
require("hosttest")
local t = hosttest

local function stack()
    check.equal(t.pushString("abc\0def", 0), "abc", "PushString with length 0 is strlen")
    check.equal(t.pushString("abc\0def", 5), "abc\0d", "PushString with a length")
    check.equal(t.pushString("", 0), "", "PushString of nothing")
    local length, terminated = t.stringLength("ab\0c")
    check.equal(length .. "/" .. terminated, "4/2", "GetString with length")
    length, terminated = t.stringLength({})
    check.equal(length .. "/" .. terminated, "0/-1", "GetString of a table is null")
    check.equal(select(1, t.stringLength(12)), 2, "GetString of a number")

    check.list({ t.types(nil, true, 1, "", {}, print, coroutine.create(print), Vector(), Angle(), NULL, t.light()) },
        { 0, 1, 3, 4, 5, 6, 8, 10, 11, 9, 2, -1 }, "GetType")
    check.list({ t.rearrange("a", "b", "c") }, { "c", "a", "c", nil }, "Insert, Push, Remove")
end

local function tables()
    local with = setmetatable({ field = "own" }, { __index = function(_, key) return "meta " .. key end })
    check.list({ t.access(with, "key") }, { "meta key", nil, "own", "own", 0 }, "GetTable runs __index")
    check.equal(select(2, t.access(with, "key")), nil, "RawGet does not")
    check.equal(select(5, t.access({ 1, 2, 3 }, 1)), 3, "ObjLen")

    local seen = {}
    local target = setmetatable({}, { __newindex = function(_, key, value) seen[key] = value end })
    t.assign(target, "key", 7)
    check.equal(seen.key, 7, "SetTable runs __newindex")
    check.equal(seen.field, 7, "SetField runs __newindex")
    check.equal(seen.raw, nil, "RawSet does not")
    check.equal(rawget(target, "raw"), 7, "RawSet")

    local equal, raw = t.compare(Vector(1, 2, 3), Vector(1, 2, 3))
    check.equal(equal .. "/" .. raw, "1/0", "Equal runs __eq, RawEqual does not")
    equal, raw = t.compare("a", "a")
    check.equal(equal .. "/" .. raw, "1/1")
    local entries, sum = t.sum({ 1, 2, x = 4 })
    check.equal(entries .. "/" .. sum, "3/7", "Next")
    check.list({ t.booleans(0) }, { true, true, false }, "GetBool of 0")
    check.list({ t.booleans(nil) }, { false, true, false }, "GetBool of nil")
    check.equal(t.special(0), _G, "globals")
    check.equal(t.special(1), _G, "environment")
    check.equal(t.special(2), debug.getregistry(), "registry")
end

local function calls()
    check.list({ t.call(function(a, b) return b, a end, 1, 2) }, { 2, 1 }, "Call")
    check.raises("inside", t.call, function() error("inside") end)
    local status, result = t.pcall(function() return "fine" end)
    check.equal(status .. result, "0fine", "PCall")
    status, result = t.pcall(function() error("wrong", 0) end)
    check.equal(status .. result, "2wrong", "PCall without handler")

    local depth
    local message, handled = t.pcallWith(function(text)
        depth = debug.traceback():find("deepest", 1, true) ~= nil
        return "handled " .. text
    end, function()
        local function deepest() error("wrong", 0) end
        deepest()
    end)
    check.equal(depth, true, "the handler sees the failing stack")
    check.equal(message, 2, "PCall's status")
    check.equal(handled, 3, "handler, result and status are on the stack")
    check.equal(select(3, t.pcallWith(function(text) return "handled " .. text end, function() error("x", 0) end)),
        "handled x", "PCall gives what the handler returned")

    local line = debug.getinfo(1, "l").currentline + 1
    local ok, text = pcall(function() t.throwError("100% thrown") end)
    check.equal(ok, false)
    check.equal(text:match("lua_base%.lua:(%d+: .*)$"), line .. ": 100% thrown", "ThrowError has the caller's position")
    check.raises("bad argument #2 to '?' (not so)", t.argError, 2, "not so")
    check.raises("bad argument #1 to 'argError' (not so)", function() t.argError(1, "not so") end)
    check.raises("(string expected, got nil)", function() t.checkType(nil, 4) end)
    check.raises("(vector expected, got table)", function() t.checkType({}, 10) end)
    check.equal(t.checkType(Vector(), 10), true)
    check.raises("string expected, got table", t.checkString, {})
    check.equal(t.checkString(12), "12")
    check.raises("bad argument #1 to 'checkNumber' (number expected, got string)",
        function() t.checkNumber("x") end)
    check.equal(t.checkNumber("0x10"), 16)
    check.list({ t.typeName(-1), t.typeName(4), t.typeName(7), t.typeName(10), t.typeName(43), t.typeName(255) },
        { "none", "string", "userdata", "vector", "surfaceinfo", "unknown" }, "GetTypeName")
end

local function closures()
    local counter, other = t.counter("second"), t.counter("other")
    check.list({ counter() }, { 1, "second" }, "upvalues")
    check.list({ counter() }, { 2, "second" }, "an upvalue keeps its value")
    check.list({ other() }, { 1, "other" }, "closures do not share upvalues")
    check.list({ t.wide()() }, { 1, 12 }, "twelve upvalues")
    check.equal(t.functionOf(counter), "counter", "GetCFunction")
    check.equal(t.functionOf(t.wide()), "wide", "GetCFunction of a wide closure")
    check.equal(t.functionOf(t.functionOf), "other", "GetCFunction of a plain function")
    check.equal(t.functionOf(function() end), "none", "GetCFunction of a Lua function")
    check.equal(t.functionOf(pcall), "none", "GetCFunction of a function that is no module's")
end

local function references()
    local live = host.References()
    local object = {}
    local reference, popped = t.referenceCreate(object)
    check.equal(popped, 1, "ReferenceCreate pops")
    check.equal(host.References(), live + 1, "a reference is counted")
    check.equal(t.referencePush(reference), object, "ReferencePush")
    local weak = setmetatable({ object }, { __mode = "v" })
    object = nil
    collectgarbage() collectgarbage()
    check.equal(weak[1] ~= nil, true, "a reference keeps its value alive")
    t.referenceFree(reference)
    collectgarbage() collectgarbage()
    check.equal(weak[1], nil, "a freed one does not")
    check.equal(host.References(), live)
    check.equal(host.InvalidFrees(), 0)
    t.referenceFree(reference)
    check.equal(host.InvalidFrees(), 1, "freeing twice is noticed")
    check.equal(t.referenceCreate(nil), -1, "nil has the reference that is none")
    t.referenceFree(-1)
    check.equal(host.InvalidFrees(), 1)
    check.equal(host.References(), live, "nil is not counted")
end

local function userdata()
    check.list({ t.vectorLayout(Vector(1, 2.5, -3)) }, { 10, true, 1, 2.5, -3 }, "layout of a Vector")
    check.list({ t.vectorLayout(Angle(10, 20, 30)) }, { 11, true, 10, 20, 30 }, "layout of an Angle")
    check.equal(t.doubled(Vector(1, 2, 3)), Vector(2, 4, 6), "GetVector, PushVector")
    check.equal(t.doubled("no vector"), Vector(0, 0, 0), "GetVector of something else")
    check.equal(t.turned(Angle(1, 2, 3)), Angle(1, 182, 3), "GetAngle, PushAngle")
    check.equal(type(t.doubled(Vector())), "Vector")

    check.equal(t.sameLight(t.light()), true, "light userdata")
    check.equal(t.sameLight(t.rawBlock(7)), false)
    check.list({ t.types(t.rawBlock(7), t.rawBlock(10), t.rawBlock(200)) }, { 7, 10, 200, -1 },
        "GetType reports the type byte, whatever it holds")

    local number, meta = t.metaTable("HostTestObject")
    check.equal(number > 43 and number < 256, true, "CreateMetaTable's number")
    check.equal(t.metaTable("HostTestObject"), number, "the same name, the same number")
    check.equal(select(2, t.metaTable("HostTestObject")), meta, "and the same table")
    check.equal(t.metaTable("HostTestOther") ~= number, true)
    check.equal(t.typeName(number), "HostTestObject")
    check.equal(FindMetaTable("HostTestObject"), meta)
    check.list({ t.pushMetaTable(number) }, { true, 1 }, "PushMetaTable")
    check.list({ t.pushMetaTable(250) }, { false, 0 }, "PushMetaTable of no type")

    meta.__index = { Name = function() return "own method" end }
    local object = t.userType(number, 4096)
    check.equal(object.Name(), "own method", "PushUserType sets the metatable")
    check.equal(type(object), "HostTestObject")
    check.equal(TypeID(object), number)
    check.equal(t.isType(object, number) and not t.isType(object, 7), true, "IsType")
    check.raises("(HostTestObject expected, got number)", function() t.checkType(1, number) end)
    check.equal(t.dataOf(object), 4096)
    t.clear(object)
    check.equal(t.dataOf(object), 0, "SetUserType")

    local fixed = t.metaTableType("HostTestFixed", 60)
    check.equal(fixed.MetaID, 60, "CreateMetaTableType")
    check.equal(t.metaTableType("HostTestFixed", 60), fixed)
    local value, mark = {}, {}
    check.equal(t.swapMeta(value, mark), false, "GetMetaTable of none")
    check.equal(getmetatable(value), mark, "SetMetaTable")
    check.equal(t.swapMeta(value, {}), true)
end

check.run(function()
    stack()
    tables()
    calls()
    closures()
    references()
    userdata()
end)
