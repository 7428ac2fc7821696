// Lua values into JSON: random trees of whatever Lua has (tables of every shape, cycles, metatables, userdata, NaN,
// broken UTF-8, nesting up to and beyond the limit) through the module's own functions, as an addon calls them. What is
// written must be JSON to RapidJSON's strict reader, have the value that went in, and read back equal; what is refused
// must be what the generator says cannot be written, and sends nothing. No metamethod may run.
#include <fuzzer/FuzzedDataProvider.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/support/check.h"
#include "fuzz/support/json_tree.h"
#include "host/lua_base/lua_machine.h"
#include "realtime/contract.h"

extern "C" int gmod13_open(lua_State* state);
extern "C" int gmod13_close(lua_State* state);

namespace {

using realtime::fuzz::Check;
using realtime::fuzz::IsSame;
using realtime::fuzz::IsWellFormed;
using realtime::fuzz::JsonTree;
using realtime::fuzz::ParsedJson;
using realtime::fuzz::ParseStrictly;

/// What a generated value is in JSON.
struct Expected {
    bool writable = true;
    JsonTree tree;
    int levels = 0;  ///< of arrays and objects, this one included
    std::size_t nodes = 1;
};

/// Pushes random values, and says what each is in JSON.
class Generator {
  public:
    Generator(gmod::ILuaBase& lua, FuzzedDataProvider& data) : lua_(lua), data_(data) {}
    ~Generator() {
        for (const Shared& shared : shared_) {
            lua_.ReferenceFree(shared.reference);
        }
    }
    Generator(const Generator&) = delete;
    Generator& operator=(const Generator&) = delete;

    Expected Push() {  // NOLINT(misc-no-recursion): the input's length bounds it
        enum Kind {
            kNil,
            kBool,
            kSmall,
            kDouble,
            kSpecial,
            kText,
            kBytes,
            kArray,
            kObject,
            kMarked,
            kOdd,
            kAncestor,
            kAgain,
            kVector,
            kAngle,
            kForeign,
            kWrapped,
            kMaxValue = kWrapped
        };
        if (++values_ > kMostValues) {
            lua_.PushBool(true);
            return Truth(true);
        }
        switch (data_.ConsumeEnum<Kind>()) {
            case kNil:
                lua_.PushNil();
                return {};
            case kBool: {
                const bool truth = data_.ConsumeBool();
                lua_.PushBool(truth);
                return Truth(truth);
            }
            case kSmall:
                return PushNumber(data_.ConsumeIntegral<std::int16_t>());
            case kDouble:
                return PushNumber(data_.ConsumeFloatingPoint<double>());
            case kSpecial:
                return PushNumber(data_.PickValueInArray(kSpecialNumbers));
            case kText:
                return PushText(data_.PickValueInArray(kTexts));
            case kBytes:
                return PushText(data_.ConsumeRandomLengthString(kMostBytes));
            case kArray:
                return PushArray();
            case kObject:
                return PushObject();
            case kMarked:
                return PushMarked();
            case kOdd:
                return PushOdd();
            case kAncestor:
                return PushAncestor();
            case kAgain:
                return PushAgain();
            case kVector:
                return PushTriple(gmod::type::kVector);
            case kAngle:
                return PushTriple(gmod::type::kAngle);
            case kForeign:
                return PushForeign();
            case kWrapped:
                return PushWrapped();
        }
        return {};
    }

  private:
    struct Shared {
        int reference;
        Expected expected;
    };
    static constexpr std::size_t kMostValues = 1000;
    static constexpr std::size_t kMostNodes = 1000;  // a value that is met many times is written as often
    static constexpr std::size_t kMostBytes = 64;
    static constexpr int kMostItems = 12;
    static constexpr std::array<double, 18> kSpecialNumbers{std::numeric_limits<double>::quiet_NaN(),
                                                            std::numeric_limits<double>::infinity(),
                                                            -std::numeric_limits<double>::infinity(),
                                                            0.0,
                                                            -0.0,
                                                            9007199254740991.0,
                                                            9007199254740992.0,
                                                            -9007199254740992.0,
                                                            9007199254740994.0,
                                                            9223372036854775808.0,
                                                            18446744073709551616.0,
                                                            1e21,
                                                            0.1,
                                                            1e-7,
                                                            5e-324,
                                                            2.2250738585072014e-308,
                                                            1.7976931348623157e308,
                                                            4294967296.5};
    static inline const std::string kTexts[] = {"",
                                                "a",
                                                "__jsontype",
                                                "76561198000000001",
                                                std::string("\0", 1),
                                                "\"\\/\b\f\n\r\t\x7f",
                                                "\xC3\xA9",
                                                "\xE2\x82\xAC",
                                                "\xF0\x9F\x98\x80",
                                                "\xE2\x80\xA8",
                                                "\xFF",
                                                "\xED\xA0\x80",
                                                "\xC0\xAF",
                                                "\xF0\x9F\x98",
                                                "1",
                                                "null"};

