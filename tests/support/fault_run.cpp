#include "support/fault_run.h"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "support/timing.h"

namespace realtime::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kChannel = "fault:flow";
constexpr const char* kPattern = "fault:*";
constexpr int kDefaultRounds = 2;
constexpr std::chrono::milliseconds kFrame{2};
constexpr std::chrono::milliseconds kBesidesBudget{1};
constexpr int kMessagesAFrame = 2;
/// For two handshakes, the subscriptions and the first event, on a machine that has other things to do.
constexpr std::chrono::milliseconds kReconnecting{500};
/// Payloads are of changing length up to this, so that replies end anywhere in what is read at once.
constexpr std::size_t kPayloadBytes = 1500;

double Milliseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

unsigned long long Printable(std::uint64_t number) {
    return number;
}

}  // namespace

int Rounds() {
    const char* const asked = std::getenv("REALTIME_FAULT_ROUNDS");
    return asked == nullptr ? kDefaultRounds : std::atoi(asked);
}

CallTimer::Usage CallTimer::Usage::Now() {
    rusage usage{};
    (void)::getrusage(RUSAGE_THREAD, &usage);
    timespec worked{};
    (void)::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &worked);
    return Usage{std::chrono::seconds(worked.tv_sec) + std::chrono::nanoseconds(worked.tv_nsec), usage.ru_nvcsw,
                 usage.ru_minflt};
}

void CallTimer::Count(Clock::duration took, const Usage& before, const Usage& after) {
    ++calls_;
    const std::chrono::nanoseconds worked = after.worked - before.worked;
    if (took <= allowed_) {
        longest_ = std::max(longest_, took);
    } else if (after.given_up != before.given_up) {
        ++blocked_;
        longest_wait_ = std::max(longest_wait_, took);
        longest_ = std::max(longest_, took);
    } else if (worked > allowed_) {
        ++late_;
        if (worked > longest_work_) {
            longest_work_ = worked;
            its_page_faults_ = after.page_faults - before.page_faults;
        }
        longest_ = std::max(longest_, took);
    } else {
        ++excused_;
    }
}

void CallTimer::Check() {
    if (IsWatched()) {
        // The watcher's own locks and bookkeeping are in every call: the times are checked in the build that ships.
        WARN_MESSAGE(blocked_ + late_ == 0, blocked_, " calls waited, ", late_, " worked for long");
    } else {
        CHECK_MESSAGE(blocked_ == 0, blocked_, " calls had to wait, for up to ", Milliseconds(longest_wait_), " ms");
        WARN_MESSAGE(late_ == 0, late_, " calls of ", calls_, " seem to have worked for up to ",
                     Milliseconds(longest_work_), " ms");
        const std::uint64_t may_be_late = 1 + calls_ / kCallsALateOne;
        CHECK_MESSAGE(late_ <= may_be_late, late_, " calls of ", calls_, " worked for too long, for up to ",
                      Milliseconds(longest_work_), " ms, with ", its_page_faults_, " page faults");
    }
    blocked_ = 0;
    longest_wait_ = {};
}

void FaultRow::Add(const StatsValues& stats) {
    sums.sent += stats.sent;
    sums.published += stats.published;
    sums.unknown += stats.unknown;
    sums.failed += stats.failed;
    sums.refused += stats.refused;
    sums.pending += stats.pending;
    sums.received += stats.received;
    sums.delivered += stats.delivered;
    sums.dropped += stats.dropped;
    sums.queued += stats.queued;
}

void FaultRow::CountRound() {
    ++rounds;
    (void)std::printf("round %d\n", rounds);
    (void)std::fflush(stdout);
}

bool FaultRow::IsExact() const {
    // What arrived last may still be queued when the engine is closed.
    return sums.pending == 0 && sums.sent == sums.published + sums.failed + sums.unknown &&
           sums.received == sums.delivered + sums.dropped + sums.queued;
}

