local assert = require("luassert")
local newGame = require("support.game")

-- What the specs of the configuration share.
local config = {}

-- The options that the module got from a Connect.
function config.connected(options, configure)
    local game = newGame(options)
    local realtime = game:load()
    if configure then assert(configure(realtime)) end
    assert(realtime.Connect())
    return game.control.last("Configure")[1], realtime, game
end

function config.refused(message, options, configure)
    local game = newGame(options)
    local realtime = game:load()
    local ok, err = (configure or function(r) return r.Connect() end)(realtime)
    assert.is_false(ok)
    assert.equal("INVALID_CONFIG", err.code)
    assert.equal("the configuration is not valid: " .. message, err.message)
    assert.equal(0, game.control.count("Connect"))
end

return config
