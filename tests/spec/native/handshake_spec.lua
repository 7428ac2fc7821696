local newGame = require("support.game")
local contract = require("support.contract")

local CALLS = {
    "Config()", "Config('h', 1)", "Connect()", "ConnectAsync()", "Disconnect()", "Publish('c', 'm')",
    "PlayerSpawn('a', 1, Vector())", "PlayerDeath('a', 'b', 'c')", "ChatMessage('a', 'b')", "PlayerTakeDamage('a', 1, 'b')",
    "RoundStart('a', 'b')", "RoundEnd('a', 1)", "DefineEvent('N', 'c', { { name = 'f', type = 'json' } })",
    "Emit('PlayerDeath', { victim_name = 'a', attacker_name = 'b', weapon = 'c' })", "Subscribe('c', print)",
    "SubscribePattern('c*', print)", "On('PlayerDeath', print)", "OnStateChange(print)", "GetConfig()",
}

-- The game goes on: one line, every function answers with the code, and nothing raises.
local function refusesEverything(game, code)
    assert.equal(1, #game.printed)
    for _, call in ipairs(CALLS) do
        local ran, ok, err = game:try("return realtime." .. call)
        assert.is_true(ran, call .. ": " .. tostring(ok))
        assert.is_false(ok, call)
        assert.equal(code, err.code, call)
    end
    local realtime = game.env.realtime
    assert.is_false(realtime.IsConnected())
    assert.equal("disconnected", realtime.GetState())
    assert.equal(0, realtime.ProcessEvents())
    local stats = realtime.GetStats()
    -- Seven events and a message.
    for _, stat in ipairs(contract.stats) do assert.equal(stat.name == "refused" and 8 or 0, stats[stat.name], stat.name) end
    game:frame()
    assert.same({}, game.errors)
    assert.equal(1, #game.printed)
end

describe("without the binary module", function()
    it("one line names the file and the folder, for each platform", function()
        local suffixes = {
            linux64 = { os = "Linux", arch = "x64" }, linux = { os = "Linux", arch = "x86" },
            win64 = { os = "Windows", arch = "x64" }, win32 = { os = "Windows", arch = "x86" },
        }
        for suffix, jitTable in pairs(suffixes) do
            for _, old in ipairs({ true, false }) do
                local game = newGame({ binary = "missing", jit = jitTable, old = old })
                game:load()
                assert.same({
                    ("[realtime] [Error] the binary module is not installed: put gmsv_realtime_core_%s.dll of release %s "
                        .. "into garrysmod/lua/bin and change the map"):format(suffix, contract.version),
                }, game.printed)
                refusesEverything(game, "BINARY_MISSING")
            end
        end
    end)

    it("the line names the file of another kind of server that is there instead", function()
        for _, suffix in ipairs({ "win32", "win64", "linux", "linux32" }) do
            local file = "gmsv_realtime_core_" .. suffix .. ".dll"
            local game = newGame({ binary = "missing", files = { ["lua/bin/" .. file] = true } })
            game:load()
            assert.same({
                ("[realtime] [Error] the binary module is not installed: put gmsv_realtime_core_linux64.dll of release %s into "
                    .. "garrysmod/lua/bin and change the map (%s, which is there, is for another kind of server)")
                    :format(contract.version, file),
            }, game.printed)
            refusesEverything(game, "BINARY_MISSING")
        end
    end)

    it("one line says why it does not load", function()
        local game = newGame({ binary = "broken" })
        game:load()
        assert.same({
            ("[realtime] [Error] the binary module does not load: replace garrysmod/lua/bin/gmsv_realtime_core_linux64.dll by "
                .. "that of release %s, built for this system (Couldn't load module library!)"):format(contract.version),
        }, game.printed)
        refusesEverything(game, "BINARY_BROKEN")
    end)
end)

describe("with a binary module of another version", function()
    local function line(change)
        local game = newGame({ binary = change })
        game:load()
        refusesEverything(game, "BINARY_MISMATCH")
        return game.printed[1]
    end

    it("one line names both and says to replace the older one", function()
        local both = "[realtime] [Error] the binary module and the Lua addon are of different versions: "
            .. "the binary is %s (ABI %d, linux64), the Lua addon is %s (ABI %d); replace %s"
        assert.equal(both:format("0.0.9", contract.abi - 1, contract.version, contract.abi,
            "garrysmod/lua/bin/gmsv_realtime_core_linux64.dll by that of release " .. contract.version),
            line(function(core) core.ABI, core.VERSION = contract.abi - 1, "0.0.9" end))
        assert.equal(both:format("9.0.0", contract.abi + 1, contract.version, contract.abi,
            "garrysmod/addons/realtime by that of release 9.0.0"),
            line(function(core) core.ABI, core.VERSION = contract.abi + 1, "9.0.0" end))
    end)

    it("a missing function or version is a mismatch as well", function()
        for name in pairs(contract.functions) do
            local text = line(function(core) core[name] = nil end)
            assert.truthy(text:find("it lacks " .. name, 1, true))
        end
        assert.truthy(line(function(core) core.ABI = nil end):find("(ABI nil, linux64)", 1, true))
    end)

    it("another release with the same ABI is none", function()
        local game = newGame({ binary = function(core) core.VERSION = "0.1.9" end })
        assert.is_true((game:load().Connect()))
        assert.same({}, game.printed)
    end)
end)
