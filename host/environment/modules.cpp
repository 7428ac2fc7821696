// Compiling Lua files and opening binary modules.
#include <string>

#include "host/environment/context.h"
#include "host/lua_base/lua_base.h"
#include "host/lua_base/lua_machine.h"
#include "host/server/module_loader.h"

namespace host {

namespace {

/// compile(text, chunk name) → function, or nil and the reason.
int Compile(lua_State* state) {
    std::size_t length = 0;
    const char* const text = luaL_checklstring(state, 1, &length);
    const char* const chunk = luaL_checkstring(state, 2);
    if (LoadDialect(state, {text, length}, chunk)) {
        return 1;
    }
    lua_pushnil(state);
    lua_insert(state, -2);
    return 2;
}

/// openModule(name, path) → its gmod13_open, or nil and the reason.
int OpenModule(lua_State* state) {
    const char* const name = luaL_checkstring(state, 1);
    const char* const path = luaL_checkstring(state, 2);
    Context& context = ContextOf(state);
    gmod::CFunction open = nullptr;
    {
        const ModuleLoader::Opened opened = context.modules.Open(name, path);
        open = opened.open;
        if (open == nullptr) {
            lua_pushnil(state);
            lua_pushlstring(state, opened.error.data(), opened.error.size());
        }
    }
    if (open == nullptr) {
        return 2;
    }
    context.machine.Implementation().PushModuleFunction(state, open);
    return 1;
}

/// moduleOpened(name): its gmod13_open returned, so gmod13_close is due one day.
int ModuleOpened(lua_State* state) {
    const char* const name = luaL_checkstring(state, 1);
    ContextOf(state).modules.MarkOpened(name);
    return 0;
}

int ModuleFiles(lua_State* state) {
    const char* const name = luaL_checkstring(state, 1);
    lua_newtable(state);
    int index = 0;
    for (const char* const suffix : kModuleSuffixes) {
        lua_pushfstring(state, "gmsv_%s_%s.dll", name, suffix);
        lua_rawseti(state, -2, ++index);
    }
    return 1;
}

}  // namespace

void AddModuleNatives(lua_State* state, Context& context) {
    AddNative(state, context, "compile", Compile);
    AddNative(state, context, "openModule", OpenModule);
    AddNative(state, context, "moduleOpened", ModuleOpened);
    AddNative(state, context, "moduleFiles", ModuleFiles);
}

}  // namespace host
