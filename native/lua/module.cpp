#include "lua/module.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>
#include <utility>

#include "lua/envelope_reader.h"
#include "lua/utf8.h"

namespace realtime {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes kInvalidReportPause{1};
constexpr unsigned char kFirstPrintable = 0x20;
constexpr char kDelete = 0x7f;
/// With no error handler set, PCall takes this for "none".
constexpr int kNoHandler = 0;

/// 64 random bits as hexadecimal digits.
std::string RandomInstance() {
    std::random_device device;
    std::array<char, 17> text{};
    (void)std::snprintf(text.data(), text.size(), "%08x%08x", device(), device());
    return text.data();
}

std::int64_t UnixMilliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Module::Module(gmod::ILuaBase& lua)
    : lua_(lua), engine_(BackendList()), instance_(RandomInstance()), envelopes_(instance_), own_(instance_ + "-") {}

void Module::Close(lua_State* state) {
    lua_State* const outer = std::exchange(state_, state);  // of the Process that runs, if a callback closes us
    closing_ = true;
    engine_.Close();
    engine_.AnswerAll(*this);
    TellLosses();
    subscribers_.clear();
    answers_.clear();
    connects_.clear();
    handlers_.reset();
    state_ = outer;
}

void Module::TellLosses() {
    const StatsValues stats = engine_.Stats();
    const std::uint64_t unsent = engine_.Unsent();
    if (unsent == 0 && stats.unknown == 0 && stats.queued == 0) {
        return;
    }
    Log(LogLine{LogLevel::kWarn, "closed; of this map's messages " + std::to_string(unsent) +
                                     " were not sent, the fate of " + std::to_string(stats.unknown) +
                                     " is unknown, and " + std::to_string(stats.queued) +
                                     " that had arrived were not delivered"});
}

void Module::SetHandlers(int on_error, int on_state, int on_log) {
    handlers_.emplace(Handlers{LuaCallback(lua_, on_error, counters_), LuaCallback(lua_, on_state, counters_),
                               LuaCallback(lua_, on_log, counters_)});
}

Result<void> Module::Connect(int callback) {
    Result<std::uint64_t> attempt = engine_.Connect();
    if (attempt.IsErr()) {
        return std::move(attempt).Error();
    }
    if (callback != 0) {
        connects_.emplace(attempt.Value(), LuaCallback(lua_, callback, counters_));
    }
    return {};
}

Result<void> Module::Publish(std::string_view channel, std::string_view payload, int callback) {
    Result<std::uint64_t> id = engine_.Publish(channel, payload, callback != 0);
    if (id.IsErr()) {
        return std::move(id).Error();
    }
    if (callback != 0) {
        // Its answer is told by Process, which cannot run before this returns.
        answers_.emplace(id.Value(), LuaCallback(lua_, callback, counters_));
    }
    return {};
}

Result<std::size_t> Module::DefineEvent(std::string name, std::string channel, std::vector<std::string> fields) {
    // The channel becomes the event's type, which is text, and stands in lines of the log.
    const auto is_control = [](char byte) {
        return static_cast<unsigned char>(byte) < kFirstPrintable || byte == kDelete;
    };
    if (!IsUtf8(channel) || std::any_of(channel.begin(), channel.end(), is_control)) {
        return MakeError(ErrorCode::kInvalidArgument, "channel: expected UTF-8 text without control characters");
    }
    for (std::size_t i = 0; i < events_.size(); ++i) {
        if (events_[i].name == name) {
            if (events_[i].channel == channel && events_[i].fields == fields) {
                return i;
            }
            return MakeError(ErrorCode::kEventConflict, "\"" + name + "\"");
        }
    }
    events_.push_back(EventDefinition::Make(std::move(name), std::move(channel), std::move(fields)));
    invalid_told_.emplace_back();
    return events_.size() - 1;
}

const EventDefinition* Module::FindEvent(double number) const {
    return number >= 0 && number < static_cast<double>(events_.size()) ? &events_[static_cast<std::size_t>(number)]
                                                                       : nullptr;
}

Result<void> Module::PublishEvent(const EventDefinition& event, int first) {
    const Options& options = engine_.OptionsInForce();
    Result<std::string_view> text =
        envelopes_.Write(lua_, event, first, options.source, UnixMilliseconds(), options.max_payload_bytes);
    if (text.IsErr()) {
        engine_.CountRefused();
        return std::move(text).Error();
    }
    Result<std::uint64_t> id = engine_.Publish(event.channel, text.Value(), false);
    if (id.IsErr()) {
        return std::move(id).Error();
    }
    envelopes_.Advance();
    return {};
}

Result<SubscriptionId> Module::Subscribe(Topic topic, int callback) {
    Result<SubscriptionId> id = engine_.Subscribe(std::move(topic));
    if (id.IsOk()) {
        subscribers_.emplace(id.Value(), Subscriber{LuaCallback(lua_, callback, counters_), std::nullopt});
    }
    return id;
}

Result<SubscriptionId> Module::SubscribeEvent(std::size_t event, int callback) {
    Result<SubscriptionId> id = engine_.Subscribe(Topic{SubscriptionKind::kChannel, events_[event].channel});
    if (id.IsOk()) {
        subscribers_.emplace(id.Value(), Subscriber{LuaCallback(lua_, callback, counters_), event});
    }
    return id;
}

Result<void> Module::Unsubscribe(SubscriptionId id) {
    subscribers_.erase(id);
    return engine_.Unsubscribe(id);
}

std::size_t Module::Process(const LuaCall& call, const Budget& budget) {
    const std::shared_ptr<Module> alive = shared_from_this();  // a callback may close the module
    lua_State* const outer = std::exchange(state_, call.state);
    const std::size_t delivered = engine_.Process(budget, *this);
    state_ = outer;
    return delivered;
}

StatsValues Module::Stats() const {
    StatsValues stats = engine_.Stats();
    stats.invalid = invalid_;
    stats.callbackErrors = callback_errors_;
    stats.callbacksCreated = counters_.created;
    stats.callbacksFreed = counters_.freed;
    return stats;
}

// ---- what the engine tells -----------------------------------------------------------------------------------------

void Module::Deliver(SubscriptionId subscription, const InboundMessage& message) {
    const auto found = subscribers_.find(subscription);
    if (found == subscribers_.end()) {
        return;
    }
    if (found->second.event.has_value()) {
        DeliverEvent(found->second, message);
    } else {
        DeliverRaw(found->second, message);
    }
}

void Module::DeliverRaw(const Subscriber& subscriber, const InboundMessage& message) {
    // From Run on, `subscriber` may be gone: its callback may have ended it.
    Begin(subscriber.callback);
    PushText(lua_, message.Channel());
    PushText(lua_, message.Payload());
    if (message.Kind() == SubscriptionKind::kPattern) {
        PushText(lua_, message.Pattern());
        (void)Run(3);
    } else {
        (void)Run(2);
    }
}

void Module::DeliverEvent(const Subscriber& subscriber, const InboundMessage& message) {
    const std::size_t number = *subscriber.event;
    const EventDefinition& event = events_[number];
    Begin(subscriber.callback);
    if (Result<void> read = ReadEnvelope(lua_, event, message.Channel(), message.Payload(), own_, UnixMilliseconds());
        read.IsErr()) {
        lua_.Pop(2);  // what Begin pushed
        ++invalid_;
        ReportInvalid(number, read.Error());
        return;
    }
    if (Run(kEnvelopeValues, 1)) {
        // A text says what in the data does not fit the event's definition.
        const bool refused = lua_.GetType(-1) == gmod::type::kString;
        if (refused) {
            const Error error = MakeError(ErrorCode::kValidationFailed, std::string(TextAt(lua_, -1)));
            ++invalid_;
            // By its number: the callback may have defined an event, which moves the others.
            ReportInvalid(number, error);
        }
        lua_.Pop(1);
    }
}

void Module::ReportInvalid(std::size_t number, const Error& error) {
    const EventDefinition& event = events_[number];
    auto& told = invalid_told_[number];
    const auto now = Clock::now();
    if (told.has_value() && now < *told + kInvalidReportPause) {
        return;
    }
    told = now;
    // That it does not fit the definition is said already.
    const std::string& reason = error.code == ErrorCode::kValidationFailed ? error.detail : Describe(error);
    Log(LogLine{LogLevel::kWarn, "a message on \"" + event.channel + "\" is no " + event.name +
                                     " event and was not delivered: " + reason});
}

void Module::Answer(const Outcome& outcome) {
    const auto found = answers_.find(outcome.id);
    if (found == answers_.end()) {
        return;
    }
    const LuaCallback callback = std::move(found->second);
    answers_.erase(found);
    Begin(callback);
    lua_.PushBool(outcome.fate == Fate::kConfirmed);
    if (outcome.fate == Fate::kConfirmed) {
        lua_.PushNumber(static_cast<double>(outcome.receivers));
        (void)Run(2);
        return;
    }
    PushError(outcome.error);
    (void)Run(3);
}

void Module::Attempted(std::uint64_t attempt, const Result<void>& result) {
    const auto found = connects_.find(attempt);
    if (found == connects_.end()) {
        return;
    }
    const LuaCallback callback = std::move(found->second);
    connects_.erase(found);
    Begin(callback);
    lua_.PushBool(result.IsOk());
    if (result.IsOk()) {
        (void)Run(1);
        return;
    }
    PushError(result.Error());
    (void)Run(3);
}

void Module::Changed(const StateChange& change) {
    if (handlers_.has_value()) {
        Begin(handlers_->on_state);
        lua_.PushNumber(static_cast<double>(change.to));
        lua_.PushNumber(static_cast<double>(change.from));
        lua_.PushNumber(static_cast<double>(change.number));
        (void)Run(3);
    }
}

void Module::Log(const LogLine& line) {
    if (handlers_.has_value()) {
        Begin(handlers_->on_log);
        lua_.PushNumber(static_cast<double>(line.level));
        PushText(lua_, line.text);
        (void)Run(2);
    }
}

// ---- calling Lua ---------------------------------------------------------------------------------------------------

void Module::Begin(const LuaCallback& callback) {
    // The handler reports through the engine's own functions, which are not safe while the module is being closed.
    if (handlers_.has_value() && !closing_) {
        handlers_->on_error.Push();
    } else {
        lua_.PushNil();
    }
    callback.Push();
}

bool Module::Run(int arguments, int results) {
    const int handler = lua_.Top() - arguments - 1;
    const bool has_handler = lua_.GetType(handler) == gmod::type::kFunction;
    const int status = lua_.PCall(arguments, results, has_handler ? handler : kNoHandler);
    // The callback may have called us from a coroutine, and left the interface at that one's stack.
    lua_.SetState(state_);
    if (status == 0) {
        lua_.Remove(handler);
        return true;
    }
    ++callback_errors_;
    const std::string message =
        closing_ && lua_.GetType(-1) == gmod::type::kString ? std::string(TextAt(lua_, -1)) : "";
    lua_.Pop(1);  // the handler has reported it
    lua_.Remove(handler);
    if (!message.empty()) {
        Log(LogLine{LogLevel::kError, message});
    }
    return false;
}

void Module::PushError(const Error& error) {
    lua_.PushNumber(static_cast<double>(error.code));
    PushText(lua_, error.detail);
}

}  // namespace realtime
