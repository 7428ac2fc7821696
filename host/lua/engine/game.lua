-- Facts about the server.
local engine = ...
local native = engine.native

SERVER, CLIENT, MENU_DLL = true, false, false
VERSION, VERSIONSTR, BRANCH = 260101, "2026.01.01", "x86-64"
GAMEMODE_NAME = "base"

local MAX_PLAYERS = 16

game = {}
function game.GetMap() return native.map end
function game.MaxPlayers() return MAX_PLAYERS end
function game.IsDedicated() return true end
function game.SinglePlayer() return false end
function game.GetIPAddress() return "0.0.0.0:" .. GetConVar_Internal("hostport"):GetString() end
function game.GetTimeScale() return 1 end

function GetHostName() return GetConVar_Internal("hostname"):GetString() end

player = {}
function player.GetAll() return {} end
function player.GetHumans() return {} end
function player.GetBots() return {} end
function player.GetCount() return 0 end

_G.engine = {}
function _G.engine.TickInterval() return native.tickInterval end
function _G.engine.TickCount() return engine.tick end
function _G.engine.ActiveGamemode() return GAMEMODE_NAME end

system = {}
function system.IsLinux() return true end
function system.IsWindows() return false end
function system.IsOSX() return false end
function system.AppTime() return SysTime() end
