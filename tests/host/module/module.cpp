// Entry points. The global table `hosttest` carries the functions; what happens at close goes to `hosttest.onClose`.
#include "module.h"

extern "C" __attribute__((visibility("default"))) int gmod13_open(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushSpecial(gmod::kSpecialGlobals);
    lua.GetField(-1, "hosttest_fail_open");
    if (lua.GetBool(-1)) {
        lua.ThrowError("open was told to fail");
    }
    lua.Pop();
    lua.CreateTable();
    hosttest::AddStack(lua);
    hosttest::AddCalls(lua);
    hosttest::AddUserdata(lua);
    hosttest::AddStates(lua);
    lua.SetField(-2, "hosttest");
    lua.Pop();
    return 0;
}

extern "C" __attribute__((visibility("default"))) int gmod13_close(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    lua.PushSpecial(gmod::kSpecialGlobals);
    lua.GetField(-1, "hosttest");
    lua.GetField(-1, "onClose");
    if (lua.IsType(-1, gmod::type::kFunction)) {
        lua.Call(0, 0);
    }
    return 0;
}
