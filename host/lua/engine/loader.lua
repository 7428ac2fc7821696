-- Lua files and modules: include, require, AddCSLuaFile, CompileString, and the autorun folders.
local engine = ...
local native = engine.native
local root = native.garrysmod

-- Where Lua files are looked for, and how their names begin in error positions.
local mounts = { { path = root .. "/lua/", name = "lua/" } }
for _, addon in ipairs(engine.Addons()) do
    local below = "addons/" .. addon .. "/lua/"
    mounts[#mounts + 1] = { path = root .. "/" .. below, name = below }
end
local own = { path = native.runtime .. "/", name = "lua/" }

-- Chunk name → the directory that its relative includes mean.
local directories = {}

-- `path` is relative to lua/; the garrysmod folder wins over addons, both over the host's own includes.
local function find(path)
    for _, mount in ipairs(mounts) do
        if native.stat(mount.path .. path) == "file" then
            return { path = mount.path .. path, name = mount.name .. path, directory = path:match("^(.*/)") or "" }
        end
    end
    if path:sub(1, 9) == "includes/" and native.stat(own.path .. path) == "file" then
        return { path = own.path .. path, name = own.name .. path, directory = path:match("^(.*/)") }
    end
end

local function finish(directory, ...)
    engine.directory = directory
    return ...
end

local function execute(found)
    local chunk, problem = native.compile(native.read(found.path) or "", "@" .. found.name)
    if not chunk then error(problem, 0) end
    directories["@" .. found.name] = found.directory
    local before = engine.directory
    engine.directory = found.directory
    return finish(before, chunk())
end
engine.Execute = execute
engine.Find = find

local function normal(path)
    path = path:gsub("\\", "/"):gsub("/%./", "/"):gsub("^%./", "")
    local count
    repeat
        path, count = path:gsub("([^/]+)/%.%./", function(part) return part ~= ".." and "" or nil end, 1)
    until count == 0 or not path:find("[^/]+/%.%./") or path:find("^%.%./")
    return path
end

-- "/srv/…", and on Windows "C:/…" as well.
local function isAbsolute(path)
    return path:find("^/") ~= nil or path:find("^%a:/") ~= nil
end

local function findRelative(directory, path)
    if directory == nil then return nil end
    if not isAbsolute(directory) then return find(normal(directory .. path)) end
    local full = normal(directory .. path)
    if native.stat(full) == "file" then
        return { path = full, name = full, directory = full:match("^(.*/)") }
    end
end

function include(path)
    if type(path) ~= "string" then
        error("bad argument #1 to 'include' (string expected, got " .. type(path) .. ")", 2)
    end
    local info = debug.getinfo(2, "S")
    local found = findRelative(info and directories[info.source], path) or findRelative(engine.directory, path)
        or find(normal(path))
    if not found then
        error("Couldn't include file '" .. path .. "' - File not found", 2)
    end
    return execute(found)
end

function AddCSLuaFile() end

local required = {}

local function requireBinary(name)
    for _, fileName in ipairs(native.moduleFiles(name)) do
        local path = root .. "/lua/bin/" .. fileName
        if native.stat(path) == "file" then
            local open, reason = native.openModule(name, path)
            if not open then error("Couldn't load module '" .. name .. "': " .. reason, 3) end
            open()
            native.moduleOpened(name)
            return true
        end
    end
    return false
end

-- Binary first, then Lua. Returns nothing: a module publishes a global.
function require(name)
    if type(name) ~= "string" then
        error("bad argument #1 to 'require' (string expected, got " .. type(name) .. ")", 2)
    end
    if required[name] then return end
    if not name:find("/", 1, true) and requireBinary(name) then
        required[name] = true
        return
    end
    local found = find("includes/modules/" .. name .. ".lua")
    if not found then error("module '" .. name .. "' not found", 2) end
    execute(found)
    required[name] = true
end

util = util or {}
function util.IsBinaryModuleInstalled(name)
    if type(name) ~= "string" or name == "" then return false end
    for _, fileName in ipairs(native.moduleFiles(name)) do
        if native.stat(root .. "/lua/bin/" .. fileName) == "file" then return true end
    end
    return false
end

-- module("name", …): the rest of the calling file writes into the global table of that name.
function module(name, ...)
    local target = _G[name] or {}
    _G[name] = target
    target._M, target._NAME = target, name
    for _, option in ipairs({ ... }) do option(target) end
    setfenv(2, target)
end

function CompileString(code, identifier, handleError)
    local chunk, problem = native.compile(code, "@" .. (identifier or "CompileString"))
    if chunk then return chunk end
    if handleError == false then return problem end
    error(problem, 0)
end

function CompileFile(path)
    local found = find(normal(path))
    if found then return (native.compile(native.read(found.path), "@" .. found.name)) end
end

function RunString(code, identifier)
    engine.Guard(function() CompileString(code, identifier or "RunString")() end)
end

-- Runs every file of a folder of lua/, in each mount, in alphabetical order.
function engine.RunFolder(folder)
    for _, mount in ipairs(mounts) do
        for _, name in ipairs((native.list(mount.path .. folder))) do
            if name:find("%.lua$") then
                local path = folder .. "/" .. name
                local found = { path = mount.path .. path, name = mount.name .. path, directory = folder .. "/" }
                engine.Guard(execute, found)
            end
        end
    end
end

-- A file by its real path, as the gamemode's script.
function engine.RunScript(path)
    local full = isAbsolute(path) and path or "./" .. path
    return engine.Guard(execute, { path = path, name = path, directory = engine.ScriptDirectory(full) })
end

function engine.ScriptDirectory(full)
    local directory = full:match("^(.*/)")
    return isAbsolute(directory) and directory or native.workingDirectory .. "/" .. directory
end
