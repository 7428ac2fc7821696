-- The public Lua API in random order with random arguments, on the shipped bundle and module, against the model of model.lua.
-- Runs in the headless server; arguments: seed, and the steps to do, as `first-last,first-last`.
local Model = include("model.lua")
local makeSteps = include("steps.lua")

local seed, plan = tonumber(host.Args()[1]), host.Args()[2]
local PROGRESS = 20000

local function mark(...)
    local words = { "@@" }
    for i = 1, select("#", ...) do words[#words + 1] = tostring((select(i, ...))) end
    print(table.concat(words, " "))
end

-- ---- where the run is, from one map to the next ---------------------------------------------------------------------

local spans = {}
for first, last in plan:gmatch("(%d+)-(%d+)") do spans[#spans + 1] = { tonumber(first), tonumber(last) } end

local saved = host.Load("fuzz")
local at = { span = 1, step = spans[1] and spans[1][1] or 1, done = 0, maps = 0, references = "" }
if saved then
    local span, step, done, maps, references = saved:match("^(%d+) (%d+) (%d+) (%d+) (%d+)$")
    at.span, at.step, at.done = tonumber(span), tonumber(step), tonumber(done)
    at.maps, at.references = tonumber(maps), tonumber(references)
end

local function save()
    host.Store("fuzz", table.concat({ at.span, at.step, at.done, at.maps, at.references }, " "))
end

-- ---- the generator: a Park-Miller one for each step -----------------------------------------------------------------

local MODULUS = 2147483647
local random = { state = 1 }

local function advance(state) return state * 16807 % MODULUS end

local function draw(n)
    random.state = advance(random.state)
    return random.state % n + 1
end

local function begin(step)
    local state = (seed * 7919 + step * 104729 + 12345) % (MODULUS - 1) + 1
    random = { state = advance(advance(advance(state))) }
end

-- ---- what the steps need --------------------------------------------------------------------------------------------

local model = Model.new()
local problem, stopped, frames, drains
local reports = 0

local api = { model = model, draw = draw, closing = false }

function api.violated(text) problem = problem or text end
function api.branch() return { state = draw(MODULUS - 2) } end
function api.swap(other)
    local outer = random
    random = other
    return outer
end
function api.called(fn, ...)
    local wrong = model:called(fn, ...)
    if wrong then api.violated(wrong) end
    if api.closing then host.Store("fuzz_owed", tostring(tonumber(host.Load("fuzz_owed")) - 1)) end
end
function api.endFrame() stopped = "frame" end
function api.changeMap() stopped = "map" end

-- Every ProcessEvents goes through here, the driver's own as well.
local core = rawget(_G, "realtime_core")
local process = core.ProcessEvents
core.ProcessEvents = function(maxEvents, maxMs)
    local run = model:begin(maxEvents or 1000, (maxMs or 2) > 0)
    local handled = process(maxEvents, maxMs)
    drains = (drains or 0) + 1
    if run then
        local wrong = model:finish(handled)
        if wrong then api.violated(wrong) end
    elseif handled ~= 0 then
        api.violated("ProcessEvents inside itself gives " .. handled)
    end
    return handled
end
-- The reports of errors that callbacks raise on purpose are counted, not shown.
rawset(_G, "ErrorNoHaltWithStack", function() reports = reports + 1 end)

local function check()
    local stats, expected = realtime.GetStats(), model:expectedStats()
    for name, value in pairs(expected) do
        if stats[name] ~= value then api.violated(name .. " is " .. stats[name] .. ", expected " .. value) end
    end
    local live = stats.callbacksCreated - stats.callbacksFreed
    if live ~= model:liveCallbacks() then api.violated("live callbacks: " .. live .. ", expected " .. model:liveCallbacks()) end
    local state = realtime.GetState()
    if state ~= model.state then api.violated("the state is " .. state .. ", expected " .. model.state) end
    if realtime.IsConnected() ~= (model.state == "connected") then api.violated("IsConnected contradicts GetState") end
    -- The same error again and again is reported now and then only.
    if reports > model.reports then api.violated("errors reported: " .. reports .. ", raised: " .. model.reports) end
end

local function fail(step, name)
    mark("violated", step, name, problem)
    host.Quit(3)
    hook.Remove("Think", "fuzz")
end

local doStep = makeSteps(api)

local function run()
    if problem then return fail(at.step, "frame") end
    if frames and (drains or 0) == 0 then
        api.violated("a frame passed without ProcessEvents")
        return fail(at.step, "frame")
    end
    stopped, drains = nil, 0
    while not stopped do
        local span = spans[at.span]
        if not span then
            mark("done", at.done, at.maps)
            hook.Remove("Think", "fuzz")
            host.Quit(0)
            return
        end
        local step = at.step
        if step >= span[2] then
            at.span = at.span + 1
            at.step = spans[at.span] and spans[at.span][1] or 0
        else
            at.step = step + 1
        end
        begin(step)
        local name = doStep()
        check()
        if problem then return fail(step, name) end
        at.done = at.done + 1
        if at.done % PROGRESS == 0 then mark("at", at.done) end
    end
    frames = true
    if stopped == "map" then
        at.maps = at.maps + 1
        hook.Remove("Think", "fuzz")
        host.ChangeMap("gm_fuzz")
    end
end

local function guarded()
    local ok, message = xpcall(run, debug.traceback)
    if not ok then
        problem = problem or "the run raises: " .. tostring(message):gsub("\n", " | ")
        fail(at.step, "?")
    end
end

-- ---- a map begins ---------------------------------------------------------------------------------------------------

if at.maps == 0 then
    at.references = host.References()
else
    if host.Load("fuzz_owed") ~= "0" then api.violated(host.Load("fuzz_owed") .. " answers that closing owed were not told") end
    local references = host.References()
    if references ~= at.references then api.violated("references: " .. references .. ", expected " .. at.references) end
    if host.InvalidFrees() ~= 0 then api.violated("what was no reference was freed") end
end
check()
assert(realtime.Config({ backend = "memory" }))

hook.Add("Think", "fuzz", guarded)
hook.Add("ShutDown", "fuzz", function()
    save()
    host.Store("fuzz_owed", tostring(model:owedAtClosing()))
    model:beginClosing()
    api.closing = true
end)
