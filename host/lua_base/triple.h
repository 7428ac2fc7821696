// Vector and Angle: userdata blocks of three floats, with the game's layout, and what Lua can do with them.
#pragma once

#include <array>

#include "gmod/lua_base.h"

namespace host {

class LuaBase;

namespace triple {

using Values = std::array<float, 3>;

/// The game's layout: `head.data` points at the floats, which lie right behind the head.
struct Block {
    gmod::UserData head;
    float values[3];
};

/// Pushes a new Vector or Angle (`type` is one of the two).
void Push(lua_State* state, int type, const Values& values);

/// The floats of a Vector or Angle, or null when the value is something else.
float* Find(lua_State* state, int index, int type);

/// Makes both metatables and the global functions Vector and Angle.
void Open(lua_State* state, LuaBase& base);

}  // namespace triple
}  // namespace host