    static Expected Truth(bool truth) {
        Expected expected;
        expected.tree.kind = JsonTree::Kind::kBool;
        expected.tree.truth = truth;
        return expected;
    }
    static Expected Refused() {
        Expected expected;
        expected.writable = false;
        return expected;
    }
    static Expected Container(JsonTree::Kind kind) {
        Expected expected;
        expected.tree.kind = kind;
        expected.levels = 1;
        return expected;
    }
    /// Adds what lies inside. Nothing that is not there may be added: a nil.
    static void Contain(Expected& outer, const Expected& inner) {
        outer.writable = outer.writable && inner.writable;
        outer.levels = std::max(outer.levels, inner.levels + 1);
        outer.nodes += inner.nodes;
    }

    Expected PushNumber(double value) {
        lua_.PushNumber(value);
        Expected expected;
        expected.tree = JsonTree::Number(value);
        expected.writable = std::isfinite(value);
        return expected;
    }

    void PushString(const std::string& text) {
        lua_.PushString(text.empty() ? "" : text.data(), static_cast<unsigned>(text.size()));
    }

    Expected PushText(const std::string& text) {
        PushString(text);
        Expected expected;
        expected.tree = JsonTree::String(text);
        expected.tree.repaired = !IsWellFormed(text);
        return expected;
    }

    int Open() {
        lua_.CreateTable();
        open_.push_back(lua_.Top());
        return lua_.Top();
    }
    Expected Close(Expected expected) {
        open_.pop_back();
        if (shared_.size() < kMostItems && expected.nodes < kMostNodes && !in_cycle_ && data_.ConsumeBool()) {
            lua_.Push(-1);
            shared_.push_back(Shared{lua_.ReferenceCreate(), expected});
        }
        return expected;
    }

    Expected PushArray() {  // NOLINT(misc-no-recursion)
        Expected expected = Container(JsonTree::Kind::kArray);
        const int table = Open();
        const int count = data_.ConsumeIntegralInRange(1, kMostItems);
        for (int i = 1; i <= count; ++i) {
            lua_.PushNumber(i);
            PutItem(table, expected);
        }
        return Close(std::move(expected));
    }

    /// With the key on the stack: a value which is no nil.
    void PutItem(int table, Expected& expected) {  // NOLINT(misc-no-recursion)
        Expected item = Push();
        if (lua_.GetType(-1) == gmod::type::kNil) {
            lua_.Pop(1);
            lua_.PushBool(false);
            item = Truth(false);
        }
        lua_.RawSet(table);
        Contain(expected, item);
        expected.tree.items.push_back(std::move(item.tree));
    }

    Expected PushObject() {  // NOLINT(misc-no-recursion)
        Expected expected = Container(JsonTree::Kind::kObject);
        const int table = Open();
        PutMembers(table, expected);
        return Close(std::move(expected));
    }

    void PutMembers(int table, Expected& expected) {  // NOLINT(misc-no-recursion)
        std::map<std::string, Expected> members;
        const int count = data_.ConsumeIntegralInRange(0, kMostItems);
        for (int i = 0; i < count; ++i) {
            const std::string key =
                data_.ConsumeBool() ? data_.PickValueInArray(kTexts) : data_.ConsumeRandomLengthString(kMostBytes);
            PushString(key);
            Expected member = Push();
            const bool is_nil = lua_.GetType(-1) == gmod::type::kNil;
            lua_.RawSet(table);
            if (is_nil) {
                members.erase(key);
            } else {
                members[key] = std::move(member);
            }
        }
        for (auto& [key, member] : members) {
            Contain(expected, member);
            expected.tree.repaired = expected.tree.repaired || !IsWellFormed(key);
            expected.tree.members.emplace(key, std::move(member.tree));
        }
    }

