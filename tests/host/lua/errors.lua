-- What errors look like on the console; the runner compares the text.
local function reporter()
    ErrorNoHaltWithStack("with stack")
end

timer.Simple(0, function()
    reporter()
    ErrorNoHalt("without ", "stack")
    print("a", nil, 1.5, true)
    Msg("x", 1)
    MsgN("y")
    MsgC(Color(255, 0, 0), "red", "\n")
    PrintTable({ a = 1, b = { 2 } })
    timer.Simple(0, function()
        local function deep() error({}) end
        deep()
    end)
    timer.Simple(0, function() local nothing = nil; nothing.field = 1 end)
    timer.Simple(0, function()
        local function endless() return 1 + endless() end
        endless()
    end)
    timer.Simple(0.02, function() host.Quit() end)
end)
