-- Lua's auto-refresh, again and again, while events go round: none is lost or comes twice.
local fault = include("fault.lua")
fault.listen()
fault.main(function()
  local callbacks
  for _ = 1, fault.rounds do
    for _ = 1, 10 do
      fault.publish(20)
      assert(host.Refresh("autorun/server/realtime.lua"))
      assert(host.Refresh("includes/modules/realtime.lua"))
      -- The module's own functions are taken anew by what was refreshed.
      fault.publish(20)
      fault.frame()
    end
    fault.settle()
    local stats = realtime.GetStats()
    local held = stats.callbacksCreated - stats.callbacksFreed
    callbacks = callbacks or held
    assert(held == callbacks, "callbacks held: " .. held .. ", before " .. callbacks)
    assert(stats.subscriptions == 1)
    fault.e2e.mark("round")
  end
end)
