#include "host/server/session.h"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "host/lua_base/lua_base.h"
#include "host/server/module_loader.h"
#include "host/server/server_state.h"

namespace host {

namespace {

void ReportTop(lua_State* state) {
    const char* const text = lua_tostring(state, -1);
    std::fflush(stdout);
    std::fprintf(stderr, "[host] %s\n", text == nullptr ? "unknown error" : text);
    lua_pop(state, 1);
}

std::string ReadAll(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

Session::Session(ServerState& server, ModuleLoader& modules)
    : server_(server),
      modules_(modules),
      machine_(LuaMachine::Options{server.options.restore_state}),
      context_{machine_, modules, server} {}

bool Session::Boot() {
    lua_State* const state = machine_.Real();
    if (!LoadDialect(state, ReadAll(server_.options.runtime + "/engine/boot.lua"), "@[host]/boot.lua")) {
        ReportTop(state);
        return false;
    }
    PushNatives(state, context_);
    if (lua_pcall(state, 1, 1, 0) != 0) {
        ReportTop(state);
        return false;
    }
    engine_ = luaL_ref(state, LUA_REGISTRYINDEX);
    CallEngine("Start", 0);
    return true;
}

double Session::Frame(double elapsed) {
    return CallEngine("Frame", elapsed);
}

void Session::Close() {
    CallEngine("Close", 0);
    for (const std::string& failure : modules_.CloseAll(machine_)) {
        std::fprintf(stderr, "[host] %s\n", failure.c_str());
    }
    if (machine_.LiveReferences() > 0) {
        std::fflush(stdout);
        std::fprintf(stderr, "[host] modules left %d references\n", machine_.LiveReferences());
    }
    if (!server_.options.keep_modules) {
        machine_.Implementation().MarkUnloaded();
    }
    modules_.UnloadAll(server_.options.keep_modules);
}

double Session::CallEngine(const char* function, double argument) {
    lua_State* const state = machine_.Real();
    lua_rawgeti(state, LUA_REGISTRYINDEX, engine_);
    lua_getfield(state, -1, function);
    lua_remove(state, -2);
    lua_pushnumber(state, argument);
    if (lua_pcall(state, 1, 1, 0) != 0) {
        ReportTop(state);
        return 0;
    }
    const double result = lua_tonumber(state, -1);
    lua_pop(state, 1);
    return result;
}

}  // namespace host
