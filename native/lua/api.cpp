#include "lua/api.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "lua/environment.h"
#include "lua/json_reader.h"
#include "lua/json_writer.h"
#include "lua/lua_call.h"
#include "realtime/contract.h"

namespace realtime {

Module* FindModule(gmod::ILuaBase& lua) {
    const auto* const box = static_cast<const ModuleBox*>(lua.GetUserdata(gmod::UpvalueIndex(1)));
    return box == nullptr ? nullptr : box->module.get();
}

namespace {

constexpr double kLargestCount = 9007199254740992.0;  // 2^53: beyond it a double skips whole numbers
constexpr double kMsPerSecond = 1000.0;
constexpr double kUsPerMs = 1000.0;

// ---- answers -------------------------------------------------------------------------------------------------------

LuaReturn Refuse(const LuaCall& call, const Error& error) {
    call.lua.PushBool(false);
    call.lua.PushNumber(static_cast<double>(error.code));
    PushText(call.lua, error.detail);
    return LuaReturn::Results(3);
}

LuaReturn Accept(const LuaCall& call) {
    call.lua.PushBool(true);
    return LuaReturn::Results(1);
}

LuaReturn AcceptNumber(const LuaCall& call, double number) {
    call.lua.PushBool(true);
    call.lua.PushNumber(number);
    return LuaReturn::Results(2);
}

LuaReturn AnswerWith(const LuaCall& call, const Result<void>& result) {
    return result.IsOk() ? Accept(call) : Refuse(call, result.Error());
}

LuaReturn AnswerWith(const LuaCall& call, const Result<SubscriptionId>& result) {
    return result.IsOk() ? AcceptNumber(call, static_cast<double>(result.Value())) : Refuse(call, result.Error());
}

// ---- arguments -----------------------------------------------------------------------------------------------------

/// Checks the arguments of one call, in any order; remembers the first that does not fit.
class Arguments {
  public:
    Arguments(const LuaCall& call, const char* function) : lua_(call.lua), function_(function) {}

    [[nodiscard]] bool Ok() const noexcept { return problem_.empty(); }
    [[nodiscard]] LuaReturn Raise() const { return LuaReturn::Raise(problem_); }

    std::string_view String(int index) {
        return Expect(index, gmod::type::kString, "string") ? TextAt(lua_, index) : std::string_view();
    }
    void Table(int index) { (void)Expect(index, gmod::type::kTable, "table"); }
    void Function(int index) { (void)Expect(index, gmod::type::kFunction, "function"); }

    /// `index`, or 0 when nothing was given there.
    int OptionalFunction(int index) {
        if (IsAbsent(index)) {
            return 0;
        }
        Function(index);
        return index;
    }

    double Number(int index, double least, double most) {
        if (!Expect(index, gmod::type::kNumber, "number")) {
            return least;
        }
        const double value = lua_.GetNumber(index);
        if (!(value >= least && value <= most)) {
            Fail(index, "number out of range");
            return least;
        }
        return value;
    }
    double OptionalNumber(int index, double fallback, double least, double most) {
        return IsAbsent(index) ? fallback : Number(index, least, most);
    }

    void Fail(int index, const std::string& what) {
        if (problem_.empty()) {
            problem_ = "bad argument #" + std::to_string(index) + " to '" + function_ + "' (" + what + ")";
        }
    }

  private:
    bool IsAbsent(int index) { return index > lua_.Top() || lua_.GetType(index) == gmod::type::kNil; }

    bool Expect(int index, int type, const char* name) {
        const int got = index > lua_.Top() ? gmod::type::kNone : lua_.GetType(index);
        if (got == type) {
            return true;
        }
        const char* const got_name = got == gmod::type::kNone ? "no value" : lua_.GetTypeName(got);
        Fail(index, std::string(name) + " expected, got " + got_name);
        return false;
    }

    gmod::ILuaBase& lua_;
    const char* function_;
    std::string problem_;
};

/// Reads the fields of an options table without running metamethods; remembers the first that does not fit.
class Fields {
  public:
    Fields(gmod::ILuaBase& lua, int table) : lua_(lua), table_(table) {}

    [[nodiscard]] const std::string& Problem() const noexcept { return problem_; }

    void Read(const char* key, std::string& out) {
        if (Get(key, gmod::type::kString, "a string")) {
            out = TextAt(lua_, -1);
            if (out.find('\0') != std::string::npos) {
                Fail(key, "must not hold a NUL byte");
            }
        }
        lua_.Pop(1);
    }

