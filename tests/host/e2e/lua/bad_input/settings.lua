-- What each setting of Config{…} and each option of PublishGameEvents{…} takes: { key, accepts, refuses }. All may be left out.
-- The right kind of table with a wrong value in it is no mistake of type: it is refused, never raised.
local NAMES = "nil word digits"

local Config = {
  { "backend", "nil", { "INVALID_CONFIG", word = "UNKNOWN_BACKEND", digits = "UNKNOWN_BACKEND" } },
  { "host", NAMES .. " broken" }, { "port", "nil 1" }, { "username", NAMES .. " broken" },
  { "password", NAMES .. " empty broken" }, { "database", "nil 0 1" }, { "url", "nil" }, { "unixSocket", NAMES .. " broken" },
  { "timeout", "nil 1 1.5" }, { "clientName", NAMES }, { "queueMessages", "nil 1" }, { "queueBytes", "nil 1" },
  { "maxPayloadBytes", "nil 1" }, { "serverId", NAMES }, { "logLevel", "nil" }, { "base", "nil" }, { 1, "nil" },
}

local PublishGameEvents = {
  { "base", "nil boolean" }, { "ttt", "nil boolean" }, { "darkrp", "nil boolean" }, { "except", "nil nothing trapped sealed" },
  { "host", "nil" }, { 1, "nil" },
}

--- Calls each with each value in each place: `each(function's name, label, argument, value, accepts, refuses)`.
return function(values, each)
  for _, value in ipairs(values) do
    for _, setting in ipairs(Config) do
      -- A user's name is refused without a password.
      local given = { password = setting[1] == "username" and "p" or nil }
      given[setting[1]] = value.value
      each("Config", "Config." .. setting[1], given, value, setting[2], setting[3] or "INVALID_CONFIG")
    end
    for _, option in ipairs(PublishGameEvents) do
      local options = { [option[1]] = value.value }
      each("PublishGameEvents", "PublishGameEvents." .. option[1], options, value, option[2], "INVALID_ARGUMENT")
    end
    local except = { except = { value.value } }
    each("PublishGameEvents", "PublishGameEvents.except[1]", except, value, "nil word", "INVALID_ARGUMENT")
    except = { except = { "PlayerSpawn", value.value } }
    each("PublishGameEvents", "PublishGameEvents.except[2]", except, value, "nil word", "INVALID_ARGUMENT")
  end
end