void FaultRow::Print(const CallTimer& publishes, const CallTimer& deliveries) const {
    (void)std::printf(
        "result fault=%s;rounds=%d;sent=%llu;published=%llu;failed=%llu;refused=%llu;unknown=%llu;received=%llu;"
        "delivered=%llu;dropped=%llu;exact=%s;calls=%llu;longest=%.3f;longest_delivery=%.3f;excused=%llu;late=%llu;"
        "late_publishes=%llu;recovery=%.1f;close=%.1f;rate=%.0f\n",
        name.c_str(), rounds, Printable(sums.sent), Printable(sums.published), Printable(sums.failed),
        Printable(sums.refused), Printable(sums.unknown), Printable(sums.received), Printable(sums.delivered),
        Printable(sums.dropped), IsExact() ? "yes" : "NO", Printable(publishes.Calls() + deliveries.Calls()),
        publishes.LongestMs(), deliveries.LongestMs(), Printable(publishes.Excused() + deliveries.Excused()),
        Printable(publishes.Late() + deliveries.Late()), Printable(publishes.Late()), Milliseconds(longest_recovery),
        Milliseconds(longest_close), per_second);
    (void)std::fflush(stdout);
}

FaultRun::FaultRun(std::string name, Options options, Says says, std::function<bool()> probe)
    : driver(options), says_(std::move(says)), password_(options.password), probe_(std::move(probe)) {
    listeners_[0].id = driver.Subscribe(SubscriptionKind::kChannel, kChannel);
    listeners_[1].id = driver.Subscribe(SubscriptionKind::kPattern, kPattern);
    row_.name = std::move(name);
    patience_ = options.timeout == kTimeout ? kTimeout : std::chrono::milliseconds(0);
    process_timer_.Allow(std::chrono::milliseconds(limits::kProcessMaxMs) + kBesidesBudget);
    driver.around_process = [this](const std::function<void()>& process) {
        (void)process_timer_.Time([&process] {
            process();
            return true;
        });
    };
    REQUIRE(driver.engine.Connect().IsOk());
    UntilState(State::kConnected);
}

FaultRun::~FaultRun() {
    for (const std::string& line : says_.must) {
        CHECK_MESSAGE(said_.count(line) == 1, row_.name, ": it was never said: ", line);
    }
    const std::size_t answered = driver.answers.size();
    driver.engine.Close();
    driver.AnswerAll();
    const StatsValues stats = driver.engine.Stats();
    CHECK(driver.engine.GetState() == State::kDisconnected);
    CHECK(driver.answers.size() >= answered);
    row_.Add(stats);
    CHECK(row_.IsExact());
    row_.Print(timer_, process_timer_);
}

void FaultRun::Round(Connection connection, const std::function<void()>& fault) {
    connection_ = connection;
    connects_before_ = driver.engine.Stats().connects;
    const std::uint64_t failures_before = driver.engine.Stats().connectFailures;
    UntilFlowing();
    (void)driver.TakeLosses();  // of earlier rounds
    driver.changes.clear();
    fault();
    const auto put_right = Clock::now();
    const std::uint64_t failures_then = driver.engine.Stats().connectFailures;
    if (connection == Connection::kIsMadeAnew) {
        Until("connected again", [this] { return driver.engine.Stats().connects > connects_before_; });
        UntilState(State::kConnected);
    }
    UntilFlowing(1);
    const auto recovery = Clock::now() - put_right;
    row_.longest_recovery = std::max(row_.longest_recovery, recovery);
    CheckTook(recovery,
              MostRecovery(failures_then - failures_before, driver.engine.Stats().connectFailures - failures_before));
    UntilFlowing();
    CheckRound();
    CheckStates(connection);
    if (connection == Connection::kStays) {
        CHECK(driver.engine.Stats().connects == connects_before_);
    }
    row_.CountRound();
}

