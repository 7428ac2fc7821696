// What all tests of faults have in common: an engine that publishes in every frame while something goes wrong and is
// put right again, and the promises that hold all the while.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/engine_driver.h"

namespace realtime::test {

/// REALTIME_FAULT_ROUNDS, or 2: how often each fault is gone through.
int Rounds();

/// How long the game thread's calls took, and whose time it was. A call may take as long as it is allowed to (a
/// millisecond, unless told otherwise). One that took longer is ours when this thread gave the processor up in it (it
/// waited), or worked for longer than that by its own processor time. In any other the machine gave the processor to
/// somebody else: the kernel to another thread, or the hypervisor to another machine. Those are excused, and counted.
class CallTimer {
  public:
    /// Any call that must not wait.
    template <typename Call>
    auto Time(Call call) {
        const Usage before = Usage::Now();
        const auto start = std::chrono::steady_clock::now();
        auto result = call();
        const auto took = std::chrono::steady_clock::now() - start;
        Count(took, before, Usage::Now());
        return result;
    }

    Result<std::uint64_t> Publish(Engine& engine, std::string channel, std::string payload) {
        return Time([&] { return engine.Publish(std::move(channel), std::move(payload), true); });
    }

    /// How long a call may take.
    void Allow(std::chrono::steady_clock::duration longest) { allowed_ = longest; }

    /// None of the calls since the last Check waited for longer than it may. And none of all worked for longer, but for
    /// one, and one more in ten million: what the kernel does in an interrupt, and a page that the hypervisor has to
    /// fetch, are on the account of the thread that runs, and nothing tells them apart. Such a one is told, and in
    /// `npm run test:faults` no publish may be one.
    void Check();

    [[nodiscard]] std::uint64_t Calls() const { return calls_; }
    /// Of all calls but the excused.
    [[nodiscard]] double LongestMs() const { return std::chrono::duration<double, std::milli>(longest_).count(); }
    /// Calls that took too long because the machine gave the processor away.
    [[nodiscard]] std::uint64_t Excused() const { return excused_; }
    /// Calls that worked for too long.
    [[nodiscard]] std::uint64_t Late() const { return late_; }

  private:
    /// Of this thread.
    struct Usage {
        std::chrono::nanoseconds worked;  // processor time, that of interrupts within it; the hypervisor's is not
        long given_up;                    // how often it gave the processor up
        long page_faults;

        static Usage Now();
    };
    void Count(std::chrono::steady_clock::duration took, const Usage& before, const Usage& after);

    std::chrono::steady_clock::duration allowed_ = std::chrono::milliseconds(1);
    std::chrono::steady_clock::duration longest_{};
    static constexpr std::uint64_t kCallsALateOne = 10'000'000;
    std::uint64_t calls_ = 0;
    std::uint64_t excused_ = 0;
    std::uint64_t late_ = 0;
    std::chrono::nanoseconds longest_work_{};
    long its_page_faults_ = 0;
    // Since the last Check.
    std::chrono::steady_clock::duration longest_wait_{};
    std::uint64_t blocked_ = 0;
};

/// The row of one fault in the table of `npm run test:faults`; printed as one line for it to read.
struct FaultRow {
    std::string name;
    int rounds = 0;
    StatsValues sums;
    double per_second = 0;  // messages, where the fault is that there are so many
    std::chrono::steady_clock::duration longest_close{};
    std::chrono::steady_clock::duration longest_recovery{};

    /// The account of an engine when nothing is on its way any more.
    void Add(const StatsValues& stats);
    /// A line on the progress of the test.
    void CountRound();
    [[nodiscard]] bool IsExact() const;
    /// `deliveries`: of the calls of Engine::Process, where the test makes any that it times.
    void Print(const CallTimer& publishes, const CallTimer& deliveries = CallTimer()) const;
};

/// What a fault has the module say. Each round is checked: no warning and no error but these; and in all rounds
/// together each of `must` was said. A line that comes again is only counted, so that one round says less than all.
struct Says {
    std::vector<std::string> must;
    std::vector<std::string> may;
};

/// One engine that lives through all rounds of a fault: subscribed to what it publishes, by channel and by pattern.
class FaultRun {
  public:
    /// How long a server may be silent in the tests of faults that only silence shows. The others leave the options
    /// their usual patience, so that a busy machine is not taken for a silent server.
    static constexpr std::chrono::milliseconds kTimeout{200};

    /// `probe` is called the moment "connected" is announced: whether the server has the subscriptions.
    FaultRun(std::string name, Options options, Says says, std::function<bool()> probe = {});
    ~FaultRun();
    FaultRun(const FaultRun&) = delete;
    FaultRun& operator=(const FaultRun&) = delete;

    /// One round: events flow, `fault` happens and is put right, events flow again by themselves, and every promise
    /// about every message of the round is checked.
    enum class Connection { kStays, kIsMadeAnew };
    void Round(Connection connection, const std::function<void()>& fault);

    /// Goes on publishing in every frame until `done`; the test fails when that takes as long as EngineDriver waits.
    void Until(const char* what, const std::function<bool()>& done);

    /// Until so many more events than now were delivered to each subscription.
    void UntilFlowing(std::size_t events = 20);
    void UntilState(State state);
    /// Until a connection of this round was lost, if only for a moment.
    void UntilLost();

    /// Publishes a number and `tail`; it is accounted for as what the frames publish.
    void Publish(const std::string& tail);

    /// From here on another connection of this round will be lost: what was published until now may be lost with it.
    void ExpectAnotherLoss();

    /// How many messages of this round failed with that code.
    [[nodiscard]] std::size_t FailedWith(ErrorCode code) const;

    EngineDriver driver;

  private:
    struct Sent {
        std::uint64_t id = 0;
        bool must_arrive = false;  // no connection is lost in this round, or none after it was published
        std::string payload;
    };
    /// What came by one subscription.
    struct Listener {
        SubscriptionId id = 0;
        std::size_t events = 0;             // of this round
        std::optional<std::uint64_t> last;  // number of the latest
        std::set<std::uint64_t> arrived;    // numbers of this round
        std::set<std::uint64_t> uncertain;  // numbers of earlier rounds, of unknown fate, which may still come
    };
    void Frame();
    /// How long events may take to flow again when `before` attempts to connect had failed until things were put right,
    /// and `in_all` until they did.
    [[nodiscard]] std::chrono::steady_clock::duration MostRecovery(std::uint64_t before, std::uint64_t in_all) const;
    void Listen();
    void CheckRound();
    void CheckStates(Connection connection);
    void CheckLog();
    void CheckListener(Listener& listener);
    const Outcome& OutcomeOf(const Sent& sent) const;

    Connection connection_ = Connection::kIsMadeAnew;  // what this round does to it
    std::chrono::milliseconds patience_{0};            // how long an attempt may hang that the fault has caught
    Says says_;
    std::set<std::string> said_;  // of says_.must
    std::string password_;        // which nothing may say
    std::function<bool()> probe_;
    std::array<Listener, 2> listeners_;
    std::size_t listened_ = 0;  // how many of the delivered were looked at
    State seen_ = State::kDisconnected;
    std::chrono::steady_clock::time_point next_frame_{};
    std::uint64_t connects_before_ = 0;
    std::uint64_t first_ = 0;  // the number of sent_.front(), which its payload begins with
    std::vector<Sent> sent_;   // of this round
    CallTimer timer_;
    CallTimer process_timer_;  // of what Process takes besides its budget
    FaultRow row_;
};

}  // namespace realtime::test
