// Registry references, counted: what a module does not free is seen by its tests, and so is what it frees twice.
#include <lua.hpp>

#include <cstdio>

#include "host/lua_base/lua_base.h"

namespace host {

int LuaBase::ReferenceCreate() {
    const int reference = luaL_ref(current_, LUA_REGISTRYINDEX);
    if (reference >= 0) {
        references_.insert(reference);
    }
    return reference;
}

void LuaBase::ReferenceFree(int reference) {
    if (reference < 0) {
        return;
    }
    if (references_.erase(reference) == 0) {
        // In the game this corrupts the registry's free list; here it is reported and counted instead.
        ++invalid_frees_;
        std::fprintf(stderr, "[host] ReferenceFree(%d): not a live reference\n", reference);
        return;
    }
    luaL_unref(current_, LUA_REGISTRYINDEX, reference);
}

void LuaBase::ReferencePush(int reference) {
    lua_rawgeti(current_, LUA_REGISTRYINDEX, reference);
}

}  // namespace host
