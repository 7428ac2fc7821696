#include "lua/envelope_reader.h"

#include "lua/json_reader.h"
#include "lua/lua_call.h"
#include "lua/utc_time.h"

namespace realtime {
namespace {

Error NotAnEvent(const std::string& what) {
    return MakeError(ErrorCode::kDecodeFailed, what);
}

/// Moves the raw field `key` of the table at `from` to the table on top.
void CopyField(gmod::ILuaBase& lua, int from, const char* key) {
    lua.PushString(key);
    lua.PushString(key);
    lua.RawGet(from);
    lua.RawSet(-3);
}

/// The string field `key` of the table at `index`; empty when it is none. Valid while the table lives.
std::string_view StringField(gmod::ILuaBase& lua, int index, const char* key) {
    lua.PushString(key);
    lua.RawGet(index);
    const bool is_string = lua.GetType(-1) == gmod::type::kString;
    const std::string_view text = is_string ? TextAt(lua, -1) : std::string_view();
    lua.Pop(1);
    return text;
}

Result<double> CheckEnvelope(gmod::ILuaBase& lua, int index, const EventDefinition& event) {
    if (lua.GetType(index) != gmod::type::kTable) {
        return NotAnEvent("not a JSON object");
    }
    if (StringField(lua, index, "specversion") != "1.0") {
        return NotAnEvent("not a CloudEvents 1.0 envelope");
    }
    if (StringField(lua, index, "type") != event.type) {
        return NotAnEvent("the type is not \"" + event.type + "\"");
    }
    if (StringField(lua, index, "id").empty() || StringField(lua, index, "source").empty()) {
        return NotAnEvent("id or source is missing");
    }
    double seconds = 0;
    if (!ParseRfc3339(StringField(lua, index, "time"), seconds)) {
        return NotAnEvent("time is missing or not RFC 3339");
    }
    lua.PushString("data");
    lua.RawGet(index);
    const bool has_data = lua.GetType(-1) == gmod::type::kTable;
    lua.Pop(1);
    if (!has_data) {
        return NotAnEvent("data is missing or not an object");
    }
    return seconds;
}

}  // namespace

Result<void> ReadEnvelope(gmod::ILuaBase& lua, const EventDefinition& event, std::string_view channel,
                          std::string_view text) {
    if (Result<void> read = ReadJson(lua, text); read.IsErr()) {
        return read;
    }
    const int envelope = lua.Top();
    Result<double> seconds = CheckEnvelope(lua, envelope, event);
    if (seconds.IsErr()) {
        lua.Pop(1);
        return std::move(seconds).Error();
    }
    lua.CreateTable();
    PushText(lua, event.name);
    lua.SetField(-2, "name");
    PushText(lua, channel);
    lua.SetField(-2, "channel");
    lua.PushNumber(seconds.Value());
    lua.SetField(-2, "timestamp");
    for (const char* key : {"id", "source", "time", "data"}) {
        CopyField(lua, envelope, key);
    }
    lua.Remove(envelope);
    return {};
}

}  // namespace realtime
