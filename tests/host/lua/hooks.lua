-- hook: order of pairs, first non-nil ends the chain and skips the gamemode, errors come through.
local check = include("check.lua")

function GM:SelfTest(...)
    self.calls = (self.calls or 0) + 1
    return "gamemode", ...
end

check.run(function()
    check.list({ hook.Run("SelfTest", 1, nil, 3) }, { "gamemode", 1, nil, 3 }, "only the gamemode")

    local order = {}
    hook.Add("SelfTest", "first", function(...) order[#order + 1] = "first" .. select("#", ...) end)
    hook.Add("SelfTest", "second", function() order[#order + 1] = "second" end)
    check.equal(hook.Run("SelfTest", 1, 2), "gamemode", "nil from every hook: the gamemode answers")
    local expected = {}
    for name in pairs(hook.GetTable().SelfTest) do expected[#expected + 1] = name == "first" and "first2" or name end
    check.list(order, expected, "order of pairs")

    for name in pairs(hook.GetTable().SelfTest) do hook.Remove("SelfTest", name) end
    local later = 0
    for i = 1, 10 do
        hook.Add("SelfTest", "hook" .. i, function()
            later = later + 1
            return false, i
        end)
    end
    local calls = GAMEMODE.calls
    local value, number = hook.Run("SelfTest")
    check.equal(value, false, "false is an answer")
    check.equal(later, 1, "the first answer ends the chain")
    check.equal("hook" .. number, next(hook.GetTable().SelfTest), "it is the first in pairs order")
    check.equal(GAMEMODE.calls, calls, "the gamemode is skipped")

    for name in pairs(hook.GetTable().SelfTest) do hook.Remove("SelfTest", name) end
    local object = { valid = true, IsValid = function(self) return self.valid end }
    hook.Add("SelfTest", object, function(self, a) return self == object and a end)
    check.equal(hook.Run("SelfTest", 5), 5, "an object as the name comes first")
    object.valid = false
    check.equal(hook.Run("SelfTest", 5), "gamemode", "an invalid object is skipped")
    check.equal(next(hook.GetTable().SelfTest), nil, "and removed")

    hook.Add("SelfTest", "raise", function() error("unprotected", 0) end)
    check.raises("unprotected", hook.Run, "SelfTest")
    hook.Remove("SelfTest", "raise")

    -- A Think hook that raises is called again in the next frame, and Think goes on.
    local thinks, errors = 0, host.ErrorCount()
    hook.Add("Think", "raise", function()
        thinks = thinks + 1
        error("think raises")
    end)
    check.frame()
    check.frame()
    check.frame()
    hook.Remove("Think", "raise")
    check.equal(thinks >= 2, true, "an error does not remove a hook")
    check.equal(host.ErrorCount() - errors, thinks, "each error is printed")
end)
