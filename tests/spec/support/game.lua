-- A Lua state of GMod in small: the globals that the bundle meets, in a table of its own, so that every test starts anew.
local fakeCore = require("support.fake_core")

local BUNDLE = "dist/garrysmod/addons/realtime/lua/includes/modules/realtime.lua"
local AUTORUN = "addon/lua/autorun/server/realtime.lua"

local Vector = {}
Vector.__index = Vector

local Game = {}
Game.__index = Game

-- Runs a file or text with the game's globals.
local function run(game, chunk, ...) return setfenv(assert(chunk), game.env)(...) end

--[[ options, all optional:
     environment  process environment
     dotEnv       content of garrysmod/.env
     files        path below garrysmod → true, for what else is there
     binary       "missing", "broken" or a function(core) that changes the module before it is found
     old          true: a server of before 2021, without IsBinaryModuleInstalled and ErrorNoHaltWithStack
     jit          what stands for the table jit ]]
local function newGame(options)
    options = options or {}
    local game = setmetatable({ printed = {}, errors = {}, hooks = {}, timers = {}, variables = {} }, Game)
    local core, control = fakeCore(options.environment)
    if type(options.binary) == "function" then options.binary(core) end
    game.core, game.control = core, control

    local env = setmetatable({}, { __index = function(_, name)
        assert(name ~= "io" and name ~= "package" and name ~= "ffi" and name ~= "loadfile", "GMod has no " .. name)
        return nil
    end })
    for _, name in ipairs({
        "assert", "error", "ipairs", "next", "pairs", "pcall", "rawequal", "rawget", "rawset", "select", "setmetatable",
        "getmetatable", "tonumber", "tostring", "unpack", "xpcall", "string", "table", "math", "bit", "debug",
    }) do
        env[name] = _G[name]
    end
    env._G = env
    env.jit = options.jit or { os = "Linux", arch = "x64" }
    env.SERVER = true

    function env.type(value)
        return getmetatable(value) == Vector and "Vector" or type(value)
    end
    function env.isvector(value) return getmetatable(value) == Vector end
    function env.Vector(x, y, z) return setmetatable({ x = x or 0, y = y or 0, z = z or 0 }, Vector) end
    game.now = 1000
    function env.SysTime() return game.now end
    function env.print(...)
        local words = {}
        for index = 1, select("#", ...) do words[index] = tostring((select(index, ...))) end
        game.printed[#game.printed + 1] = table.concat(words, "\t")
    end
    function env.ErrorNoHalt(text) game.errors[#game.errors + 1] = text end
    if not options.old then
        function env.ErrorNoHaltWithStack(text) game.errors[#game.errors + 1] = text end
    end

    env.util = {}
    if not options.old then
        function env.util.IsBinaryModuleInstalled(name) return name == "realtime_core" and options.binary ~= "missing" end
    end
    function env.require(name)
        if name == "realtime" then return game:load() end
        assert(name == "realtime_core", name)
        if options.binary == "missing" then error("Module not found!", 0) end
        if options.binary == "broken" then error("Couldn't load module library!\nlibc.so.6: version not found", 0) end
        env.realtime_core = core
    end

    env.hook = {
        GetTable = function() return game.hooks end,
        Add = function(name, id, callback)
            game.hooks[name] = game.hooks[name] or {}
            game.hooks[name][id] = callback
        end,
    }
    env.timer = {
        Exists = function(id) return game.timers[id] ~= nil end,
        Create = function(id, delay, repetitions, callback)
            assert(delay == 0 and repetitions == 0)
            game.timers[id] = callback
        end,
    }
    env.file = { Read = function(path, where)
        assert(path == ".env" and where == "MOD")
        return options.dotEnv
    end, Exists = function(path, where)
        assert(where == "MOD")
        return (options.files or {})[path] == true
    end }
    function env.GetConVar(name)
        local value = game.variables[name]
        return value and { GetString = function(self)
            assert(type(self) == "table", "a method needs its self")
            return value
        end }
    end
    game.env = env
    return game
end

-- Runs the built bundle, as require("realtime") and auto-refresh do. Gives the table that it published.
function Game:load()
    run(self, loadfile(BUNDLE), "realtime")
    return self.env.realtime
end

function Game:autorun() run(self, loadfile(AUTORUN)) end

-- Runs a line of gamemode code, the third of its file. Gives what pcall gives.
function Game:try(code)
    return pcall(setfenv(assert(loadstring("\n\n" .. code .. "\n", "@gamemode.lua")), self.env))
end

-- What runs in one frame of the server; gives how many values hooks and timers returned.
function Game:frame(order)
    local returned = 0
    local function call(callbacks)
        for _, callback in pairs(callbacks or {}) do returned = returned + select("#", callback()) end
    end
    for _, what in ipairs(order or { "timers", "hooks" }) do
        call(what == "timers" and self.timers or self.hooks.Think)
    end
    return returned
end

return newGame
