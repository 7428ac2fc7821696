-- What every self-test script uses: exact comparisons, expected errors, and a body that can wait for frames.
local check = {}

local function shown(value)
    return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

function check.equal(actual, expected, what)
    if actual ~= expected then
        error((what or "value") .. ": expected " .. shown(expected) .. ", got " .. shown(actual), 2)
    end
end

-- Compares lists of plain values; `count` is the number of values that must be there.
function check.list(actual, expected, what)
    what = what or "list"
    for i = 1, math.max(#actual, #expected) do
        if actual[i] ~= expected[i] then
            error(("%s[%d]: expected %s, got %s"):format(what, i, shown(expected[i]), shown(actual[i])), 2)
        end
    end
end

function check.raises(text, callback, ...)
    local ok, message = pcall(callback, ...)
    if ok then error("no error was raised, expected: " .. text, 2) end
    if not tostring(message):find(text, 1, true) then
        error("expected an error with " .. shown(text) .. ", got " .. shown(message), 2)
    end
end

function check.frame()
    coroutine.yield()
end

-- Runs `body` from the next frame on; inside it check.frame() waits for one frame. Ends the server with 0 or 1.
function check.run(body)
    local thread = coroutine.create(body)
    local function step()
        local ok, problem = coroutine.resume(thread)
        if not ok then
            print("FAILED " .. tostring(problem))
            host.Quit(1)
        elseif coroutine.status(thread) == "dead" then
            print("done")
            host.Quit(0)
        else
            timer.Simple(0, step)
        end
    end
    timer.Simple(0, step)
end

return check