/// The pause that is under way, and one for each attempt that fails after it.
Clock::duration FaultRun::MostRecovery(std::uint64_t before, std::uint64_t in_all) const {
    Clock::duration most = patience_ + kReconnecting;
    std::chrono::milliseconds ceiling{limits::kBackoffMinMs};
    for (std::uint64_t drawn = 0; drawn <= in_all; ++drawn) {
        most += drawn >= before ? ceiling : std::chrono::milliseconds(0);
        ceiling = std::min(ceiling * 2, std::chrono::milliseconds(limits::kBackoffMaxMs));
    }
    return most;
}

/// The path of the states: it stays connected; or each loss leads to "reconnecting", and that to "connected".
void FaultRun::CheckStates(Connection connection) {
    CHECK(driver.changes.empty() == (connection == Connection::kStays));
    State before = State::kConnected;
    for (const StateChange& change : driver.changes) {
        CHECK(change.from == before);
        CHECK(change.to == (before == State::kConnected ? State::kReconnecting : State::kConnected));
        before = change.to;
    }
    CHECK(before == State::kConnected);
    CHECK(driver.engine.GetState() == State::kConnected);
}

void FaultRun::CheckLog() {
    const auto holds = [](const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    };
    for (const LogLine& line : driver.log) {
        CHECK_FALSE((!password_.empty() && holds(line.text, password_)));
        bool is_expected = line.level < LogLevel::kWarn;
        for (const std::string& part : says_.must) {
            if (holds(line.text, part)) {
                said_.insert(part);
                is_expected = true;
            }
        }
        for (const std::string& part : says_.may) {
            is_expected = is_expected || holds(line.text, part);
        }
        CHECK_MESSAGE(is_expected, row_.name, ": said unexpectedly: ", line.text);
    }
    for (const auto& [id, answers] : driver.answers) {
        CHECK_FALSE((!password_.empty() && holds(Describe(answers.front().error), password_)));
    }
    for (const Result<void>& attempt : driver.attempts) {
        CHECK_FALSE((!password_.empty() && attempt.IsErr() && holds(Describe(attempt.Error()), password_)));
    }
}

void FaultRun::ExpectAnotherLoss() {
    connects_before_ = driver.engine.Stats().connects;
}

void FaultRun::Frame() {
    const State state = driver.engine.GetState();
    if (std::exchange(seen_, state) != State::kConnected && state == State::kConnected && probe_) {
        CHECK_MESSAGE(probe_(), "\"connected\" was announced before the subscriptions were in force");
    }
    if (Clock::now() < next_frame_) {
        return;
    }
    next_frame_ = Clock::now() + kFrame;
    for (int i = 0; i < kMessagesAFrame; ++i) {
        Publish(std::string((first_ + sent_.size()) * 37 % kPayloadBytes, '\n'));
    }
}

void FaultRun::Publish(const std::string& tail) {
    Sent sent;
    sent.payload = std::to_string(first_ + sent_.size()) + std::string(1, '\0') + tail;
    sent.must_arrive = connection_ == Connection::kStays || driver.engine.GetState() != State::kConnected ||
                       driver.engine.Stats().connects > connects_before_;
    Result<std::uint64_t> id = timer_.Publish(driver.engine, kChannel, sent.payload);
    driver.CheckSums();
    REQUIRE_MESSAGE(id.IsOk(), Describe(id.Error()));
    sent.id = id.Value();
    sent_.push_back(std::move(sent));
}

void FaultRun::Until(const char* what, const std::function<bool()>& done) {
    const bool in_time = driver.Until([&] {
        Frame();
        return done();
    });
    REQUIRE_MESSAGE(in_time, row_.name, ": waited in vain: ", std::string(what));
}

void FaultRun::UntilFlowing(std::size_t events) {
    Listen();
    const std::size_t by_channel = listeners_[0].events + events;
    const std::size_t by_pattern = listeners_[1].events + events;
    Until("events flow", [&] {
        Listen();
        return listeners_[0].events >= by_channel && listeners_[1].events >= by_pattern;
    });
}

