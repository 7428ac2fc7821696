-- redis-lua on LuaSocket, as a subscriber that only counts; same protocol as raw_subscriber.cpp. Arguments: host, port, kind
-- (channel), name, how many (1), messages in all, messages to a batch.
local redis = require("redis")
local socket = require("socket")

local client = redis.connect(arg[1], tonumber(arg[2]))
local publisher = redis.connect(arg[1], tonumber(arg[2]))
local name, total, batch = arg[4], tonumber(arg[6]), tonumber(arg[7])
local received, first = 0, nil

local function mark(text)
  print("@@ " .. text)
  io.flush()
end

for message, abort in client:pubsub({ subscribe = { name } }) do
  if message.kind == "subscribe" then
    mark("ready")
  elseif message.kind == "message" then
    if received == 0 then
      first = socket.gettime()
    end
    received = received + 1
    if received % batch == 0 then
      publisher:publish("bench:ack", "batch")
    end
    if received == total then
      mark(string.format("result %d %.9f", total, socket.gettime() - first))
      abort()
    end
  end
end
