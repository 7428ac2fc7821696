// Engine: everything between the Lua API and the backend, without knowing either. It owns the two queues, the
// subscription registry, the account of what was sent, and the connection's state.
//
// Thread: all public methods belong to the game thread and return at once; only WaitForConnect waits. The private
// IBackendHost half is what the backend's thread calls.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/backend.h"
#include "core/frame_rhythm.h"
#include "core/inbox.h"
#include "core/ledger.h"
#include "core/log_limiter.h"
#include "core/message_queue.h"
#include "core/mutex.h"
#include "core/options.h"
#include "core/registry.h"
#include "core/result.h"
#include "core/text_pool.h"

namespace realtime {

struct StateChange {
    State from = State::kDisconnected;
    State to = State::kDisconnected;
    std::uint64_t number = 0;  ///< counts all changes from 1, as StatsValues::stateChanges does
};

/// Who is told what happened, from inside Engine::Process, on the game thread, with no lock held. May call any method
/// of the engine but Process.
class IDelivery {
  public:
    virtual ~IDelivery() = default;
    virtual void Deliver(SubscriptionId subscription, const InboundMessage& message) = 0;
    virtual void Answer(const Outcome& outcome) = 0;
    virtual void Attempted(std::uint64_t attempt, const Result<void>& result) = 0;
    virtual void Changed(const StateChange& change) = 0;
    virtual void Log(const LogLine& line) = 0;
};

/// How much one Process may do. 0 means all that waits when it begins.
struct Budget {
    std::size_t events = static_cast<std::size_t>(limits::kProcessMaxEvents);
    std::chrono::microseconds time = std::chrono::milliseconds(limits::kProcessMaxMs);
};

class Engine final : private IBackendHost {
  public:
    explicit Engine(const std::vector<BackendFactory>& backends);
    ~Engine() override;  ///< Close, if that was not called.
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Checks the options and keeps them for the next Connect.
    Result<void> Configure(Options options);

    /// Starts connecting and gives this call's number. The end of its first attempt is told to IDelivery::Attempted
    /// under that number, exactly once, and also when the connection is closed before.
    Result<std::uint64_t> Connect();

    /// The result of the first attempt; waits for it, never longer than the configured timeout.
    Result<void> WaitForConnect();

    /// Starts closing; what waits is sent for as long as `flush`, then failed.
    Result<void> Disconnect(std::chrono::milliseconds flush);

    /// For good: ends the connection within limits::kCloseDeadlineMs, sending what it can until then. Everything that
    /// waits for an answer has one afterwards; AnswerAll tells it.
    void Close();

    /// Tells `delivery` the answers that are still owed, without a budget; no messages, no log.
    void AnswerAll(IDelivery& delivery);
    /// Messages of which nobody could tell any more when it was closed: 0, unless memory ran out over it.
    [[nodiscard]] std::uint64_t Untold() const noexcept { return untold_; }
    /// Answers that were asked for and not told yet.
    [[nodiscard]] std::uint64_t AnswersOwed() const noexcept { return answers_owed_; }

    [[nodiscard]] State GetState() const noexcept { return state_.load(std::memory_order_acquire); }

    /// Gives the message's id. With `wants_answer` its fate is told to IDelivery::Answer exactly once.
    Result<std::uint64_t> Publish(std::string_view channel, std::string_view payload, bool wants_answer);

    /// Counts a publish call that was refused before it came to Publish.
    void CountRefused() noexcept { ++refused_; }

    Result<SubscriptionId> Subscribe(Topic topic);
    Result<void> Unsubscribe(SubscriptionId id);

    /// Tells `delivery` what happened since, within the budget; the rest waits for the next call. Gives the number of
    /// messages delivered. Messages come in the order of their arrival; once a call has left some over, the next ones
    /// take turns between topics, each topic in order, until nothing is left. Called from inside itself it does nothing
    /// and gives 0.
    std::size_t Process(const Budget& budget, IDelivery& delivery);

    /// Those of the connection, or of the last one; what Configure got since is for the next.
    [[nodiscard]] const Options& OptionsInForce() const noexcept { return in_force_; }

    /// The columns that the engine knows; those of the Lua layer stay 0.
    [[nodiscard]] StatsValues Stats() const;

    /// How many accepted messages the end of a connection left unsent. They are among Stats().failed, as those are that
    /// the server refused.
    [[nodiscard]] std::uint64_t Unsent() const noexcept { return unsent_.load(std::memory_order_acquire); }

