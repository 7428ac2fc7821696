// IBackend: the seam between the core and whatever carries the messages. A backend is one folder under
// native/backend/ and one line in native/backend/list.cpp; core and lua name none of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/inbound_message.h"
#include "core/options.h"
#include "core/result.h"
#include "core/spent_memory.h"
#include "realtime/contract.h"

namespace realtime {

/// A message on its way out. `id` counts up from 1 and never repeats in one engine.
struct OutboundMessage {
    std::uint64_t id = 0;
    std::string text;  ///< the channel, and right behind it the payload: one piece of memory
    std::size_t channel_bytes = 0;
    std::size_t bytes = 0;  ///< what it counts for against the bound, until its outcome
    bool wants_answer = false;

    [[nodiscard]] std::string_view Channel() const { return std::string_view(text).substr(0, channel_bytes); }
    [[nodiscard]] std::string_view Payload() const { return std::string_view(text).substr(channel_bytes); }
};

/// How a message that left the outbound queue ended.
enum class Fate {
    kConfirmed,  ///< the server has it
    kFailed,     ///< the server refused it, or it was never sent
    kUnknown,    ///< the connection was lost between the send and the answer; it is not sent again
};

struct Outcome {
    std::uint64_t id = 0;
    bool wants_answer = false;
    Fate fate = Fate::kFailed;
    std::uint64_t receivers = 0;  ///< kConfirmed: how many subscribers the server counted
    Error error;                  ///< unless kConfirmed
    std::size_t bytes = 0;        ///< of the message, as it came
};

/// The one way to make an outcome: it settles just what was accepted.
inline Outcome OutcomeOf(const OutboundMessage& message, Fate fate, std::uint64_t receivers, Error error = {}) {
    return Outcome{message.id, message.wants_answer, fate, receivers, std::move(error), message.bytes};
}

struct Topic {
    SubscriptionKind kind = SubscriptionKind::kChannel;
    std::string name;

    bool operator<(const Topic& other) const { return kind != other.kind ? kind < other.kind : name < other.name; }
    bool operator==(const Topic& other) const { return kind == other.kind && name == other.name; }
};

/// The core, as a backend sees it. Every method may be called from the backend's own thread, returns at once, never
/// calls back into the backend and never calls Lua.
class IBackendHost {
  public:
    virtual ~IBackendHost() = default;

    /// Takes the messages that wait to be sent, oldest first. Each must come back in exactly one Outcome.
    virtual std::size_t TakeOutbound(std::deque<OutboundMessage>& out, std::size_t most) = 0;

    /// Whether TakeOutbound would give something. A thread that is about to sleep says so first and asks then: a
    /// message that is accepted afterwards comes with a Wake.
    virtual bool HasOutbound() = 0;

    /// The topics that should be subscribed now, and the version of that list. Cheap to ask again.
    virtual std::uint64_t TopicsVersion() = 0;
    virtual std::vector<Topic> Topics() = 0;

    /// Hands over what arrived, in order, and empties the batch.
    virtual void OnMessages(std::vector<InboundMessage>& batch) = 0;

    /// When the game thread is expected to look at what arrived; a time that has passed when that is not known. Another
    /// one after each look. A backend may read so much later, to do more at once.
    virtual std::chrono::steady_clock::time_point NextLook() = 0;

    /// Where the memory of what was handed over comes back when the game thread has read it. The backend frees it there
    /// each time it wakes, on the thread that allocated it.
    virtual SpentMemory& Spent() = 0;

    /// A message arrived that is longer than Options::max_payload_bytes, and was not kept.
    virtual void OnTooLarge() = 0;

    /// Tells how messages ended, and empties the batch. When it throws, which is for want of memory, the batch stays
    /// and is given again, with what has come behind it.
    virtual void OnOutcomes(std::vector<Outcome>& batch) = 0;

    /// Takes the memory of texts that are no longer needed, for the next messages, and empties the list. A backend may
    /// do without, and free them.
    virtual void Recycle(std::vector<std::string>& texts) = 0;

    /// An attempt to connect ended. After success the state is "connected": subscriptions are already in force.
    virtual void OnAttempt(Result<void> result) = 0;

    /// An established connection was lost; the backend goes on trying by itself. State "reconnecting".
    virtual void OnLost(const Error& error) = 0;

    /// The backend came to its end after RequestClose: nothing of it will call again. State "disconnected".
    virtual void OnClosed() = 0;

    virtual void OnLog(LogLevel level, std::string line) = 0;
};

/// One life: constructed, Open, any number of wakes, RequestClose, destroyed. Game thread, all of it.
class IBackend {
  public:
    IBackend() = default;
    virtual ~IBackend() = default;  ///< Never blocks longer than it takes to stop at once; Close first.
    IBackend(const IBackend&) = delete;
    IBackend& operator=(const IBackend&) = delete;

    /// Starts connecting and returns at once. An error means that nothing was started.
    virtual Result<void> Open() = 0;

    /// Something waits in the outbound queue, or the topics changed. Returns at once.
    virtual void Wake() = 0;

    /// Starts closing: sends what waits until `flush_until`, then ends everything and calls OnClosed. Returns at
    /// once; a second call can only move the deadline forward.
    virtual void RequestClose(std::chrono::steady_clock::time_point flush_until) = 0;
};

/// One line of native/backend/list.cpp.
struct BackendFactory {
    const char* name;
    /// Whether the options make sense for this backend; the detail of the error names the option.
    Result<void> (*check)(const Options& options);
    /// `host` outlives the backend.
    std::unique_ptr<IBackend> (*create)(const Options& options, IBackendHost& host);
};

/// Every backend in this build. The first is the default.
const std::vector<BackendFactory>& BackendList();

}  // namespace realtime
