local config = require("support.config")
local connected, refused = config.connected, config.refused

describe("a URL", function()
    local function parts(url, more)
        local given = more or {}
        given.url = url
        local options = connected(nil, function(r) return r.Config(given) end)
        assert.is_nil(options.url)
        return { options.host or "", options.port or 0, options.username or "", options.password or "", options.database or 0,
            options.unixSocket or "" }
    end

    it("is taken apart", function()
        assert.same({ "h", 0, "", "", 0, "" }, parts("redis://h"))
        assert.same({ "h", 1, "", "", 2, "" }, parts("redis://h:1/2"))
        assert.same({ "h", 1, "", "p@:/", 0, "" }, parts("redis://:p%40%3a%2F@h:1/"))
        assert.same({ "h", 0, "u", "p:q", 0, "" }, parts("redis://u:p:q@h"))
        assert.same({ "::1", 7, "", "", 0, "" }, parts("redis://[::1]:7"))
        assert.same({ "127.0.0.1", 7, "", "", 0, "" }, parts("redis://:7"))
        assert.same({ "", 0, "", "", 0, "/run/a b" }, parts("unix:///run/a%20b"))
    end)

    it("gives way to the single settings of the same source", function()
        assert.same({ "other", 1, "", "q", 0, "" }, parts("redis://:p@h:1", { host = "other", password = "q" }))
    end)

    it("is refused when it is none", function()
        local expected = "url: expected redis://[user[:password]@]host[:port][/database] or unix:///path"
        for _, url in ipairs({ "h:1", "http://h", "redis://h/x", "redis://h?a=1" }) do
            refused(expected, nil, function(r) return r.Config({ url = url }) end)
        end
        refused("url: expected redis://; connections by TLS (rediss://) are not supported", nil,
            function(r) return r.Config({ url = "rediss://h" }) end)
        refused("url (port): expected whole number from 1 to 65535, got number", nil,
            function(r) return r.Config({ url = "redis://h:99999" }) end)
        refused("url (password): expected string of at most 1024 bytes, got string", nil,
            function(r) return r.Config({ url = "redis://:" .. ("p"):rep(1025) .. "@h" }) end)
        refused("url: expected a port after the host", nil, function(r) return r.Config({ url = "redis://[::1]x" }) end)
    end)
end)
