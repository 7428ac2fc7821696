-- contract/native.json as the specs need it.
local json = require("dkjson")

local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("*a")
    file:close()
    return assert(json.decode(text))
end

local contract = read("contract/native.json")
contract.version = read("package.json").version

-- Error numbers, from 0, by name.
contract.number = {}
for index, item in ipairs(contract.errors) do contract.number[item.name] = index - 1 end

return contract
