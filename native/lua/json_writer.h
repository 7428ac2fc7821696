// Lua values to JSON, straight from the Lua stack into a string. No metamethod is called, so no Lua code runs.
//
// A table is an array when its keys are exactly 1..n, an object when they are all strings; an empty one is {}, or []
// when its metatable holds __jsontype = "array" (the sign that dkjson and others use, too). What JSON cannot say (NaN,
// functions, mixed or sparse keys, cycles) is refused with its path. Thread: game thread.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"

namespace realtime {

/// Appends the value at `index` to `out`, which may be inside `levels_above` levels already. ENCODE_FAILED's detail
/// begins with the path, rooted at `name`. After an error `out` holds a part of the text.
Result<void> WriteJson(gmod::ILuaBase& lua, int index, std::string_view name, std::string& out, int levels_above = 0);

}  // namespace realtime
