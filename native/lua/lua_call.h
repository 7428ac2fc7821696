// LuaCall: one call from Lua into a C function of ours, and the guard that turns C++ into Lua's way of raising.
//
// Lua raises by longjmp or unwinding, and on the 32-bit platforms that skips destructors. So a body never raises: it
// runs in an inner function, says what is to be raised, all its objects die, and only then the outer one raises.
#pragma once

#include <array>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

#include "gmod/lua_base.h"

namespace realtime {

class Module;

struct LuaCall {
    gmod::ILuaBase& lua;
    lua_State* state;
    Module& module;

    /// The interface is shared by all coroutines: after Lua has run, it must be put back to ours.
    void Restore() const { lua.SetState(state); }
};

/// What a body leaves behind: so many results on the stack, or an error to raise.
class LuaReturn {
  public:
    static LuaReturn Results(int count) { return {count, {}}; }
    static LuaReturn Raise(std::string message) { return {kRaise, std::move(message)}; }

    [[nodiscard]] bool IsRaise() const noexcept { return count_ == kRaise; }
    [[nodiscard]] int Count() const noexcept { return count_; }
    [[nodiscard]] const std::string& Message() const noexcept { return message_; }

  private:
    static constexpr int kRaise = -1;
    LuaReturn(int count, std::string message) : count_(count), message_(std::move(message)) {}

    int count_;
    std::string message_;
};

/// Pushes bytes of any length; an empty view would otherwise be measured with strlen.
inline void PushText(gmod::ILuaBase& lua, std::string_view text) {
    lua.PushString(text.empty() ? "" : text.data(), static_cast<unsigned int>(text.size()));
}

/// The bytes of a string argument. Only for values whose type is string: a number would be converted in place.
inline std::string_view TextAt(gmod::ILuaBase& lua, int index) {
    unsigned int length = 0;
    const char* const text = lua.GetString(index, &length);
    return text == nullptr ? std::string_view() : std::string_view(text, length);
}

/// The instance behind the running closure, or null once the module is closed.
Module* FindModule(gmod::ILuaBase& lua);

using RaisedText = std::array<char, 512>;
constexpr int kRaised = -1;

/// The inner half of the guard: every C++ object lives and dies in here. kRaised: `text` is to be raised.
template <LuaReturn (*Body)(const LuaCall&)>
int RunBody(gmod::ILuaBase& lua, lua_State* state, RaisedText& text) noexcept {
    const auto raise = [&text](const char* message) {
        (void)std::snprintf(text.data(), text.size(), "%s", message);
        return kRaised;
    };
    Module* const module = FindModule(lua);
    if (module == nullptr) {
        return raise("realtime_core is closed");
    }
    try {
        const LuaReturn returned = Body(LuaCall{lua, state, *module});
        lua.SetState(state);
        return returned.IsRaise() ? raise(returned.Message().c_str()) : returned.Count();
    } catch (const std::exception& error) {
        return raise(error.what());
    }
}

/// The function that Lua calls.
template <LuaReturn (*Body)(const LuaCall&)>
int Guarded(lua_State* state) {
    gmod::ILuaBase& lua = gmod::Attach(state);
    RaisedText text;
    const int results = RunBody<Body>(lua, state, text);
    if (results == kRaised) {
        lua.ThrowError(text.data());
    }
    return results;
}

}  // namespace realtime
