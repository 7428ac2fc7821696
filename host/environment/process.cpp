// What the process looks like from outside: clock, memory, descriptors, threads, mapped libraries.
#include "host/system/process.h"
#include "host/environment/context.h"
#include "host/lua_base/lua_base.h"
#include "host/lua_base/lua_machine.h"
#include "host/server/frame_clock.h"
#include "host/system/library.h"

namespace host {

namespace {

int SysTime(lua_State* state) {
    lua_pushnumber(state, FrameClock::Now());
    return 1;
}

int MemoryBytes(lua_State* state) {
    lua_pushnumber(state, system::ResidentBytes());
    return 1;
}

int HeapBytes(lua_State* state) {
    lua_pushnumber(state, system::HeapBytes());
    return 1;
}

int Descriptors(lua_State* state) {
    lua_pushinteger(state, system::OpenDescriptors());
    return 1;
}

int Threads(lua_State* state) {
    lua_pushinteger(state, system::RunningThreads());
    return 1;
}

/// threadUsage(): processor seconds of the game thread, and how often it gave the processor up.
int ThreadUsage(lua_State* state) {
    const system::ThreadUsage usage = system::UsageOfThisThread();
    lua_pushnumber(state, usage.processor_seconds);
    lua_pushnumber(state, usage.times_given_up);
    return 2;
}

/// mapped(text): whether a file whose path holds that text is mapped into the process.
int Mapped(lua_State* state) {
    const char* const text = luaL_checkstring(state, 1);
    lua_pushboolean(state, system::IsMapped(text) ? 1 : 0);
    return 1;
}

int References(lua_State* state) {
    lua_pushinteger(state, ContextOf(state).machine.LiveReferences());
    return 1;
}

int InvalidFrees(lua_State* state) {
    lua_pushinteger(state, ContextOf(state).machine.InvalidFrees());
    return 1;
}

int CoroutineStates(lua_State* state) {
    lua_pushinteger(state, ContextOf(state).machine.Implementation().CoroutineShadows());
    return 1;
}

}  // namespace

void AddProcessNatives(lua_State* state, Context& context) {
    AddNative(state, context, "sysTime", SysTime);
    AddNative(state, context, "memoryBytes", MemoryBytes);
    AddNative(state, context, "heapBytes", HeapBytes);
    AddNative(state, context, "descriptors", Descriptors);
    AddNative(state, context, "threads", Threads);
    AddNative(state, context, "threadUsage", ThreadUsage);
    AddNative(state, context, "mapped", Mapped);
    AddNative(state, context, "references", References);
    AddNative(state, context, "invalidFrees", InvalidFrees);
    AddNative(state, context, "coroutineStates", CoroutineStates);
}

}  // namespace host
