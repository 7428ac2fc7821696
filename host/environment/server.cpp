// The server itself: options, requests for the end of the frame, and what survives a map change.
#include <string>

#include "host/environment/context.h"
#include "host/server/server_state.h"

namespace host {

namespace {

constexpr double kMilliseconds = 1000.0;

void SetString(lua_State* state, const char* key, const std::string& value) {
    lua_pushlstring(state, value.data(), value.size());
    lua_setfield(state, -2, key);
}

void SetNumber(lua_State* state, const char* key, double value) {
    lua_pushnumber(state, value);
    lua_setfield(state, -2, key);
}

int Quit(lua_State* state) {
    ContextOf(state).server.quit_code = static_cast<int>(luaL_optinteger(state, 1, 0));
    return 0;
}

int ChangeMap(lua_State* state) {
    const char* const name = luaL_checkstring(state, 1);
    ContextOf(state).server.next_map = name;
    return 0;
}

int Store(lua_State* state) {
    const char* const key = luaL_checkstring(state, 1);
    std::size_t length = 0;
    const char* const value = luaL_optlstring(state, 2, nullptr, &length);
    auto& store = ContextOf(state).server.store;
    if (value == nullptr) {
        store.erase(key);
    } else {
        store[key].assign(value, length);
    }
    return 0;
}

int Load(lua_State* state) {
    const char* const key = luaL_checkstring(state, 1);
    const auto& store = ContextOf(state).server.store;
    const auto found = store.find(key);
    if (found == store.end()) {
        return 0;
    }
    lua_pushlstring(state, found->second.data(), found->second.size());
    return 1;
}

int Stats(lua_State* state) {
    const FrameStats& stats = ContextOf(state).server.stats;
    lua_newtable(state);
    SetNumber(state, "frames", static_cast<double>(stats.frames));
    SetNumber(state, "overruns", static_cast<double>(stats.overruns));
    SetNumber(state, "frameMs", stats.frame_seconds * kMilliseconds);
    SetNumber(state, "maxFrameMs", stats.max_frame_seconds * kMilliseconds);
    SetNumber(state, "thinkMs", stats.think_seconds * kMilliseconds);
    SetNumber(state, "maxThinkMs", stats.max_think_seconds * kMilliseconds);
    return 1;
}

int ResetStats(lua_State* state) {
    ContextOf(state).server.stats = FrameStats{};
    return 0;
}

int ScriptFailed(lua_State* state) {
    ContextOf(state).server.script_failed = true;
    return 0;
}

void PushNameList(lua_State* state, const char* key, const std::vector<std::string>& names) {
    lua_newtable(state);
    int index = 0;
    for (const std::string& name : names) {
        lua_pushlstring(state, name.data(), name.size());
        lua_rawseti(state, -2, ++index);
    }
    lua_setfield(state, -2, key);
}

}  // namespace

void AddServerNatives(lua_State* state, Context& context) {
    AddNative(state, context, "quit", Quit);
    AddNative(state, context, "changeMap", ChangeMap);
    AddNative(state, context, "store", Store);
    AddNative(state, context, "load", Load);
    AddNative(state, context, "stats", Stats);
    AddNative(state, context, "resetStats", ResetStats);
    AddNative(state, context, "scriptFailed", ScriptFailed);
    const ServerState& server = context.server;
    SetString(state, "garrysmod", server.options.garrysmod);
    SetString(state, "runtime", server.options.runtime);
    SetString(state, "workingDirectory", server.options.working_directory);
    SetString(state, "map", server.map);
    SetNumber(state, "mapNumber", server.map_number);
    SetNumber(state, "tickInterval", server.options.TickInterval());
    PushNameList(state, "scripts", server.options.scripts);
    PushNameList(state, "arguments", server.options.arguments);
}

}  // namespace host
