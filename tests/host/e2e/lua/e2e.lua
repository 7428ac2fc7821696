-- What the end-to-end scripts share: marks that the test reads from the output, and measuring on the game thread.
local e2e = {}

--- Prints a line that the test sees as a mark.
function e2e.mark(name, ...)
  local words = { "@@", name }
  for i = 1, select("#", ...) do
    words[#words + 1] = tostring((select(i, ...)))
  end
  print(table.concat(words, " "))
end

function e2e.stats()
  for key, value in pairs(realtime.GetStats()) do
    e2e.mark("stat", key, value)
  end
end

--- Everything that was accepted has met its fate, and everything that arrived was handed on.
function e2e.settled()
  local stats = realtime.GetStats()
  return stats.pending == 0 and stats.queued == 0
end

--- Runs a function every frame under a name of ours. Nothing goes back to the host.
function e2e.eachFrame(name, run)
  hook.Add("Think", "e2e." .. name, function()
    run()
  end)
end

function e2e.stop(name)
  hook.Remove("Think", "e2e." .. name)
end

--- Ends the run once nothing is on its way, with the statistics.
function e2e.finishWhenSettled()
  e2e.eachFrame("finish", function()
    if e2e.settled() then
      e2e.stop("finish")
      e2e.stats()
      e2e.mark("done")
      host.Quit(0)
    end
  end)
end

--- Takes host, port and password (empty: none) from the command line. The environment would have the addon connect before the
--- script has subscribed; like this, "connected" means that the subscriptions are in force.
function e2e.configure()
  local address, port, password = unpack(host.Args(), 1, 3)
  if address then
    assert(realtime.Config(address, tonumber(port), password))
  end
end

--- Connects without waiting, then calls the function; a first attempt that fails ends the run.
function e2e.connect(connected)
  e2e.configure()
  local ok, err = realtime.ConnectAsync(function(done, reason)
    if not done then
      e2e.mark("failed", reason)
      host.Quit(1)
      return
    end
    connected()
  end)
  if not ok then
    e2e.mark("failed", err)
    host.Quit(1)
  end
end

--- Disconnects unless that is done or under way, and calls the function in the frame in which there is no connection any more.
function e2e.disconnect(disconnected, flushSeconds)
  realtime.Disconnect(flushSeconds)
  e2e.eachFrame("disconnect", function()
    if realtime.GetState() == "disconnected" then
      e2e.stop("disconnect")
      disconnected()
    end
  end)
end

return e2e
