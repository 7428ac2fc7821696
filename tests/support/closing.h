// Closes an engine in the middle of something, and checks what closing promises.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

#include "support/fault_run.h"
#include "support/timing.h"

namespace realtime::test {

class CloseRun {
  public:
    explicit CloseRun(std::string name) { row_.name = std::move(name); }
    ~CloseRun() { row_.Print(timer_); }
    CloseRun(const CloseRun&) = delete;
    CloseRun& operator=(const CloseRun&) = delete;

    /// The engine of one round.
    struct Life {
        Life(const Options& options, CallTimer& with) : driver(options), timer(with) {}

        EngineDriver driver;
        CallTimer& timer;
        std::size_t published = 0;

        /// More than a window's worth of small ones, and a big one that no socket takes whole.
        void PublishSome() {
            constexpr int kSmall = 50;
            for (int i = 0; i < kSmall; ++i) {
                Publish(std::to_string(i));
            }
            Publish(std::string(static_cast<std::size_t>(limits::kMaxPayloadBytes), 'x'));
        }

        void Publish(std::string payload) {
            REQUIRE(timer.Publish(driver.engine, "c", std::move(payload)).IsOk());
            ++published;
            driver.CheckSums();
        }
    };

    /// `trouble` begins with an engine that was never connected; then it is closed. Gives its account.
    template <typename Trouble>
    StatsValues Round(const Options& options, Trouble trouble) {
        Life life(options, timer_);
        (void)life.driver.Subscribe(SubscriptionKind::kChannel, "other");
        trouble(life);
        const auto start = std::chrono::steady_clock::now();
        life.driver.engine.Close();
        const auto took = std::chrono::steady_clock::now() - start;
        row_.longest_close = std::max(row_.longest_close, took);
        // The deadline, and what the kernel may take to run us again.
        CheckTook(took, std::chrono::milliseconds(limits::kCloseDeadlineMs + 50));
        life.driver.CheckSums();
        life.driver.AnswerAll();
        const StatsValues stats = life.driver.engine.Stats();
        CHECK(stats.sent == life.published);
        CHECK(stats.pending == 0);
        REQUIRE(life.driver.answers.size() == life.published);
        for (const auto& [id, answers] : life.driver.answers) {
            REQUIRE(answers.size() == 1);
        }
        CHECK(life.driver.attempts.size() == 1);
        CHECK(life.driver.engine.GetState() == State::kDisconnected);
        life.driver.AnswerAll();
        CHECK(life.driver.answers.size() == life.published);
        timer_.Check();
        row_.Add(stats);
        row_.CountRound();
        return stats;
    }

  private:
    CallTimer timer_;
    FaultRow row_;
};

}  // namespace realtime::test
