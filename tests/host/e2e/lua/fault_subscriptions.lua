-- Ten thousand subscriptions, made before and after the connection stands; each gets its one message.
local COUNT = 10000
local fault = include("fault.lua")
fault.listen()
local heard = {}
local handles = {}
local function subscribe(number)
  handles[#handles + 1] = select(2, assert(realtime.Subscribe("fault:topic:" .. number, function(_, message)
    heard[message] = (heard[message] or 0) + 1
  end)))
end
for number = 1, COUNT do
  subscribe(number)
end

fault.main(function()
  for round = 1, fault.rounds do
    if round > 1 then
      for number = 1, COUNT do
        subscribe(number)
      end
      -- What one publishes right after subscribing may pass the subscription by: it is in force when the server has answered.
      fault.wait("subscribed", function()
        realtime.Publish("fault:topic:" .. COUNT, "probe")
        return heard.probe ~= nil
      end, 1)
      fault.settle()
    end
    heard = {}
    for number = 1, COUNT do
      assert(realtime.Publish("fault:topic:" .. number, tostring(number)))
      if number % 500 == 0 then
        fault.publish(5)
        fault.frame()
      end
    end
    fault.settle()
    for number = 1, COUNT do
      assert(heard[tostring(number)] == 1, number)
    end
    for _, handle in ipairs(handles) do
      assert(realtime.Unsubscribe(handle))
    end
    handles = {}
    assert(realtime.GetStats().subscriptions == 1)
    fault.e2e.mark("round")
  end
end)
