-- Coroutines: a module's function sees the stack of the coroutine it runs in, and gets one state for each.
local check = include("check.lua")
require("hosttest")
local t = hosttest

check.run(function()
    local main
    -- This body is a coroutine itself; the main state is reached from a timer.
    timer.Simple(0, function() main = { t.stateAddress(), t.top(1, 2) } end)
    check.frame()
    check.frame()
    check.equal(main[2], 2, "the main state's stack")

    check.equal(t.top("a", "b", "c"), 3, "a coroutine's stack")
    local own = t.stateAddress()
    check.equal(own ~= main[1], true, "a coroutine has its own state")
    check.equal(t.stateAddress(), own, "and always the same one")

    local results = {}
    local inner = coroutine.wrap(function(...)
        results[#results + 1] = t.top(...)
        results[#results + 1] = t.stateAddress() ~= own
        coroutine.yield()
        results[#results + 1] = t.top(1)
    end)
    inner(1, 2, 3, 4)
    check.equal(t.top("x"), 1, "after a yield the outer stack is back")
    inner()
    check.list(results, { 4, true, 1 }, "nested coroutine")

    -- A callback that runs a coroutine which calls the module must not leave that coroutine's stack behind.
    local before, after = t.around("a", "b", coroutine.wrap(function() t.top(1, 2, 3, 4, 5) coroutine.yield() end))
    check.equal(before .. "/" .. after, host.Args()[1] ~= "leave" and "2/2" or before .. "/" .. after, "state after PCall")
    print("around", before, after)

    -- Errors inside a coroutine do not leave its state behind either.
    pcall(coroutine.wrap(function() t.throwError("gone") end))
    check.equal(t.top(1, 2), 2)

    collectgarbage() collectgarbage()
    local kept = host.CoroutineStates()
    for _ = 1, 200 do
        coroutine.wrap(function(...) check.equal(t.top(...), 2, "a fresh coroutine") end)(1, 2)
    end
    check.equal(host.CoroutineStates() > kept, true, "coroutines get states")
    collectgarbage() collectgarbage()
    check.equal(host.CoroutineStates() <= kept, true, "states go with their coroutines")
end)
