-- The game's additions to Lua's syntax.
local check = include("check.lua")

check.run(function()
    // a comment
    /* one over
       two lines, with ]] and ]==] in it */ local after = 1
    check.equal(after, 1)
    check.equal(1 != 2 && !false || nil, true, "operators")
    check.equal(!(1 == 1), false)
    check.equal("// != && || ! /* */ continue", "/" .. "/ != && || ! /" .. "* */ continue", "strings stay as they are")
    check.equal(#[[!=]], 2)
    check.equal(debug.getinfo(1, "l").currentline, 13, "lines stay")

    local seen = {}
    for i = 1, 6 do
        if i == 2 then continue end
        local odd = i % 2 == 1
        if !odd then continue end
        seen[#seen + 1] = i
    end
    check.list(seen, { 1, 3, 5 }, "continue in for")

    local i, sum = 0, 0
    while (function() i = i + 1 return i <= 4 end)() do
        for _, j in ipairs({ 1, 2, 3 }) do
            if j == 2 then continue end
            sum = sum + j
        end
        if i == 3 then continue end
        sum = sum + 100
    end
    check.equal(sum, 4 * 4 + 300, "nested loops")

    i = 0
    repeat
        i = i + 1
        if i < 5 then continue end
    until i >= 5
    check.equal(i, 5, "continue in repeat")

    check.equal((function()
        for n = 1, 3 do
            if n < 3 then continue end
            return n
        end
    end)(), 3, "a loop body may end with return")

    local continue = 4
    continue = continue + 1
    local names = { continue = 2 }
    check.equal(continue + names.continue, 7, "still a name where it was one")
    for _ = 1, 2 do
        goto continue
        ::continue::
    end
    check.raises("x.lua:2:", CompileString, "\nlocal = 1", "x.lua")
end)
