#include "lua/json_reader.h"

#include <cstdint>
#include <string>
#include <vector>

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include "lua/lua_call.h"
#include "lua/utf8.h"
#include "realtime/contract.h"

namespace realtime {
namespace {

/// Turns the reader's events into pushes. Open tables lie on the Lua stack, each with its pending key above it.
class LuaBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, LuaBuilder> {
  public:
    /// `escaped`: the text holds escape sequences. RapidJSON 1.1 checks the bytes of a text and that a high surrogate
    /// is followed by a low one, but lets a low one through that stands alone.
    LuaBuilder(gmod::ILuaBase& lua, bool escaped) : lua_(lua), escaped_(escaped) {}

    [[nodiscard]] bool TooDeep() const noexcept { return too_deep_; }
    [[nodiscard]] bool HasLoneSurrogate() const noexcept { return lone_surrogate_; }

    bool Null() {
        BeforeValue();
        lua_.PushNil();
        return AfterValue();
    }
    bool Bool(bool value) {
        BeforeValue();
        lua_.PushBool(value);
        return AfterValue();
    }
    bool Int(int value) { return Double(value); }
    bool Uint(unsigned value) { return Double(value); }
    bool Int64(std::int64_t value) { return Double(static_cast<double>(value)); }
    bool Uint64(std::uint64_t value) { return Double(static_cast<double>(value)); }
    bool Double(double value) {
        BeforeValue();
        lua_.PushNumber(value);
        return AfterValue();
    }
    bool String(const char* text, rapidjson::SizeType length, bool /*copy*/) {
        if (!IsSound(std::string_view(text, length))) {
            return false;
        }
        BeforeValue();
        PushText(lua_, std::string_view(text, length));
        return AfterValue();
    }
    bool Key(const char* text, rapidjson::SizeType length, bool /*copy*/) {
        if (!IsSound(std::string_view(text, length))) {
            return false;
        }
        PushText(lua_, std::string_view(text, length));
        return true;
    }
    bool StartObject() { return Open(kObject); }
    bool EndObject(rapidjson::SizeType /*members*/) { return CloseTable(); }
    bool StartArray() { return Open(0); }
    bool EndArray(rapidjson::SizeType /*elements*/) { return CloseTable(); }

  private:
    static constexpr int kObject = -1;

    bool IsSound(std::string_view text) {
        lone_surrogate_ = escaped_ && !IsUtf8(text);
        return !lone_surrogate_;
    }

    bool Open(int kind) {
        if (open_.size() >= static_cast<std::size_t>(limits::kMaxJsonDepth)) {
            too_deep_ = true;
            return false;
        }
        BeforeValue();
        lua_.CreateTable();
        open_.push_back(kind);
        return true;
    }

    bool CloseTable() {
        open_.pop_back();
        return AfterValue();
    }

    void BeforeValue() {
        if (!open_.empty() && open_.back() != kObject) {
            lua_.PushNumber(++open_.back());
        }
    }

    bool AfterValue() {
        if (!open_.empty()) {
            lua_.RawSet(-3);
        }
        return true;
    }

    gmod::ILuaBase& lua_;
    std::vector<int> open_;  // kObject, or how many elements the array has so far
    bool escaped_;
    bool too_deep_ = false;
    bool lone_surrogate_ = false;
};

Error Malformed(std::size_t offset, const std::string& what) {
    return MakeError(ErrorCode::kDecodeFailed, "at byte " + std::to_string(offset + 1) + ": " + what);
}

}  // namespace

Result<void> ReadJson(gmod::ILuaBase& lua, std::string_view text) {
    constexpr unsigned kFlags =
        rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag;
    const int top = lua.Top();
    rapidjson::MemoryStream stream(text.data() == nullptr ? "" : text.data(), text.size());
    rapidjson::Reader reader;
    LuaBuilder builder(lua, text.find('\\') != std::string_view::npos);
    const rapidjson::ParseResult parsed = reader.Parse<kFlags>(stream, builder);
    // The reader takes a NUL byte for the end of the text; the text ends where its length says.
    const bool whole = stream.Tell() == text.size();
    if (!parsed.IsError() && whole) {
        return {};
    }
    lua.Pop(lua.Top() - top);
    if (builder.TooDeep()) {
        return Malformed(parsed.Offset(), "nested deeper than " + std::to_string(limits::kMaxJsonDepth) + " levels");
    }
    if (builder.HasLoneSurrogate()) {
        return Malformed(parsed.Offset(), "a low surrogate without the high one before it");
    }
    return parsed.IsError() ? Malformed(parsed.Offset(), rapidjson::GetParseError_En(parsed.Code()))
                            : Malformed(stream.Tell(), "a NUL byte");
}

}  // namespace realtime