    /// Metatables: only __jsontype of an empty table means something, and nothing of it may be called.
    Expected PushMarked() {  // NOLINT(misc-no-recursion)
        const bool is_empty = data_.ConsumeBool();
        const bool is_array = data_.ConsumeBool();
        Expected expected = Container(is_empty && is_array ? JsonTree::Kind::kArray : JsonTree::Kind::kObject);
        const int table = Open();
        if (!is_empty) {
            PutMembers(table, expected);
            if (expected.tree.members.empty() && is_array) {
                expected.tree.kind = JsonTree::Kind::kArray;
            }
        }
        lua_.PushSpecial(gmod::kSpecialGlobals);
        lua_.GetField(-1, is_array ? "fuzz_marked" : "fuzz_meta");
        lua_.Remove(-2);
        lua_.SetMetaTable(table);
        return Close(std::move(expected));
    }

    /// Tables that are neither a list nor an object.
    Expected PushOdd() {  // NOLINT(misc-no-recursion)
        const int table = Open();
        Expected expected = Container(JsonTree::Kind::kObject);
        expected.writable = false;
        switch (data_.ConsumeIntegralInRange(0, 5)) {
            case 0:  // strings and numbers
                lua_.PushString("x");
                lua_.PushBool(true);
                lua_.RawSet(table);
                lua_.PushNumber(1);
                break;
            case 1:  // a gap
                lua_.PushNumber(1);
                lua_.PushBool(true);
                lua_.RawSet(table);
                lua_.PushNumber(data_.ConsumeIntegralInRange(3, 1000));
                break;
            case 2:
                lua_.PushNumber(data_.ConsumeIntegralInRange(-1000, 0));
                break;
            case 3:
                lua_.PushNumber(
                    data_.PickValueInArray({0.5, 1.5, -0.5, 1e300, 4503599627370496.5, 9007199254740992.0}));
                break;
            case 4:
                lua_.PushBool(data_.ConsumeBool());
                break;
            default:
                lua_.CreateTable();
                break;
        }
        PutItem(table, expected);
        return Close(std::move(expected));
    }

    /// A table inside itself.
    Expected PushAncestor() {
        if (open_.empty()) {
            lua_.PushNil();
            return {};
        }
        in_cycle_ = true;
        lua_.Push(open_[data_.ConsumeIntegralInRange<std::size_t>(0, open_.size() - 1)]);
        return Refused();
    }

    /// A table that was met before, which is no cycle.
    Expected PushAgain() {
        if (shared_.empty()) {
            lua_.PushNil();
            return {};
        }
        const Shared& shared = shared_[data_.ConsumeIntegralInRange<std::size_t>(0, shared_.size() - 1)];
        again_ += shared.expected.nodes;
        if (again_ > kMostNodes) {
            lua_.PushNil();
            return {};
        }
        lua_.ReferencePush(shared.reference);
        return shared.expected;
    }

    Expected PushTriple(int type) {
        const std::array<float, 3> values{OneFloat(), OneFloat(), OneFloat()};
        const bool is_vector = type == gmod::type::kVector;
        if (is_vector) {
            lua_.PushVector(gmod::Vector{values[0], values[1], values[2]});
        } else {
            lua_.PushAngle(gmod::QAngle{values[0], values[1], values[2]});
        }
        Expected expected = Container(JsonTree::Kind::kObject);
        for (std::size_t i = 0; i < values.size(); ++i) {
            expected.writable = expected.writable && std::isfinite(values[i]);
            // As a double it is another text; what is written must be this float again.
            JsonTree number = JsonTree::Number(static_cast<double>(values[i]));
            number.is_float = true;
            expected.tree.members[std::string(1, (is_vector ? "xyz" : "pyr")[i])] = number;
        }
        return expected;
    }

    float OneFloat() {
        return data_.ConsumeBool() ? static_cast<float>(data_.ConsumeIntegral<std::int16_t>()) / 16
                                   : data_.ConsumeFloatingPoint<float>();
    }

    Expected PushForeign() {
        static constexpr std::array<const char*, 5> kNames{"fuzz_function", "fuzz_thread", "fuzz_proxy", "fuzz_light",
                                                           "fuzz_cfunction"};
        lua_.PushSpecial(gmod::kSpecialGlobals);
        lua_.GetField(-1, data_.PickValueInArray(kNames));
        lua_.Remove(-2);
        return Refused();
    }

