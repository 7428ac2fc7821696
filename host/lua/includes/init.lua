-- The Lua part of the environment. A garrysmod folder with an includes/init.lua of its own runs that one instead.
include("extensions/math.lua")
include("extensions/string.lua")
include("extensions/table.lua")
include("util.lua")
require("hook")
require("concommand")