    template <typename Number>
    void Read(const char* key, Number& out, double least, double most) {
        if (Get(key, gmod::type::kNumber, "a number")) {
            const double value = lua_.GetNumber(-1);
            if (value >= least && value <= most && value == std::floor(value)) {
                out = static_cast<Number>(value);
            } else {
                FailRange(key, least, most, "a whole number");
            }
        }
        lua_.Pop(1);
    }

    /// Seconds with a fraction.
    void ReadSeconds(const char* key, std::chrono::milliseconds& out, double least, double most) {
        if (Get(key, gmod::type::kNumber, "a number")) {
            const double value = lua_.GetNumber(-1);
            if (value >= least && value <= most) {
                out = std::chrono::milliseconds(static_cast<std::int64_t>(value * kMsPerSecond));
            } else {
                FailRange(key, least, most, "a number of seconds");
            }
        }
        lua_.Pop(1);
    }

  private:
    /// Pushes the field; false when it is absent or of another type.
    bool Get(const char* key, int type, const char* name) {
        lua_.PushString(key);
        lua_.RawGet(table_);
        const int got = lua_.GetType(-1);
        if (got == type) {
            return true;
        }
        if (got != gmod::type::kNil) {
            Fail(key, std::string("must be ") + name);
        }
        return false;
    }

    void Fail(const char* key, const std::string& what) {
        if (problem_.empty()) {
            problem_ = std::string(key) + " " + what;
        }
    }

    void FailRange(const char* key, double least, double most, const char* what) {
        const auto text = [](double value) {
            return value == std::floor(value) ? std::to_string(static_cast<std::int64_t>(value))
                                              : std::to_string(value);
        };
        Fail(key, std::string("must be ") + what + " from " + text(least) + " to " + text(most));
    }

