-- The file library: named search paths over the garrysmod folder, writing below data/ only.
local engine = ...
local native = engine.native
local root = native.garrysmod

-- Addon folders, in the order in which they are searched.
local addons
function engine.Addons()
    if not addons then
        local _, names = native.list(root .. "/addons")
        addons = names
    end
    return addons
end

local function withAddons(first, below)
    local list = { root .. first }
    for _, name in ipairs(engine.Addons()) do
        list[#list + 1] = root .. "/addons/" .. name .. below
    end
    return list
end

local function searchPaths(name)
    if name == nil or name == false or name == "DATA" then return { root .. "/data" } end
    if name == true or name == "GAME" then return withAddons("", "") end
    if name == "MOD" then return { root } end
    if name == "LUA" or name == "lsv" then return withAddons("/lua", "/lua") end
    return {}
end

-- A path that stays below its root, or nil.
local function clean(path)
    if type(path) ~= "string" or path:find("%z") then return nil end
    path = path:gsub("\\", "/"):gsub("^/+", ""):gsub("/+$", "")
    if path == ".." or path:find("^%.%./") or path:find("/%.%./") or path:find("/%.%.$") then return nil end
    return path
end

local function locate(path, where)
    path = clean(path)
    if not path then return nil end
    for _, directory in ipairs(searchPaths(where)) do
        local full = path == "" and directory or directory .. "/" .. path
        local kind, bytes, changed = native.stat(full)
        if kind then return full, kind, bytes, changed end
    end
end

file = {}

function file.Exists(path, where)
    return locate(path, where) ~= nil
end

function file.IsDir(path, where)
    local _, kind = locate(path, where)
    return kind == "directory"
end

function file.Size(path, where)
    local _, _, bytes = locate(path, where)
    return bytes or -1
end

function file.Time(path, where)
    local _, _, _, changed = locate(path, where)
    return changed or 0
end

function file.Read(path, where)
    local full, kind = locate(path, where)
    if kind == "file" then return native.read(full) end
end

local writable = {}
for extension in ("txt dat json xml csv dem vcd vmt vtf png jpg jpeg mp3 wav ogg"):gmatch("%S+") do
    writable[extension] = true
end

local function dataPath(path)
    path = clean(path)
    return path and path ~= "" and root .. "/data/" .. path:lower() or nil
end

local function write(path, content, append)
    local full = dataPath(path)
    if not full or not writable[full:match("%.(%w+)$") or ""] then return false end
    native.makeDirectories(full:match("^(.*)/"))
    return native.write(full, tostring(content), append)
end

function file.Write(path, content) return write(path, content, false) end
function file.Append(path, content) return write(path, content, true) end

function file.Delete(path)
    local full = dataPath(path)
    return full ~= nil and native.remove(full)
end

function file.CreateDir(path)
    local full = dataPath(path)
    if full then native.makeDirectories(full) end
end

local function asPattern(wildcard)
    return "^" .. wildcard:gsub("[%^%$%(%)%%%.%[%]%+%-%?]", "%%%0"):gsub("%*", ".*") .. "$"
end

local function matching(names, pattern, seen, into)
    for _, name in ipairs(names) do
        if name:find(pattern) and not seen[name] then
            seen[name] = true
            into[#into + 1] = name
        end
    end
end

-- Gives the names of the files and of the directories that match; a * stands for anything in the last part.
function file.Find(wildcard, where, sorting)
    local path = clean(wildcard)
    if not path then return {}, {} end
    local directory, last = path:match("^(.*)/([^/]*)$")
    if not directory then directory, last = "", path end
    local pattern, files, directories, seen = asPattern(last), {}, {}, {}
    for _, base in ipairs(searchPaths(where)) do
        local foundFiles, foundDirectories = native.list(base .. "/" .. directory)
        matching(foundFiles, pattern, seen, files)
        matching(foundDirectories, pattern, seen, directories)
    end
    local order = sorting == "namedesc" and function(a, b) return a > b end or nil
    table.sort(files, order)
    table.sort(directories, order)
    return files, directories
end
