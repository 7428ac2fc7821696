std = "luajit"
max_line_length = 130
cache = false

-- Garry's Mod's globals, as far as this project's Lua meets them.
read_globals = {
    "SERVER", "CLIENT",
    "Angle", "CurTime", "ErrorNoHalt", "ErrorNoHaltWithStack", "FrameTime", "GAMEMODE", "GetConVar", "IsValid", "Msg", "MsgN",
    "HUD_PRINTTALK", "Player", "PrintMessage", "RealTime", "RunConsoleCommand", "SysTime", "Vector",
    "include", "isangle", "isvector",
    "engine", "file", "game", "gameevent", "gmod", "player", "team", "timer", "util",
    "realtime",
    hook = { other_fields = true },
    -- Only in the headless server.
    "host",
}

-- Functions whose signature is fixed by the caller.
unused_args = false

files["tests/spec"] = { std = "+busted" }
-- A gamemode's own functions, which others call.
files["examples"] = { allow_defined_top = true }
-- The headless server's own tests look at, and make, more globals than an addon does.
files["tests/host"] = { ignore = { "11.", "14.", "241", "311", "331" } }
-- Written in GMod's own dialect of Lua on purpose; declarations of the game, which nobody runs.
exclude_files = { "tests/host/lua/dialect.lua", "tests/luals/game.lua" }
