-- Publishing in Lua as it can be done without a binary module of one's own: redis-lua on LuaSocket, which waits for every answer.
-- Arguments: host, port, channel, payload, calls.
local redis = require("redis")
local socket = require("socket")

local client = redis.connect(arg[1], tonumber(arg[2]))
local channel, payload, calls = arg[3], arg[4], tonumber(arg[5])
local WARM_UP = 2000
-- Small messages leave at once, as hiredis sends them too.
client.network.socket:setoption("tcp-nodelay", true)

for _ = 1, WARM_UP do
  client:publish(channel, payload)
end
local samples = {}
for i = 1, calls do
  local start = socket.gettime()
  client:publish(channel, payload)
  samples[i] = (socket.gettime() - start) * 1e9
end
table.sort(samples)
print(string.format("@@ result %.0f", samples[math.ceil(calls / 2)]))
