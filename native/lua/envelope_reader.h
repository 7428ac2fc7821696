// Reading a typed event's envelope (event_definition.h) into a Lua table. Thread: game thread.
#pragma once

#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"
#include "lua/event_definition.h"

namespace realtime {

/// With a received envelope's text: pushes {name, id, source, time, timestamp, channel, data}. After an error the stack
/// is as before.
Result<void> ReadEnvelope(gmod::ILuaBase& lua, const EventDefinition& event, std::string_view channel,
                          std::string_view text);

}  // namespace realtime