/// Nothing comes twice, and everything comes with its bytes.
void FaultRun::Listen() {
    for (; listened_ < driver.delivered.size(); ++listened_) {
        const EngineDriver::Delivered& one = driver.delivered[listened_];
        Listener& listener = listeners_[one.subscription == listeners_[0].id ? 0 : 1];
        const std::uint64_t number = std::stoull(one.message.payload);
        if (number < first_) {
            REQUIRE_MESSAGE(listener.uncertain.erase(number) == 1, "a message of an earlier round came again");
            continue;
        }
        REQUIRE(number - first_ < sent_.size());
        REQUIRE((one.message.payload == sent_[number - first_].payload));
        REQUIRE_MESSAGE(listener.arrived.insert(number).second, "message ", number, " came twice");
        listener.last = number;
        ++listener.events;
    }
}

void FaultRun::UntilState(State state) {
    Until(StateName(state), [this, state] { return driver.engine.GetState() == state; });
}

void FaultRun::UntilLost() {
    Until("the loss of the connection", [this] { return driver.TakeLosses(); });
}

std::size_t FaultRun::FailedWith(ErrorCode code) const {
    std::size_t count = 0;
    for (const auto& [id, answers] : driver.answers) {
        count += answers.front().fate == Fate::kFailed && answers.front().error.code == code ? 1 : 0;
    }
    return count;
}

const Outcome& FaultRun::OutcomeOf(const Sent& sent) const {
    const auto found = driver.answers.find(sent.id);
    REQUIRE(found != driver.answers.end());
    REQUIRE_MESSAGE(found->second.size() == 1, "message ", sent.id, " was answered ", found->second.size(), " times");
    return found->second.front();
}

void FaultRun::CheckRound() {
    // The last message is on a healthy connection, and what the server said before comes before it.
    const std::uint64_t last = first_ + sent_.size() - 1;
    REQUIRE(driver.Until([&] {
        Listen();
        return driver.answers.size() == sent_.size() && driver.engine.Stats().pending == 0 &&
               listeners_[0].last == last && listeners_[1].last == last;
    }));
    for (Listener& listener : listeners_) {
        CheckListener(listener);
    }
    timer_.Check();
    process_timer_.Check();
    CheckLog();
    first_ += sent_.size();
    sent_.clear();
    driver.answers.clear();
    driver.delivered.clear();
    listened_ = 0;
    driver.log.clear();
}

/// What the server confirmed comes in the order of the calls, and whole once the subscriptions are in force; what it
/// refused does not come. (What was on its way when the connection was lost may reach the server late, behind what
/// follows: its fate is unknown, and so is its place.)
void FaultRun::CheckListener(Listener& listener) {
    std::optional<std::uint64_t> before;
    for (const EngineDriver::Delivered& one : driver.delivered) {
        const std::uint64_t number = std::stoull(one.message.payload);
        if (one.subscription != listener.id || number < first_ ||
            OutcomeOf(sent_[number - first_]).fate != Fate::kConfirmed) {
            continue;
        }
        REQUIRE_MESSAGE((!before || *before < number), "message ", number, " came after ", before.value_or(0));
        before = number;
    }
    for (std::size_t i = 0; i < sent_.size(); ++i) {
        const bool arrived = listener.arrived.count(first_ + i) == 1;
        const Outcome& outcome = OutcomeOf(sent_[i]);
        switch (outcome.fate) {
            case Fate::kConfirmed:
                if (sent_[i].must_arrive) {
                    REQUIRE_MESSAGE(outcome.receivers >= 2, "a message left before the subscriptions were in force");
                    REQUIRE_MESSAGE(arrived, "message ", first_ + i, " was confirmed and did not come");
                }
                break;
            case Fate::kFailed:
                REQUIRE_FALSE(arrived);
                break;
            case Fate::kUnknown:
                if (!arrived) {
                    listener.uncertain.insert(first_ + i);
                }
                break;
        }
    }
    listener.arrived.clear();
    listener.last.reset();
    listener.events = 0;
}

}  // namespace realtime::test
