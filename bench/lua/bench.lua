-- What the benchmark's subjects share. They run in the headless server on the shipped bundle and module, and talk to the
-- harness by marks: lines `@@ name words...`. The first three arguments are the server's host, port and password (empty: none).
local bench = {}

local SERVER_ARGUMENTS = 3
local SAMPLES_A_LINE = 500

--- The subject's own arguments.
function bench.arguments()
  return unpack(host.Args(), SERVER_ARGUMENTS + 1)
end

function bench.mark(name, ...)
  local words = { "@@", name }
  for i = 1, select("#", ...) do
    words[#words + 1] = tostring((select(i, ...)))
  end
  print(table.concat(words, " "))
end

--- Every sample, in nanoseconds.
function bench.samples(name, seconds)
  for first = 1, #seconds, SAMPLES_A_LINE do
    local words = {}
    for i = first, math.min(first + SAMPLES_A_LINE - 1, #seconds) do
      words[#words + 1] = string.format("%.0f", seconds[i] * 1e9)
    end
    bench.mark(name, table.concat(words, " "))
  end
end

function bench.stats()
  for key, value in pairs(realtime.GetStats()) do
    bench.mark("stat", key, value)
  end
end

--- Runs a function every frame under a name of ours. Nothing goes back to the host.
function bench.eachFrame(name, run)
  hook.Add("Think", "bench." .. name, function()
    run()
  end)
end

function bench.stop(name)
  hook.Remove("Think", "bench." .. name)
end

--- Connects without waiting; what was subscribed before is in force when `connected` is called. A failure ends the run.
--- `settings`: of Config, besides how the server is reached; none when left out.
function bench.connect(connected, settings)
  local address, port, password = unpack(host.Args(), 1, SERVER_ARGUMENTS)
  local config = { host = address, port = tonumber(port), password = password }
  for key, value in pairs(settings or {}) do
    config[key] = value
  end
  assert(realtime.Config(config))
  assert(realtime.ConnectAsync(function(ok, err)
    if not ok then
      bench.mark("failed", err)
      host.Quit(1)
      return
    end
    connected()
  end))
end

return bench
