-- Each file of src/ with behaviour of its own has its spec at the same path, or vectors that tests/pure runs through it.
local newGame = require("support.game")

local WITHOUT = {
    ["api"] = "types only", ["globals.d"] = "types only", ["subscription"] = "types only", ["native/module"] = "types only",
    ["events/definition"] = "types, and a function that gives its arguments back", ["events/fields"] = "types and two numbers",
    ["native/contract"] = "generated",
}
local VECTORS = {
    ["config/settings"] = "settings", ["events/check"] = "events", ["events/problems"] = "events", ["events/shape"] = "events",
    ["problem_list"] = "dotenv", ["nearest"] = "nearest", ["text"] = "nearest",
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
end)
