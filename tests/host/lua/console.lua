-- Console variables, commands, game events, modules that write with module().
local check = include("check.lua")

check.run(function()
    local variable = CreateConVar("selftest_number", "1.5", 0, "help text")
    check.equal(variable:GetFloat(), 1.5)
    check.equal(variable:GetInt(), 1)
    check.equal(variable:GetBool(), true)
    check.equal(variable:GetString() .. variable:GetName() .. variable:GetHelpText(), "1.5selftest_numberhelp text")
    check.equal(type(variable), "ConVar")
    check.equal(GetConVar("SELFTEST_number"), variable, "names know no case")
    check.equal(CreateConVar("selftest_number", "7"), variable, "made again it keeps its value")
    RunConsoleCommand("selftest_number", -2.5)
    check.equal(variable:GetInt(), -2)
    check.equal(GetConVar("selftest_nothing"), nil)

    local got
    concommand.Add("selftest_command", function(ply, name, arguments, text)
        got = { tostring(ply), name, #arguments, arguments[1], arguments[2], text }
    end)
    check.equal(host.RunCommand('selftest_command plain "two words"'), true)
    check.list(got, { "[NULL Entity]", "selftest_command", 2, "plain", "two words", "plain two words" }, "concommand")
    check.equal(host.RunCommand("selftest_unknown"), false)

    local heard
    hook.Add("player_selftest", "hear", function(data) heard = data end)
    check.equal(host.FireGameEvent("player_selftest", { userid = 1 }), false, "not listened to")
    check.equal(heard, nil)
    gameevent.Listen("player_selftest")
    check.equal(host.FireGameEvent("player_selftest", { userid = 7 }), true)
    check.equal(heard.userid, 7)

    host.Store("key", "a\0b")
    check.equal(host.Load("key"), "a\0b")
    host.Store("key", nil)
    check.equal(host.Load("key"), nil)
    check.equal(host.Threads(), 1)
    check.equal(host.Descriptors() >= 3, true)
    check.equal(host.MemoryBytes() > 1e6, true)
    check.equal(host.HeapBytes() > 1e3, true)
    check.equal(host.Mapped("libluajit") or host.Mapped("gmod-host"), true)
    check.equal(host.Mapped("no such library"), false)

    require("selftest_module")
    check.equal(selftest_module.Answer(), 42, "module()")
    check.equal(Answer, nil, "it does not write globals")
end)
