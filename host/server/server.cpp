#include "host/server/server.h"

#include <algorithm>
#include <utility>

#include "host/server/end_signals.h"
#include "host/server/session.h"

namespace host {

namespace {

constexpr int kExitFailure = 1;

}  // namespace

Server::Server(Options options) : clock_(options.tickrate) {
    state_.options = std::move(options);
    state_.map = state_.options.map;
}

int Server::Run() {
    end_signals::Install();
    if (state_.options.seconds) {
        end_ = FrameClock::Now() + *state_.options.seconds;
    }
    while (RunMap()) {
        if (EndRequested() || !state_.next_map) {
            const int code = state_.quit_code.value_or(0);
            return code == 0 && state_.script_failed ? kExitFailure : code;
        }
        state_.map = *std::exchange(state_.next_map, std::nullopt);
        ++state_.map_number;
    }
    return kExitFailure;
}

bool Server::RunMap() {
    Session session(state_, modules_);
    if (!session.Boot()) {
        return false;
    }
    RunFrames(session);
    session.Close();
    return true;
}

void Server::RunFrames(Session& session) {
    clock_.Restart();
    double last = FrameClock::Now();
    while (!EndRequested() && !state_.next_map) {
        const double start = FrameClock::Now();
        // As fast as possible, the server's time runs ahead of the clock: a frame is a frame.
        const bool is_paced = state_.options.tickrate > 0;
        const double think = session.Frame(is_paced ? start - last : state_.options.TickInterval());
        last = start;
        CountFrame(FrameClock::Now() - start, think);
        if (EndRequested() || state_.next_map) {
            return;
        }
        if (!clock_.WaitForNext()) {
            ++state_.stats.overruns;
        }
    }
}

void Server::CountFrame(double frame_seconds, double think_seconds) {
    FrameStats& stats = state_.stats;
    ++stats.frames;
    stats.frame_seconds += frame_seconds;
    stats.max_frame_seconds = std::max(stats.max_frame_seconds, frame_seconds);
    stats.think_seconds += think_seconds;
    stats.max_think_seconds = std::max(stats.max_think_seconds, think_seconds);
}

bool Server::EndRequested() const {
    return state_.quit_code.has_value() || end_signals::Requested() || (end_ > 0 && FrameClock::Now() >= end_);
}

}  // namespace host
