// A binary module of another release: it publishes its table as every release does, and nothing in it that this release
// could use. OTHER_ABI and OTHER_VERSION come from the build.
#include "gmod/lua_base.h"

#define OTHER_EXPORT extern "C" __attribute__((visibility("default")))

OTHER_EXPORT int gmod13_open(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushSpecial(gmod::kSpecialGlobals);
    lua.CreateTable();
    lua.PushNumber(OTHER_ABI);
    lua.SetField(-2, "ABI");
    lua.PushString(OTHER_VERSION);
    lua.SetField(-2, "VERSION");
    lua.SetField(-2, "realtime_core");
    lua.Pop(1);
    return 0;
}

OTHER_EXPORT int gmod13_close(lua_State* /*state*/) {
    return 0;
}
