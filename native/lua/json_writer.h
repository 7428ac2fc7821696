// Lua values to JSON, straight from the Lua stack into a string. No metamethod is called, so no Lua code runs.
//
// A table is an array when its keys are exactly 1..n, an object when they are all strings; an empty one is {}, or []
// when its metatable holds __jsontype = "array" (the sign that dkjson and others use, too). What JSON cannot say (NaN,
// functions, mixed or sparse keys, cycles) is refused with its path, and so is what no message may be long enough for.
// Thread: game thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"
#include "realtime/contract.h"

namespace realtime {

struct JsonBounds {
    int levels_above = 0;  ///< inside how many levels the value lies already
    /// Of all that `out` holds. Writing ends soon after, with PAYLOAD_TOO_LARGE; a text may be a little longer.
    std::size_t most_bytes = static_cast<std::size_t>(limits::kMostPayloadBytes);
};

/// Appends the value at `index` to `out`. An error's detail begins with the path, rooted at `name`. After an error
/// `out` holds a part of the text.
Result<void> WriteJson(gmod::ILuaBase& lua, int index, std::string_view name, std::string& out,
                       const JsonBounds& bounds = {});

}  // namespace realtime
