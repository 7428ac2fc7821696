-- A script that raises: the server goes on, its exit code is 1 in the end.
timer.Simple(0.05, function()
    print("still running")
    host.Quit()
end)

local function inner()
    error("the script fails")
end
inner()