  private:
    struct AttemptEnd {
        std::uint64_t attempt;
        Result<void> result;
    };

    std::size_t TakeOutbound(std::deque<OutboundMessage>& out, std::size_t most) override;
    bool HasOutbound() override;
    std::uint64_t TopicsVersion() override;
    std::vector<Topic> Topics() override;
    void OnMessages(std::vector<InboundMessage>& batch) override;
    std::chrono::steady_clock::time_point NextLook() override { return rhythm_.NextLook(); }
    SpentMemory& Spent() override { return spent_; }
    void OnTooLarge() override;
    void OnOutcomes(std::vector<Outcome>& batch) override;
    void Recycle(std::vector<std::string>& texts) override;
    void OnAttempt(Result<void> result) override;
    void OnLost(const Error& error) override;
    void OnClosed() override;
    void OnLog(LogLevel level, std::string line) override;

    void ChangeState(State to) REALTIME_REQUIRES(mutex_);
    Result<const BackendFactory*> FindBackend(const std::string& name) const;
    Result<std::uint64_t> Open();  ///< the backend that Connect has made
    void ReapClosedBackend();
    void WakeBackend();
    void DeliverNotices(IDelivery& delivery);
    void DeliverAttempts(IDelivery& delivery);
    void EndAttempt(Result<void> result) REALTIME_REQUIRES(mutex_);
    /// Moves staged messages, and then `message` if there is one, to the outbound queue. Never waits for its lock: what
    /// finds it taken is staged.
    /// True when the backend wants to be woken. When there is no memory it throws, and `message` is not handed over.
    [[nodiscard]] bool HandOver(OutboundMessage* message = nullptr);
    void HandOverAll();  ///< the same, waiting
    void EndBackend();   ///< within its deadline, for good
    bool TellAnswer(IDelivery& delivery);
    void DeliverNext(IDelivery& delivery);

    const std::vector<BackendFactory>& backends_;
    Options options_;   // for the next Connect
    Options in_force_;  // of the last one

    SpentMemory spent_;  // before all that holds messages

    // Game thread only.
    SubscriptionRegistry registry_;       // its Version and Topics: any thread
    std::deque<OutboundMessage> staged_;  // accepted, but the queue's lock was taken
    std::deque<InboundMessage> taken_;
    bool fell_behind_ = false;  // the last Process left messages over
    LogLimiter limiter_;
    std::vector<SubscriptionId> listeners_;
    std::uint64_t last_message_id_ = 0;
    std::uint64_t answers_owed_ = 0;
    std::uint64_t untold_ = 0;
    std::uint64_t refused_ = 0;
    std::uint64_t delivered_ = 0;
    std::uint64_t unclaimed_ = 0;
    std::uint64_t bytes_published_ = 0;
    std::chrono::steady_clock::time_point attempt_deadline_;
    bool processing_ = false;
    bool closed_ = false;

    // Any thread.
    FrameRhythm rhythm_;
    Ledger ledger_;
    TextPool texts_;
    ThreadSafeQueue<OutboundMessage> outbound_{OverflowPolicy::kRefuse};
    Inbox inbox_;
    ThreadSafeQueue<Outcome> answers_{OverflowPolicy::kRefuse};
    ThreadSafeQueue<AttemptEnd> attempt_ends_;  // Connect starts no attempt whose end would find no room
    ThreadSafeQueue<StateChange> changes_;
    ThreadSafeQueue<LogLine> log_;
    std::atomic<State> state_{State::kDisconnected};
    std::atomic<LogLevel> log_level_{LogLevel::kInfo};
    std::atomic<std::uint64_t> bytes_received_{0};
    std::atomic<std::uint64_t> too_large_{0};
    std::atomic<std::uint64_t> unsent_{0};
    std::atomic<std::uint64_t> connects_{0};
    std::atomic<std::uint64_t> connect_failures_{0};
    std::atomic<std::uint64_t> state_changes_{0};
    std::atomic<bool> backend_ended_{false};
    // The backend's thread: how much of a batch of outcomes a call got through that ran out of memory.
    std::size_t outcomes_counted_ = 0;
    std::size_t outcomes_told_ = 0;

    mutable Mutex mutex_;
    Condition changed_;
    std::uint64_t attempt_ REALTIME_GUARDED_BY(mutex_) = 0;                  // the latest Connect
    std::optional<Result<void>> first_attempt_ REALTIME_GUARDED_BY(mutex_);  // how it ended

    std::unique_ptr<IBackend> backend_;  // last: its thread is gone before the rest is
};

}  // namespace realtime
