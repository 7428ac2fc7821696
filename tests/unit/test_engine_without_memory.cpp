// The engine when memory runs out while its backend tells what became of messages.
#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "core/engine.h"
#include "support/scarce_memory.h"

using namespace realtime;
using realtime::test::allocations_left;
using realtime::test::kNever;

namespace {

IBackendHost* host = nullptr;  // of the backend that was made last

class IdleBackend final : public IBackend {
  public:
    explicit IdleBackend(IBackendHost& its_host) { host = &its_host; }
    Result<void> Open() override { return {}; }
    void Wake() override {}
    void RequestClose(std::chrono::steady_clock::time_point /*flush_until*/) override {}
};

const std::vector<BackendFactory>& Backends() {
    static const std::vector<BackendFactory> kList{
        {"idle", [](const Options&) { return Result<void>(); },
         [](const Options&, IBackendHost& its_host) -> std::unique_ptr<IBackend> {
             return std::make_unique<IdleBackend>(its_host);
         }}};
    return kList;
}

class Answers final : public IDelivery {
  public:
    void Deliver(SubscriptionId /*id*/, const InboundMessage& /*message*/) override {}
    void Answer(const Outcome& outcome) override { told.push_back(outcome.id); }
    void Attempted(std::uint64_t /*attempt*/, const Result<void>& /*result*/) override {}
    void Changed(const StateChange& /*change*/) override {}
    void Log(const LogLine& /*line*/) override {}

    std::vector<std::uint64_t> told;
};

/// Publishes so many messages and gives the outcomes that the backend is to tell.
std::vector<Outcome> Confirmed(Engine& engine, std::size_t count) {
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < count; ++i) {
        const Result<std::uint64_t> id = engine.Publish("c", "m", true);
        REQUIRE(id.IsOk());
        Outcome outcome;
        outcome.id = id.Value();
        outcome.bytes = 2;
        outcome.fate = Fate::kConfirmed;
        outcome.wants_answer = true;
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

}  // namespace

TEST_CASE("outcomes that memory ran out over keep their account, and are no business of the next connection") {
    constexpr std::size_t kOutcomes = 200;  // more than one block of a queue
    bool ran_out = true;
    int times = 0;
    for (int room = 0; ran_out; ++room) {
        CAPTURE(room);
        Engine engine(Backends());
        Answers answers;
        REQUIRE(engine.Connect().IsOk());
        std::vector<Outcome> cut_short = Confirmed(engine, kOutcomes);
        allocations_left = room;
        ran_out = false;
        try {
            host->OnOutcomes(cut_short);
        } catch (const std::bad_alloc&) {
            ran_out = true;
        }
        allocations_left = kNever;
        times += ran_out ? 1 : 0;
        // The backend could not go on.
        host->OnClosed();
        CHECK(engine.Stats().published == kOutcomes);
        (void)engine.Process(Budget{}, answers);
        (void)engine.Process(Budget{}, answers);
        CHECK((ran_out ? answers.told.size() < kOutcomes : answers.told.size() == kOutcomes));

        REQUIRE(engine.Connect().IsOk());
        std::vector<Outcome> whole = Confirmed(engine, 1);
        const std::uint64_t id = whole.front().id;
        host->OnOutcomes(whole);
        (void)engine.Process(Budget{}, answers);
        CHECK(engine.Stats().published == kOutcomes + 1);
        CHECK(engine.Stats().pending == 0);
        CHECK(answers.told.back() == id);
        host->OnClosed();
    }
    CHECK(times > 1);
}

TEST_CASE("what the end could not tell of is unknown") {
    Engine engine(Backends());
    REQUIRE(engine.Connect().IsOk());
    std::vector<Outcome> outcomes = Confirmed(engine, 3);
    outcomes.pop_back();
    host->OnOutcomes(outcomes);
    host->OnClosed();
    engine.Close();
    CHECK(engine.Stats().published == 2);
    CHECK(engine.Stats().unknown == 1);
    CHECK(engine.Untold() == 1);
    CHECK(engine.Stats().pending == 0);
}
