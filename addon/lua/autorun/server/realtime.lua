-- Loads the addon when the server starts a map, and connects by itself when a server is configured.
require("realtime")

local function complain(err)
    -- A missing or wrong binary has been reported already, with what to do.
    if not err.code:find("^BINARY_") then
        print("[realtime] [Error] " .. err.message .. ". " .. err.remedy)
    end
end

local ok, config = realtime.GetConfig()
if not ok then
    complain(config)
elseif not config.configured then
    print("[realtime] no server is configured: call realtime.Config(host, port), "
        .. "or copy addons/realtime/realtime.env.example to garrysmod/.env")
elseif realtime.GetState() == "disconnected" then
    -- How the attempt ends, the module says by itself.
    local started, err = realtime.ConnectAsync()
    if not started then complain(err) end
end
