// gmod13_open and gmod13_close: the two functions that the game looks for in the module.
//
// There is no global state. The instance lies behind a userdata box that the Lua registry holds under kRegistryKey;
// closing empties the box, so that functions which other addons still hold answer "closed" instead of crashing.
#include <cstdio>
#include <exception>
#include <memory>
#include <new>

#include "gmod/lua_base.h"
#include "lua/api.h"
#include "lua/lua_call.h"
#include "lua/module.h"
#include "realtime/contract.h"

#if defined(_WIN32)
#define REALTIME_EXPORT extern "C"  // exports.def
#else
#define REALTIME_EXPORT extern "C" __attribute__((visibility("default")))
#endif

namespace realtime {
namespace {

constexpr const char* kRegistryKey = "realtime_core.instance";

/// The box that the registry holds, or null.
ModuleBox* FindBox(gmod::ILuaBase& lua) {
    lua.PushSpecial(gmod::kSpecialRegistry);
    lua.GetField(-1, kRegistryKey);
    auto* const box = lua.GetType(-1) == gmod::type::kUserData ? static_cast<ModuleBox*>(lua.GetUserdata(-1)) : nullptr;
    lua.Pop(2);
    return box;  // it lives on: the registry has it
}

void Close(gmod::ILuaBase& lua, lua_State* state) {
    const ModuleBox* const box = FindBox(lua);
    if (box == nullptr || box->module == nullptr) {
        return;
    }
    // Until it is closed the functions find it: callbacks that are answered now may call them, and are told
    // SHUTTING_DOWN.
    const std::shared_ptr<Module> module = box->module;
    module->Close(state);
    if (ModuleBox* const still = FindBox(lua)) {  // a callback may have closed it again, and the box be gone
        still->module.reset();
    }
    lua.PushSpecial(gmod::kSpecialRegistry);
    lua.PushNil();
    lua.SetField(-2, kRegistryKey);
    lua.Pop(1);
}

void Open(gmod::ILuaBase& lua, lua_State* state) {
    Close(lua, state);  // a second open without a close in between starts from zero as well
    auto* const box = new (lua.NewUserdata(sizeof(ModuleBox))) ModuleBox{};
    box->header = gmod::UserData{&box->module, static_cast<std::uint8_t>(gmod::type::kUserData)};
    const int box_index = lua.Top();
    box->module = std::make_shared<Module>(lua);

    lua.PushSpecial(gmod::kSpecialRegistry);
    lua.Push(box_index);
    lua.SetField(-2, kRegistryKey);
    lua.Pop(1);

    lua.PushSpecial(gmod::kSpecialGlobals);
    PushApi(lua, box_index);
    lua.SetField(-2, kModuleName);
    lua.Pop(2);
}

/// No exception of ours leaves the module: false, with what is to be raised in `text`. (Not noexcept: an error of Lua's
/// may.)
bool TryOpen(gmod::ILuaBase& lua, lua_State* state, RaisedText& text) {
    try {
        Open(lua, state);
        return true;
    } catch (const std::exception& error) {
        (void)std::snprintf(text.data(), text.size(), "realtime_core cannot be opened: %s", error.what());
        return false;
    }
}

/// No exception of ours leaves the module here either: what is left of it then goes without telling anybody, but its
/// threads and its references go.
void CloseWhatever(gmod::ILuaBase& lua, lua_State* state) {
    try {
        Close(lua, state);
    } catch (const std::exception&) {
        if (ModuleBox* const box = FindBox(lua)) {
            box->module.reset();
        }
    }
}

}  // namespace
}  // namespace realtime

/// Called by the game when Lua requires the module. Game thread.
REALTIME_EXPORT int gmod13_open(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    realtime::RaisedText text;
    if (!realtime::TryOpen(lua, state, text)) {
        lua.ThrowError(text.data());
    }
    return 0;
}

/// Called by the game before the Lua state is closed, at a map change or at the end. Game thread; returns within
/// limits::kCloseDeadlineMs.
REALTIME_EXPORT int gmod13_close(lua_State* state) {
    realtime::CloseWhatever(gmod::Attach(state), state);
    return 0;
}
