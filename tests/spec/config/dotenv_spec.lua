local connected = require("support.config").connected

describe(".env", function()
    local function password(line)
        return connected({ dotEnv = line }).password
    end

    it("is read with quotes, comments and export", function()
        assert.equal("p", password("REDIS_PASSWORD=p"))
        assert.equal("p", password("\239\187\191export  REDIS_PASSWORD = p   # comment\r\n"))
        assert.equal("a#b", password("REDIS_PASSWORD=a#b"))
        assert.equal("a # b", password("REDIS_PASSWORD='a # b' # c"))
        assert.equal("a\\n$b", password("REDIS_PASSWORD='a\\n$b'"))
        assert.equal('a\n"b\\', password('REDIS_PASSWORD="a\\n\\"b\\\\"'))
        assert.equal("second", password("REDIS_PASSWORD=first\nREDIS_PASSWORD=second"))
        assert.equal("a=b", password("REDIS_PASSWORD=a=b"))
        assert.is_nil(password("REDIS_PASSWORD="))
        assert.is_nil(password("REDIS_PASSWORD= # none"))
        assert.is_nil(password("#REDIS_PASSWORD=p\nOTHER=x"))
    end)

    it("is warned about once when it holds a name of ours that there is not", function()
        local file = "REALTIME_BACKND=redis\nOTHER=1\nREDIS_PASWORD=x\nREDIS_SENTINEL_GROUP=x"
        local _, realtime, game = connected({ dotEnv = file })
        realtime.GetConfig()
        local text = "[realtime] [Warn] garrysmod/.env line %d: %s is no setting of realtime; did you mean %s?"
        assert.same({
            text:format(1, "REALTIME_BACKND", "REALTIME_BACKEND"), text:format(3, "REDIS_PASWORD", "REDIS_PASSWORD"),
        }, game.printed)
    end)
end)