    /// A value many levels down.
    Expected PushWrapped() {  // NOLINT(misc-no-recursion)
        const int levels = data_.ConsumeIntegralInRange(1, static_cast<int>(realtime::limits::kMaxJsonDepth) + 2);
        const bool in_arrays = data_.ConsumeBool();
        Expected expected = Push();
        if (lua_.GetType(-1) == gmod::type::kNil) {
            return expected;
        }
        for (int i = 0; i < levels; ++i) {
            Expected outer = Container(in_arrays ? JsonTree::Kind::kArray : JsonTree::Kind::kObject);
            Contain(outer, expected);
            if (in_arrays) {
                outer.tree.items.push_back(std::move(expected.tree));
            } else {
                outer.tree.members.emplace("a", std::move(expected.tree));
            }
            lua_.CreateTable();
            if (in_arrays) {
                lua_.PushNumber(1);
            } else {
                lua_.PushString("a");
            }
            lua_.Push(-3);
            lua_.RawSet(-3);
            lua_.Remove(-2);
            expected = std::move(outer);
        }
        return expected;
    }

    gmod::ILuaBase& lua_;
    FuzzedDataProvider& data_;
    std::size_t values_ = 0;
    std::size_t again_ = 0;
    bool in_cycle_ = false;
    std::vector<int> open_;  // stack indices of the tables around
    std::vector<Shared> shared_;
};

/// The module in a Lua state, connected to the memory backend, as an addon has it.
class Addon {
  public:
    Addon() {
        Check(!machine_.Call(&gmod13_open).has_value(), "the module opens");
        machine_.Register("fuzz_cfunction", [](lua_State* state) {
            (void)gmod::Attach(state);
            return 0;
        });
        Run(R"lua(
            fuzz_ran, fuzz_received = 0, {}
            local function ran() fuzz_ran = fuzz_ran + 1 end
            local META = {'__index', '__newindex', '__len', '__pairs', '__ipairs', '__call', '__tostring', '__eq', '__lt', '__le',
                          '__concat', '__unm', '__add', '__next', '__tojson', '__toJSON'}
            fuzz_meta, fuzz_marked = {}, {}
            for _, name in ipairs(META) do fuzz_meta[name], fuzz_marked[name] = ran, ran end
            fuzz_meta.__jsontype, fuzz_marked.__jsontype = 'object', 'array'
            fuzz_function, fuzz_thread, fuzz_proxy = ran, coroutine.create(ran), newproxy(true)
            getmetatable(fuzz_proxy).__index = ran
            local rt = realtime_core
            rt.SetHandlers(error, ran, function() end)
            rt.SetHandlers(error, function() end, function() end)
            assert(rt.Configure({backend = 'memory', maxPayloadBytes = 2^26}))
            assert(rt.Connect())
            assert(rt.DefineEvent('Fuzz', 'fuzz', {'a', 'b'}))
            assert(rt.Subscribe(0, 'fuzz', function(_, text) fuzz_received[#fuzz_received + 1] = text end))
            function fuzz_encode(value) return rt.JsonEncode(value) end
            function fuzz_decode(text) return rt.JsonDecode(text) end
            -- Gives the text that arrived, or nothing and whether the account says that nothing was sent.
            function fuzz_publish(value)
                local before = rt.GetStats()
                local ok, code = rt.PublishEvent(0, value, nil)
                rt.ProcessEvents(0, 0)
                local after = rt.GetStats()
                local received = fuzz_received[1]
                assert(#fuzz_received == (ok and 1 or 0), 'one event arrives, or none')
                fuzz_received = {}
                assert(after.sent - before.sent == (ok and 1 or 0), 'sent')
                assert(after.refused - before.refused == (ok and 0 or 1), 'refused')
                assert(after.queued == 0 and after.pending == 0, 'nothing is left')
                assert(ok or code == 23, 'ENCODE_FAILED')
                return ok, received
            end
        )lua");
        gmod::ILuaBase& lua = Lua();
        lua.PushSpecial(gmod::kSpecialGlobals);
        lua.PushUserdata(this);
        lua.SetField(-2, "fuzz_light");
        lua.Pop(1);
    }
    ~Addon() { Check(!machine_.Call(&gmod13_close).has_value(), "the module closes"); }
    Addon(const Addon&) = delete;
    Addon& operator=(const Addon&) = delete;

    gmod::ILuaBase& Lua() { return machine_.Base(); }

    /// Calls a global function with the value at `index`, and leaves its two results. An error in it ends the run.
    void Call(const char* function, int index) {
        gmod::ILuaBase& lua = Lua();
        lua.PushSpecial(gmod::kSpecialGlobals);
        lua.GetField(-1, function);
        lua.Remove(-2);
        lua.Push(index);
        const bool raised = lua.PCall(1, 2, 0) != 0;
        Check(!raised, function, raised && lua.GetType(-1) == gmod::type::kString ? lua.GetString(-1) : "");
    }

    double Global(const char* name) {
        gmod::ILuaBase& lua = Lua();
        lua.PushSpecial(gmod::kSpecialGlobals);
        lua.GetField(-1, name);
        const double value = lua.GetNumber(-1);
        lua.Pop(2);
        return value;
    }

  private:
    void Run(const char* code) {
        const host::LuaMachine::Failure failure = machine_.RunString(code, "=fuzz");
        Check(!failure.has_value(), "the preparation runs", failure.value_or(""));
    }
    host::LuaMachine machine_;
};

std::string TextAt(gmod::ILuaBase& lua, int index) {
    unsigned size = 0;
    const char* const text = lua.GetType(index) == gmod::type::kString ? lua.GetString(index, &size) : nullptr;
    return text == nullptr ? std::string() : std::string(text, size);
}

void CheckEncode(Addon& addon, int value, const Expected& expected) {
    gmod::ILuaBase& lua = addon.Lua();
    const bool writable = expected.writable && expected.levels <= realtime::limits::kMaxJsonDepth;
    const int top = lua.Top();
    addon.Call("fuzz_encode", value);
    const bool written = lua.GetBool(top + 1);
    Check(written == writable, writable ? "what JSON can hold is written" : "what JSON cannot hold is refused",
          TextAt(lua, written ? top + 2 : top + 3));
    if (written) {
        const std::string text = TextAt(lua, top + 2);
        const std::optional<ParsedJson> parsed = ParseStrictly(text);
        Check(parsed.has_value(), "what is written is JSON", text);
        Check(IsSame(expected.tree, parsed->tree), "it has the value that went in", text);
        addon.Call("fuzz_decode", top + 2);
        Check(lua.GetBool(top + 3) && IsSame(lua, top + 4, parsed->tree), "it reads back equal", text);
        lua.Pop(2);
    } else {
        Check(lua.GetNumber(top + 2) == static_cast<double>(realtime::ErrorCode::kEncodeFailed), "it is ENCODE_FAILED");
    }
    lua.Pop(2);
}

void CheckPublish(Addon& addon, int value, const Expected& expected) {
    constexpr int kLevelsAbove = 2;  // the envelope and its data
    gmod::ILuaBase& lua = addon.Lua();
    const bool writable = expected.writable && expected.levels + kLevelsAbove <= realtime::limits::kMaxJsonDepth;
    const int top = lua.Top();
    addon.Call("fuzz_publish", value);
    Check(lua.GetBool(top + 1) == writable, "an event with it is published, or refused");
    if (writable) {
        const std::string text = TextAt(lua, top + 2);
        const std::optional<ParsedJson> parsed = ParseStrictly(text);
        Check(parsed.has_value() && parsed->tree.kind == JsonTree::Kind::kObject, "an event is JSON", text);
        JsonTree data;
        data.kind = JsonTree::Kind::kObject;
        data.members.emplace("a", expected.tree);
        Check(IsSame(data, parsed->tree.members.at("data")), "its data is what went in", text);
    }
    lua.Pop(2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static Addon addon;
    FuzzedDataProvider data(bytes, size);
    gmod::ILuaBase& lua = addon.Lua();
    {
        Generator generator(lua, data);
        const Expected expected = generator.Push();
        Check(lua.Top() == 1, "the generator leaves one value");
        CheckEncode(addon, 1, expected);
        CheckPublish(addon, 1, expected);
    }
    Check(lua.Top() == 1, "the stack is as before");
    Check(addon.Global("fuzz_ran") == 0, "no metamethod ran");
    lua.Pop(1);
    return 0;
}
