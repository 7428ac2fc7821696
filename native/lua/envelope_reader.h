// Reading a typed event's envelope (event_definition.h), in one pass and without a table for it: the Lua side puts the
// event together. Thread: game thread.
#pragma once

#include <string_view>

#include "core/result.h"
#include "gmod/lua_base.h"
#include "lua/event_definition.h"

namespace realtime {

/// How many values ReadEnvelope pushes.
constexpr int kEnvelopeValues = 6;

/// Pushes data, id, source, time, timestamp and `channel`. After an error the stack is as before.
Result<void> ReadEnvelope(gmod::ILuaBase& lua, const EventDefinition& event, std::string_view channel,
                          std::string_view text);

}  // namespace realtime