    gmod::ILuaBase& lua_;
    int table_;
    std::string problem_;
};

// ---- the functions -------------------------------------------------------------------------------------------------

LuaReturn Configure(const LuaCall& call) {
    Arguments arguments(call, "Configure");
    arguments.Table(1);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    Options options;
    Fields fields(call.lua, 1);
    int log_level = static_cast<int>(options.log_level);
    fields.Read("backend", options.backend);
    fields.Read("host", options.host);
    fields.Read("port", options.port, 1, limits::kMaxPort);
    fields.Read("username", options.username);
    fields.Read("password", options.password);
    fields.Read("database", options.database, 0, limits::kMaxDatabase);
    fields.Read("unixSocket", options.unix_socket);
    fields.Read("clientName", options.client_name);
    fields.ReadSeconds("timeout", options.timeout, limits::kMinTimeoutMs / kMsPerSecond,
                       static_cast<double>(limits::kMaxTimeoutSeconds));
    fields.Read("queueMessages", options.queue.messages, 1, limits::kMostQueueMessages);
    fields.Read("queueBytes", options.queue.bytes, 1, limits::kMostQueueBytes);
    fields.Read("maxPayloadBytes", options.max_payload_bytes, 1, limits::kMostPayloadBytes);
    fields.Read("source", options.source);
    fields.Read("logLevel", log_level, static_cast<int>(LogLevel::kDebug), static_cast<int>(LogLevel::kError));
    if (!fields.Problem().empty()) {
        return Refuse(call, MakeError(ErrorCode::kInvalidConfig, fields.Problem()));
    }
    options.log_level = static_cast<LogLevel>(log_level);
    return AnswerWith(call, call.module.GetEngine().Configure(std::move(options)));
}

LuaReturn Connect(const LuaCall& call) {
    Arguments arguments(call, "Connect");
    const int callback = arguments.OptionalFunction(1);
    return arguments.Ok() ? AnswerWith(call, call.module.Connect(callback)) : arguments.Raise();
}

LuaReturn WaitForConnect(const LuaCall& call) {
    return AnswerWith(call, call.module.GetEngine().WaitForConnect());
}

LuaReturn Disconnect(const LuaCall& call) {
    Arguments arguments(call, "Disconnect");
    const double flush =
        arguments.OptionalNumber(1, 0, 0, static_cast<double>(limits::kMaxTimeoutSeconds)) * kMsPerSecond;
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    return AnswerWith(call,
                      call.module.GetEngine().Disconnect(std::chrono::milliseconds(static_cast<std::int64_t>(flush))));
}

LuaReturn GetState(const LuaCall& call) {
    call.lua.PushNumber(static_cast<double>(call.module.GetEngine().GetState()));
    return LuaReturn::Results(1);
}

LuaReturn Publish(const LuaCall& call) {
    Arguments arguments(call, "Publish");
    const std::string_view channel = arguments.String(1);
    const std::string_view payload = arguments.String(2);
    const int callback = arguments.OptionalFunction(3);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    return AnswerWith(call, call.module.Publish(channel, payload, callback));
}

LuaReturn DefineEvent(const LuaCall& call) {
    Arguments arguments(call, "DefineEvent");
    const std::string_view name = arguments.String(1);
    const std::string_view channel = arguments.String(2);
    arguments.Table(3);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    std::vector<std::string> fields;
    const int count = call.lua.ObjLen(3);
    for (int i = 1; i <= count; ++i) {
        call.lua.PushNumber(i);
        call.lua.RawGet(3);
        const bool is_string = call.lua.GetType(-1) == gmod::type::kString;
        if (is_string) {
            fields.emplace_back(TextAt(call.lua, -1));
        }
        call.lua.Pop(1);
        if (!is_string) {
            arguments.Fail(3, "field names must be strings");
            return arguments.Raise();
        }
    }
    Result<std::size_t> event = call.module.DefineEvent(std::string(name), std::string(channel), std::move(fields));
    return event.IsOk() ? AcceptNumber(call, static_cast<double>(event.Value())) : Refuse(call, event.Error());
}

LuaReturn PublishEvent(const LuaCall& call) {
    Arguments arguments(call, "PublishEvent");
    const double number = arguments.Number(1, 0, kLargestCount);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    const EventDefinition* const event = call.module.FindEvent(number);
    if (event == nullptr) {
        return Refuse(call, MakeError(ErrorCode::kUnknownEvent));
    }
    return AnswerWith(call, call.module.PublishEvent(*event, 2));
}

LuaReturn Subscribe(const LuaCall& call) {
    Arguments arguments(call, "Subscribe");
    const double kind = arguments.Number(1, static_cast<double>(SubscriptionKind::kChannel),
                                         static_cast<double>(SubscriptionKind::kPattern));
    const std::string_view name = arguments.String(2);
    arguments.Function(3);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    Topic topic{static_cast<SubscriptionKind>(static_cast<int>(kind)), std::string(name)};
    return AnswerWith(call, call.module.Subscribe(std::move(topic), 3));
}

LuaReturn SubscribeEvent(const LuaCall& call) {
    Arguments arguments(call, "SubscribeEvent");
    const double number = arguments.Number(1, 0, kLargestCount);
    arguments.Function(2);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    if (call.module.FindEvent(number) == nullptr) {
        return Refuse(call, MakeError(ErrorCode::kUnknownEvent));
    }
    return AnswerWith(call, call.module.SubscribeEvent(static_cast<std::size_t>(number), 2));
}

LuaReturn Unsubscribe(const LuaCall& call) {
    Arguments arguments(call, "Unsubscribe");
    const double id = arguments.Number(1, 0, kLargestCount);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    return AnswerWith(call, call.module.Unsubscribe(static_cast<SubscriptionId>(id)));
}

LuaReturn ProcessEvents(const LuaCall& call) {
    constexpr double kMostMs = 60.0 * 60 * 1000;
    Arguments arguments(call, "ProcessEvents");
    const double events = arguments.OptionalNumber(1, static_cast<double>(limits::kProcessMaxEvents), 0, kLargestCount);
    const double ms = arguments.OptionalNumber(2, static_cast<double>(limits::kProcessMaxMs), 0, kMostMs);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    const Budget budget{static_cast<std::size_t>(events),
                        std::chrono::microseconds(static_cast<std::int64_t>(std::ceil(ms * kUsPerMs)))};
    call.lua.PushNumber(static_cast<double>(call.module.Process(call, budget)));
    return LuaReturn::Results(1);
}

LuaReturn GetStats(const LuaCall& call) {
    const StatsValues stats = call.module.Stats();
    call.lua.CreateTable();
    ForEachStat(stats, [&call](const char* name, std::uint64_t value) {
        call.lua.PushNumber(static_cast<double>(value));
        call.lua.SetField(-2, name);
    });
    return LuaReturn::Results(1);
}

LuaReturn SetHandlers(const LuaCall& call) {
    Arguments arguments(call, "SetHandlers");
    arguments.Function(1);
    arguments.Function(2);
    arguments.Function(3);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    call.module.SetHandlers(1, 2, 3);
    return LuaReturn::Results(0);
}

LuaReturn GetEnvironment(const LuaCall& call) {
    Arguments arguments(call, "GetEnvironment");
    const std::string name(arguments.String(1));
    // Other addons share this table; the process's other variables are none of their business.
    const bool is_ours = std::any_of(kEnvironmentPrefixes.begin(), kEnvironmentPrefixes.end(),
                                     [&name](const char* prefix) { return name.rfind(prefix, 0) == 0; });
    if (arguments.Ok() && !is_ours) {
        arguments.Fail(1, "the name of a setting expected");
    }
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    if (const std::optional<std::string> value = ReadEnvironment(name)) {
        PushText(call.lua, *value);
    } else {
        call.lua.PushNil();
    }
    return LuaReturn::Results(1);
}

LuaReturn JsonEncode(const LuaCall& call) {
    if (call.lua.Top() < 1) {
        call.lua.PushNil();
    }
    std::string text;
    if (Result<void> written = WriteJson(call.lua, 1, "value", text); written.IsErr()) {
        return Refuse(call, written.Error());
    }
    call.lua.PushBool(true);
    PushText(call.lua, text);
    return LuaReturn::Results(2);
}

LuaReturn JsonDecode(const LuaCall& call) {
    Arguments arguments(call, "JsonDecode");
    const std::string_view text = arguments.String(1);
    if (!arguments.Ok()) {
        return arguments.Raise();
    }
    call.lua.PushBool(true);
    if (Result<void> read = ReadJson(call.lua, text); read.IsErr()) {
        call.lua.Pop(1);
        return Refuse(call, read.Error());
    }
    return LuaReturn::Results(2);
}

struct NamedFunction {
    const char* name;
    gmod::CFunction function;
};

constexpr NamedFunction kApi[] = {
    {"Configure", &Guarded<&Configure>},
    {"Connect", &Guarded<&Connect>},
    {"WaitForConnect", &Guarded<&WaitForConnect>},
    {"Disconnect", &Guarded<&Disconnect>},
    {"GetState", &Guarded<&GetState>},
    {"Publish", &Guarded<&Publish>},
    {"DefineEvent", &Guarded<&DefineEvent>},
    {"PublishEvent", &Guarded<&PublishEvent>},
    {"Subscribe", &Guarded<&Subscribe>},
    {"SubscribeEvent", &Guarded<&SubscribeEvent>},
    {"Unsubscribe", &Guarded<&Unsubscribe>},
    {"ProcessEvents", &Guarded<&ProcessEvents>},
    {"GetStats", &Guarded<&GetStats>},
    {"SetHandlers", &Guarded<&SetHandlers>},
    {"GetEnvironment", &Guarded<&GetEnvironment>},
    {"JsonEncode", &Guarded<&JsonEncode>},
    {"JsonDecode", &Guarded<&JsonDecode>},
};

constexpr bool IsApiOfContract() {
    if (std::size(kApi) != std::size(kFunctions)) {
        return false;
    }
    for (std::size_t i = 0; i < std::size(kApi); ++i) {
        if (std::string_view(kApi[i].name) != kFunctions[i].name) {
            return false;
        }
    }
    return true;
}
static_assert(IsApiOfContract(), "the contract lists other functions than these, or in another order");

constexpr const char* Platform() {
#if defined(_WIN32)
    return sizeof(void*) == 8 ? "win64" : "win32";
#else
    return sizeof(void*) == 8 ? "linux64" : "linux32";
#endif
}

}  // namespace

void PushApi(gmod::ILuaBase& lua, int box) {
    lua.CreateTable();
    for (const NamedFunction& entry : kApi) {
        lua.Push(box);
        lua.PushCClosure(entry.function, 1);
        lua.SetField(-2, entry.name);
    }
    lua.PushNumber(kAbi);
    lua.SetField(-2, "ABI");
    lua.PushString(kVersion);
    lua.SetField(-2, "VERSION");
    lua.PushString(Platform());
    lua.SetField(-2, "PLATFORM");
}

}  // namespace realtime
