#include "lua/envelope_reader.h"

#include <string>
#include <utility>

#include "lua/json_reader.h"
#include "lua/lua_call.h"
#include "lua/utc_time.h"

namespace realtime {
namespace {

constexpr double kMillisecondsPerSecond = 1000;

/// JSON, but no event.
Error NotAnEvent(std::string what) {
    return MakeError(ErrorCode::kValidationFailed, std::move(what));
}

/// An attribute that is a string. As in any JSON here, the last of equal keys wins.
class Attribute {
  public:
    /// Another type than string is as good as none. A text without escape sequences is not copied.
    bool Read(JsonCursor& cursor, std::string_view text) {
        // CloudEvents' JSON format has null mean the same as nothing.
        is_there_ = cursor.Next() != 'n';
        value_ = {};
        if (cursor.Next() != '"') {
            return SkipJsonValue(cursor, 1);
        }
        std::string_view read;
        if (!cursor.ReadString(read)) {
            return false;
        }
        const bool is_in_text = read.data() >= text.data() && read.data() < text.data() + text.size();
        if (!is_in_text) {
            copy_ = read;
            read = copy_;
        }
        value_ = read;
        return true;
    }

    [[nodiscard]] std::string_view Value() const noexcept { return value_; }
    [[nodiscard]] bool IsThere() const noexcept { return is_there_; }

  private:
    bool is_there_ = false;
    std::string_view value_;
    std::string copy_;
};

class EnvelopeReader {
  public:
    EnvelopeReader(gmod::ILuaBase& lua, std::string_view text) : lua_(lua), text_(text), cursor_(text) {}

    /// Leaves `data` on the stack when it is an object or an array.
    Result<void> Read() {
        if (!ReadAttributes() || !(cursor_.IsDone() || cursor_.Fail("more text after the value"))) {
            return is_object_ ? MakeError(ErrorCode::kDecodeFailed, cursor_.Problem())
                              : NotAnEvent("not a JSON object");
        }
        return {};
    }

    /// Gives the time of publication, in seconds since 1970. CloudEvents lets a publisher leave it out: then it is that
    /// of arrival.
    Result<double> Check(const EventDefinition& event, std::int64_t now_ms) {
        if (spec_version_.Value() != "1.0") {
            return NotAnEvent("not a CloudEvents 1.0 envelope");
        }
        if (type_.Value() != event.type) {
            return NotAnEvent("the type is not \"" + event.type + "\"");
        }
        if (id_.Value().empty() || source_.Value().empty()) {
            return NotAnEvent("id or source is missing");
        }
        double seconds = static_cast<double>(now_ms) / kMillisecondsPerSecond;
        if (!time_.IsThere()) {
            arrived_ = FormatUtc(now_ms);
        } else if (!ParseRfc3339(time_.Value(), seconds)) {
            return NotAnEvent("time is not RFC 3339");
        }
        if (!has_data_) {
            return NotAnEvent("data is missing or not an object");
        }
        return seconds;
    }

    void PushAttributes(double seconds, std::string_view channel, std::string_view own) {
        PushText(lua_, id_.Value());
        PushText(lua_, source_.Value());
        PushText(lua_, time_.IsThere() ? time_.Value() : arrived_);
        lua_.PushNumber(seconds);
        PushText(lua_, channel);
        lua_.PushBool(!own.empty() && id_.Value().substr(0, own.size()) == own);
    }

  private:
    bool ReadAttributes() {
        is_object_ = cursor_.Take('{');
        if (!is_object_) {
            return false;
        }
        if (cursor_.Take('}')) {
            return true;
        }
        do {
            std::string_view key;
            if (!cursor_.ReadString(key)) {
                return false;
            }
            Attribute* const attribute = Find(key);
            const bool is_data = key == "data";
            if (!cursor_.Take(':')) {
                return cursor_.Fail("a colon expected");
            }
            const bool is_read = is_data                ? ReadData()
                                 : attribute == nullptr ? SkipJsonValue(cursor_, 1)
                                                        : attribute->Read(cursor_, text_);
            if (!is_read) {
                return false;
            }
        } while (cursor_.Take(','));
        return cursor_.Take('}') || cursor_.Fail("a comma or } expected");
    }

    Attribute* Find(std::string_view key) {
        const std::pair<std::string_view, Attribute*> attributes[] = {
            {"specversion", &spec_version_}, {"id", &id_}, {"source", &source_}, {"type", &type_}, {"time", &time_}};
        for (const auto& [name, attribute] : attributes) {
            if (name == key) {
                return attribute;
            }
        }
        return nullptr;
    }

    bool ReadData() {
        if (has_data_) {
            lua_.Pop(1);
        }
        const char first = cursor_.Next();
        has_data_ = first == '{' || first == '[';
        return has_data_ ? PushJsonValue(lua_, cursor_, 1) : SkipJsonValue(cursor_, 1);
    }

    gmod::ILuaBase& lua_;
    std::string_view text_;
    JsonCursor cursor_;
    Attribute spec_version_;
    Attribute id_;
    Attribute source_;
    Attribute type_;
    Attribute time_;
    std::string arrived_;  // stands for the time when there is none
    bool is_object_ = false;
    bool has_data_ = false;
};

}  // namespace

Result<void> ReadEnvelope(gmod::ILuaBase& lua, const EventDefinition& event, std::string_view channel,
                          std::string_view text, std::string_view own, std::int64_t now_ms) {
    const int top = lua.Top();
    EnvelopeReader reader(lua, text);
    Result<void> read = reader.Read();
    Result<double> seconds = read.IsOk() ? reader.Check(event, now_ms) : Result<double>(std::move(read).Error());
    if (seconds.IsErr()) {
        lua.Pop(lua.Top() - top);
        return std::move(seconds).Error();
    }
    reader.PushAttributes(seconds.Value(), channel, own);
    return {};
}

}  // namespace realtime
