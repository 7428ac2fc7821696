-- Each file of src/ with behaviour of its own has its spec at the same path, or vectors that tests/pure runs through it.
local newGame = require("support.game")

local WITHOUT = {
    ["api"] = "types only", ["globals.d"] = "types only", ["subscription"] = "types only", ["native/module"] = "types only",
    ["events/definition"] = "types, and a function that gives its arguments back", ["events/fields"] = "types and two numbers",
    ["native/contract"] = "generated",
}
local VECTORS = {
    ["config/settings"] = "settings", ["config/merge"] = "merge",
    ["events/check"] = "events", ["events/problems"] = "events", ["events/shape"] = "events",
    ["problem_list"] = "dotenv", ["unknown_keys"] = "events", ["nearest"] = "nearest", ["text"] = "nearest",
}

local function exists(path)
    local file = io.open(path, "rb")
    if file then file:close() end
    return file ~= nil
end

local function filesOf(folder)
    local list, pipe = {}, assert(io.popen("cd " .. folder .. " && find . -name '*.ts'"))
    for line in pipe:lines() do list[#list + 1] = line:match("^%./(.*)%.ts$") end
    pipe:close()
    return list
end

describe("src/", function()
    it("is mirrored by the specs", function()
        local files = filesOf("src")
        assert.is_true(#files > 20)
        for _, name in ipairs(files) do
            local vectors = VECTORS[name]
            assert.is_true(exists("tests/spec/" .. name .. "_spec.lua") or WITHOUT[name] ~= nil
                or vectors ~= nil and exists("tests/pure/vectors/" .. vectors .. ".json"), "src/" .. name .. ".ts has no spec")
        end
    end)
end)

local BUILT_IN = {}
for name in ("boolean fun function integer nil number string table unknown"):gmatch("%a+") do BUILT_IN[name] = true end

-- Where the type at the beginning of a text ends: at the first space that is in no bracket.
local function typeIn(text)
    local depth = 0
    for i = 1, #text do
        local character = text:sub(i, i)
        if character:find("[%(%[{<]") then depth = depth + 1 end
        if character:find("[%)%]}>]") then depth = depth - 1 end
        if character == " " and depth == 0 then return text:sub(1, i - 1) end
    end
    return text
end

-- The names of types in a type: neither literals nor the names of arguments and fields.
local function namesIn(kind)
    local names = {}
    for name in kind:gsub('"[^"]*"', ""):gsub("[%w_]+%??:", ""):gmatch("%a[%w_%.]*") do names[#names + 1] = name end
    return names
end

-- What the annotations say, line by line: the types that they define, those that they name, and each function's signature.
local function readAnnotations()
    local defined, used, functions, signature = {}, {}, {}, { params = {}, returns = {} }
    local function use(kind, line)
        for _, name in ipairs(namesIn(kind)) do used[#used + 1] = { name = name, line = line } end
        return kind
    end
    local handlers = {
        alias = function(rest, line)
            local name, kind = rest:match("^(%S+) (.+)$")
            defined[name] = true
            use(kind, line)
        end,
        class = function(rest, line)
            local name, parents = rest:gsub("^%(exact%) ", ""):match("^([%w_%.]+):? ?(.*)$")
            defined[name] = true
            use(parents, line)
        end,
        field = function(rest, line) use(typeIn(rest:match("^%S+ (.+)$")), line) end,
        param = function(rest, line)
            local name, kind = rest:match("^([%w_]+)%?? (.+)$")
            signature.params[#signature.params + 1] = name
            signature.types = signature.types or {}
            signature.types[name] = use(typeIn(kind), line)
        end,
        ["return"] = function(rest, line) signature.returns[#signature.returns + 1] = use(typeIn(rest), line) end,
        overload = use,
        nodiscard = function() signature.isNoDiscard = true end,
        meta = function() end,
    }
    local number = 0
    for line in io.lines("annotations/realtime.lua") do
        number = number + 1
        local tag, rest = line:match("^%-%-%-@(%a+) ?(.*)$")
        if tag ~= nil then
            assert(handlers[tag], line)(rest, number .. ": " .. line)
        end
        local name, arguments = line:match("^function realtime%.(%w+)%((.*)%) end$")
        if name ~= nil then
            signature.name, signature.arguments = name, arguments
            functions[#functions + 1] = signature
            signature = { params = {}, returns = {} }
        end
    end
    return defined, used, functions
end

describe("the annotations for lua-language-server", function()
    it("load, and have exactly the functions that the bundle has", function()
        local annotated = setmetatable({}, { __index = _G })
        setfenv(assert(loadfile("annotations/realtime.lua")), annotated)()
        local realtime = newGame():load()
        for name, value in pairs(realtime) do
            local isPublic = name:sub(1, 1) ~= "_"
            if type(value) == "function" and isPublic then assert.equal("function", type(annotated.realtime[name]), name) end
        end
        for name, value in pairs(annotated.realtime) do assert.equal(type(value), type(realtime[name]), name) end
    end)

    it("name no type but their own and Lua's, and nowhere any", function()
        local defined, used = readAnnotations()
        assert.is_true(#used > 100)
        for _, use in ipairs(used) do
            assert.is_true(BUILT_IN[use.name] or defined[use.name] or false, use.name .. " is not defined, line " .. use.line)
        end
    end)

    it("have a type for each argument and value of each function, and a warning where a Result is ignored", function()
        local _, _, functions = readAnnotations()
        assert.is_true(#functions > 30)
        for _, signature in ipairs(functions) do
            assert.equal(signature.arguments, table.concat(signature.params, ", "), signature.name)
            assert.is_true(#signature.returns > 0, signature.name)
            if #signature.returns == 2 then
                assert.equal("boolean", signature.returns[1], signature.name)
                assert.is_true(signature.isNoDiscard, signature.name)
            end
        end
    end)

    it("have On and Emit for each event that there is without a definition", function()
        local _, _, functions = readAnnotations()
        local realtime = newGame():load()
        local names = { On = {}, Emit = {} }
        for _, signature in ipairs(functions) do
            local list = names[signature.name]
            if list then list[#list + 1] = signature.types.name:match('^"(%w+)"$') end
        end
        assert.equal(19, #names.On)
        assert.same(names.On, names.Emit)
        for _, name in ipairs(names.On) do assert.is_true((realtime.On(name, print)), name) end
    end)

    it("do not speak of what only TypeScript has", function()
        for line in io.lines("annotations/realtime.lua") do
            for _, word in ipairs({ "RealtimeEvents", "const %[", "undefined", "TypeScript", "%f[%w]Result%f[%W]" }) do
                assert.is_nil(line:find(word), line)
            end
        end
    end)
end)
