-- Another addon's Think hooks raise in every frame, and later they end the chain: ours may or may not have its turn.
local fault = include("fault.lua")
fault.listen()
fault.main(function()
  for round = 1, fault.rounds do
    for _, broken in ipairs({
      function() error("another addon's error") end,
      function() return true end,
    }) do
      for each = 1, 5 do
        hook.Add("Think", "other" .. each .. round, broken)
      end
      for _ = 1, 30 do
        fault.publish(10)
        fault.frame()
      end
      fault.settle()
      for each = 1, 5 do
        hook.Remove("Think", "other" .. each .. round)
      end
      fault.frame()
    end
    fault.e2e.mark("round")
  end
end)
