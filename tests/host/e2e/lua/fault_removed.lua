-- Another addon removes our hook, or our timer, in every frame; the one brings the other back.
local ID = "realtime.ProcessEvents"
local fault = include("fault.lua")
fault.listen()
fault.main(function()
  for _ = 1, fault.rounds do
    for frame = 1, 100 do
      if frame % 2 == 0 then
        hook.Remove("Think", ID)
      else
        timer.Remove(ID)
      end
      fault.publish(5)
      fault.frame()
    end
    fault.settle()
    fault.frame()
    assert(timer.Exists(ID) and hook.GetTable().Think[ID], "both are back")
    fault.e2e.mark("round")
  end
end)
