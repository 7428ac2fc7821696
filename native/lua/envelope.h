// The wire format of typed events: CloudEvents 1.0, structured JSON, keys in a fixed order (docs/ARCHITECTURE.md).
// Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
// Thread: game thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gmod/lua_base.h"

namespace realtime {

/// An event as the Lua side defined it, with the parts of its JSON that never change made once.
struct EventDefinition {
    std::string name;                 ///< "PlayerDeath"
    std::string channel;              ///< "player:death"
    std::string type;                 ///< "gmod.player.death"
    std::vector<std::string> fields;  ///< in wire order
    std::vector<std::string> keys;    ///< the same as JSON: "\"victim_name\":"

    static EventDefinition Make(std::string name, std::string channel, std::vector<std::string> fields);
};

class EnvelopeWriter {
  public:
    /// `instance` names this start of the module; it becomes a part of every id.
    explicit EnvelopeWriter(std::string instance) : instance_(std::move(instance)) {}

    /// The envelope of `event` with the values at stack index `first` and up, in field order; a nil is left out.
    Result<std::string> Write(gmod::ILuaBase& lua, const EventDefinition& event, int first, std::string_view source,
                              std::int64_t unix_ms) const;

    /// The envelope last written was accepted: the next one has the next number.
    void Advance() noexcept { ++sequence_; }

  private:
    std::string instance_;
    std::uint64_t sequence_ = 1;
};

/// With a received envelope's text: pushes {name, id, source, time, timestamp, channel, data}. After an error the stack
/// is as before.
Result<void> ReadEnvelope(gmod::ILuaBase& lua, const EventDefinition& event, std::string_view channel,
                          std::string_view text);

/// "2026-11-23T10:15:30.123Z"
std::string FormatUtc(std::int64_t unix_ms);

/// Seconds since 1970 of an RFC 3339 time, or nothing when it is none. Any offset, any number of decimals.
bool ParseRfc3339(std::string_view text, double& seconds);

}  // namespace realtime
