// The console: what scripts print goes to standard output, errors to standard error, in the order they happen.
#include <cstdio>

#include "host/environment/context.h"

namespace host {

namespace {

void Write(lua_State* state, std::FILE* stream) {
    const int count = lua_gettop(state);
    for (int i = 1; i <= count; ++i) {
        std::size_t length = 0;
        const char* const text = luaL_checklstring(state, i, &length);
        std::fwrite(text, 1, length, stream);
    }
}

int Out(lua_State* state) {
    Write(state, stdout);
    return 0;
}

int Err(lua_State* state) {
    std::fflush(stdout);
    Write(state, stderr);
    return 0;
}

}  // namespace

void AddOutputNatives(lua_State* state, Context& context) {
    AddNative(state, context, "out", Out);
    AddNative(state, context, "err", Err);
}

}  // namespace host
