// Module: the one instance behind the Lua API. It joins the engine, which knows no Lua, to the functions that Lua gave
// us, and is the only place from which Lua callbacks are run.
//
// Thread: game thread only. It is created by gmod13_open, hangs from the Lua registry, and is closed by gmod13_close.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/engine.h"
#include "lua/envelope_writer.h"
#include "lua/event_definition.h"
#include "lua/lua_call.h"
#include "lua/lua_callback.h"

namespace realtime {

struct Handlers {
    LuaCallback on_error;
    LuaCallback on_state;
    LuaCallback on_log;
};

class Module final : public std::enable_shared_from_this<Module>, private IDelivery {
  public:
    explicit Module(gmod::ILuaBase& lua);
    ~Module() override = default;

    /// Ends the connection within its deadline, answers every callback that waits, and gives back all references.
    /// The Lua state must still live. Afterwards nothing of the module refers to it.
    void Close(lua_State* state);

    [[nodiscard]] Engine& GetEngine() noexcept { return engine_; }

    void SetHandlers(int on_error, int on_state, int on_log);

    /// `callback`: stack index of a function, or 0 for none.
    Result<void> Connect(int callback);
    Result<void> Publish(std::string_view channel, std::string_view payload, int callback);

    Result<std::size_t> DefineEvent(std::string name, std::string channel, std::vector<std::string> fields);
    [[nodiscard]] const EventDefinition* FindEvent(double number) const;
    /// The values lie at stack index `first` and up.
    Result<void> PublishEvent(const EventDefinition& event, int first);

    Result<SubscriptionId> Subscribe(Topic topic, int callback);
    Result<SubscriptionId> SubscribeEvent(std::size_t event, int callback);
    Result<void> Unsubscribe(SubscriptionId id);

    std::size_t Process(const LuaCall& call, const Budget& budget);
    [[nodiscard]] StatsValues Stats() const;

  private:
    struct Subscriber {
        LuaCallback callback;
        std::optional<std::size_t> event;  // index into events_; none: raw
    };

    void Deliver(SubscriptionId subscription, const InboundMessage& message) override;
    void Answer(const Outcome& outcome) override;
    void Attempted(std::uint64_t attempt, const Result<void>& result) override;
    void Changed(const StateChange& change) override;
    void Log(const LogLine& line) override;

    void DeliverRaw(const Subscriber& subscriber, const InboundMessage& message);
    void DeliverEvent(const Subscriber& subscriber, const InboundMessage& message);
    /// One line about what closing left undone, if anything.
    void TellLosses();
    /// `number`: index into events_.
    void ReportInvalid(std::size_t number, const Error& error);

    /// Pushes the error handler (or nil) and then the function; Run calls it with what was pushed since.
    void Begin(const LuaCallback& callback);
    /// Pops what Begin pushed. With `results` 1 and true, one result stays on the stack.
    bool Run(int arguments, int results = 0);
    void PushError(const Error& error);

    gmod::ILuaBase& lua_;
    lua_State* state_ = nullptr;  // of the C function that runs now
    CallbackCounters counters_;
    Engine engine_;
    const std::string instance_;  // names this start of the module
    EnvelopeWriter envelopes_;
    const std::string own_;  // what the ids of our own events begin with
    std::optional<Handlers> handlers_;
    std::vector<EventDefinition> events_;
    std::vector<std::optional<std::chrono::steady_clock::time_point>> invalid_told_;  // by event: when last
    std::unordered_map<SubscriptionId, Subscriber> subscribers_;
    std::unordered_map<std::uint64_t, LuaCallback> answers_;   // by message id
    std::unordered_map<std::uint64_t, LuaCallback> connects_;  // by attempt
    bool closing_ = false;
    std::uint64_t invalid_ = 0;
    std::uint64_t callback_errors_ = 0;
};

}  // namespace realtime
