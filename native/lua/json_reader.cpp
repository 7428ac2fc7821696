#include "lua/json_reader.h"

#include <string>

#include "lua/lua_call.h"
#include "realtime/contract.h"

namespace realtime {
namespace {

/// What is done with the values: they are pushed, and put into the table below them.
class Pusher {
  public:
    explicit Pusher(gmod::ILuaBase& lua) : lua_(lua) {}
    void Nil() { lua_.PushNil(); }
    void Bool(bool value) { lua_.PushBool(value); }
    void Number(double value) { lua_.PushNumber(value); }
    void String(std::string_view text) { PushText(lua_, text); }
    void Table() { lua_.CreateTable(); }
    void Key(std::string_view key) { PushText(lua_, key); }
    void Index(int index) { lua_.PushNumber(index); }
    void Put() { lua_.RawSet(-3); }

  private:
    gmod::ILuaBase& lua_;
};

/// Or nothing is done with them.
struct Skipper {
    void Nil() {}
    void Bool(bool /*value*/) {}
    void Number(double /*value*/) {}
    void String(std::string_view /*text*/) {}
    void Table() {}
    void Key(std::string_view /*key*/) {}
    void Index(int /*index*/) {}
    void Put() {}
};

template <typename Sink>
class ValueReader {
  public:
    ValueReader(JsonCursor& cursor, Sink sink) : cursor_(cursor), sink_(sink) {}

    bool Read(int depth) {  // NOLINT(misc-no-recursion): kMaxJsonDepth bounds it
        switch (cursor_.Next()) {
            case '{':
                return ReadObject(depth + 1);
            case '[':
                return ReadArray(depth + 1);
            case '"': {
                std::string_view text;
                if (!cursor_.ReadString(text)) {
                    return false;
                }
                sink_.String(text);
                return true;
            }
            case 't':
                sink_.Bool(true);
                return cursor_.ReadWord("true");
            case 'f':
                sink_.Bool(false);
                return cursor_.ReadWord("false");
            case 'n':
                sink_.Nil();
                return cursor_.ReadWord("null");
            default: {
                double number = 0;
                if (!cursor_.ReadNumber(number)) {
                    return false;
                }
                sink_.Number(number);
                return true;
            }
        }
    }

  private:
    bool Open(int depth) {
        if (depth > limits::kMaxJsonDepth) {
            return cursor_.Fail("nested deeper than " + std::to_string(limits::kMaxJsonDepth) + " levels");
        }
        sink_.Table();
        return true;
    }

    bool ReadObject(int depth) {  // NOLINT(misc-no-recursion)
        if (!Open(depth)) {
            return false;
        }
        (void)cursor_.Take('{');
        if (cursor_.Take('}')) {
            return true;
        }
        do {
            std::string_view key;
            if (!cursor_.ReadString(key)) {
                return false;
            }
            sink_.Key(key);
            if (!cursor_.Take(':')) {
                return cursor_.Fail("a colon expected");
            }
            if (!Read(depth)) {
                return false;
            }
            sink_.Put();
        } while (cursor_.Take(','));
        return cursor_.Take('}') || cursor_.Fail("a comma or } expected");
    }

    bool ReadArray(int depth) {  // NOLINT(misc-no-recursion)
        if (!Open(depth)) {
            return false;
        }
        (void)cursor_.Take('[');
        if (cursor_.Take(']')) {
            return true;
        }
        int index = 0;
        do {
            sink_.Index(++index);
            if (!Read(depth)) {
                return false;
            }
            sink_.Put();
        } while (cursor_.Take(','));
        return cursor_.Take(']') || cursor_.Fail("a comma or ] expected");
    }

    JsonCursor& cursor_;
    Sink sink_;
};

}  // namespace

bool PushJsonValue(gmod::ILuaBase& lua, JsonCursor& cursor, int depth) {
    return ValueReader<Pusher>(cursor, Pusher(lua)).Read(depth);
}

bool SkipJsonValue(JsonCursor& cursor, int depth) {
    return ValueReader<Skipper>(cursor, Skipper()).Read(depth);
}

Result<void> ReadJson(gmod::ILuaBase& lua, std::string_view text) {
    const int top = lua.Top();
    JsonCursor cursor(text);
    if (PushJsonValue(lua, cursor, 0) && (cursor.IsDone() || cursor.Fail("more text after the value"))) {
        return {};
    }
    lua.Pop(lua.Top() - top);
    return MakeError(ErrorCode::kDecodeFailed, cursor.Problem());
}

}  // namespace realtime
