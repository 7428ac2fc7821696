#include "backend/redis/publisher.h"

#include <algorithm>
#include <string>
#include <utility>

namespace realtime::redis {
namespace {

constexpr std::size_t kWindowMessages = 4096;
constexpr std::size_t kWindowBytes = 256UL * 1024;  // not yet taken by the socket
constexpr std::size_t kTakeAtOnce = 256;
constexpr std::uint64_t kLongCommand = 64UL * 1024;
/// A stream position that no connection comes to.
constexpr std::uint64_t kNowhere = ~std::uint64_t{0};
/// Connections that one message may be sent on in vain. A server ends them over what is longer than it allows, and its
/// word on that gets lost as often as not.
constexpr int kMostInterruptions = 5;
/// Different refusals that are told of on one connection: the log has room for so many lines only.
constexpr std::size_t kMostTold = 16;

}  // namespace

void Publisher::Fill(Connection& connection) {
    while (HasRoom(connection)) {
        if (unsent_.empty() && host_.TakeOutbound(unsent_, kTakeAtOnce) == 0) {
            return;
        }
        OutboundMessage& message = unsent_.front();
        InFlight& entry = in_flight_.emplace_back();
        entry.begin = connection.Appended();
        entry.end = kNowhere;  // until the command is whole
        entry.message = std::move(message);
        unsent_.pop_front();
        connection.Append({"PUBLISH", entry.message.Channel(), entry.message.Payload()});
        entry.end = connection.Appended();
    }
}

bool Publisher::HasRoom(const Connection& connection) const noexcept {
    return !leaving_ && in_flight_.size() < kWindowMessages && connection.Unsent() < kWindowBytes;
}

void Publisher::Ping(Connection& connection) {
    const std::uint64_t begin = connection.Appended();
    connection.Append({"PING"});
    in_flight_.push_back(InFlight{OutboundMessage{}, begin, connection.Appended()});
}

Result<void> Publisher::OnReply(const Reply& reply) {
    if (in_flight_.empty()) {
        return MakeError(ErrorCode::kProtocolError, "an answer came to which there was no question");
    }
    const InFlight& answered = in_flight_.front();
    const bool is_ping = answered.message.id == 0;
    if (reply.IsError()) {
        const Error error = TranslateErrorReply(reply.value.text);
        if (!is_ping) {
            // First what can run out of memory, or the message would be settled twice.
            TellRefused(answered.message, error);
            Settle(answered.message, Fate::kFailed, 0, error);
        }
        if (error.code == ErrorCode::kAuthRequired || error.code == ErrorCode::kServerLoading) {
            leaving_ = error;
        }
    } else if (is_ping) {
        if (!reply.IsStatus("PONG")) {
            return MakeError(ErrorCode::kProtocolError, "the answer to PING is no PONG");
        }
    } else if (reply.value.kind == Reply::Kind::kInteger) {
        Settle(answered.message, Fate::kConfirmed, static_cast<std::uint64_t>(reply.value.integer), {});
    } else {
        // Its fate is settled when the connection ends.
        return MakeError(ErrorCode::kProtocolError, "the answer to PUBLISH is no number");
    }
    // Not before: what memory ran out over is still in flight, and lost with the connection.
    in_flight_.pop_front();
    released_ -= released_ > 0 ? 1 : 0;
    if (leaving_ && in_flight_.empty()) {
        return *leaving_;
    }
    return {};
}

void Publisher::TellRefused(const OutboundMessage& message, const Error& error) {
    const bool is_told = std::find(told_.begin(), told_.end(), error.detail) != told_.end();
    if (message.wants_answer || is_told || told_.size() >= kMostTold) {
        return;
    }
    host_.OnLog(LogLevel::kWarn, "[Redis] a message was refused: " + DescribeWithRemedy(error));
    told_.push_back(error.detail);
}

void Publisher::OnSent(const Connection& connection) {
    while (released_ < in_flight_.size() && in_flight_[released_].end <= connection.Sent()) {
        spent_.push_back(std::move(in_flight_[released_].message.text));
        ++released_;
    }
}

bool Publisher::HasMoved(const Connection& connection) {
    if (in_flight_.empty() || in_flight_.front().end - in_flight_.front().begin < kLongCommand) {
        return false;
    }
    const InFlight& oldest = in_flight_.front();
    const std::uint64_t before = std::max(moved_to_, oldest.begin);
    moved_to_ = std::min(connection.Acknowledged(), oldest.end);
    return moved_to_ > before;
}

void Publisher::OnLost(const Connection& connection, const Error& error) {
    // From the front, each leaving when it is dealt with: when memory runs out in the middle, the next call goes on.
    for (; !in_flight_.empty(); in_flight_.pop_front()) {
        InFlight& entry = in_flight_.front();
        if (entry.message.id == 0) {
            continue;
        }
        if (entry.end <= connection.Sent()) {
            Settle(entry.message, Fate::kUnknown, 0, MakeError(ErrorCode::kFateUnknown, error.detail));
        } else if (entry.begin < connection.Sent() && !MayTryAgain(entry.message)) {
            const Error given_up =
                MakeError(ErrorCode::kConnectionLost,
                          std::to_string(kMostInterruptions) + " times in a row while this message of " +
                              std::to_string(entry.message.Payload().size()) +
                              " bytes was sent, which may be longer than the server allows");
            host_.OnLog(LogLevel::kError, "[Redis] a message on \"" + std::string(entry.message.Channel()) +
                                              "\" is given up: " + Describe(given_up));
            Settle(entry.message, Fate::kFailed, 0, given_up);
        } else {
            again_.emplace_back();
            again_.back() = std::move(entry.message);
        }
    }
    for (; !unsent_.empty(); unsent_.pop_front()) {
        again_.emplace_back();
        again_.back() = std::move(unsent_.front());
    }
    unsent_.swap(again_);
    moved_to_ = 0;
    released_ = 0;
    leaving_.reset();
    told_.clear();
}

bool Publisher::MayTryAgain(const OutboundMessage& message) {
    interruptions_ = message.id == interrupted_ ? interruptions_ + 1 : 1;
    interrupted_ = message.id;
    return interruptions_ < kMostInterruptions;
}

void Publisher::FailUnsent(const Error& error) {
    do {
        for (; !unsent_.empty(); unsent_.pop_front()) {
            Settle(unsent_.front(), Fate::kFailed, 0, error);
        }
    } while (host_.TakeOutbound(unsent_, 0) > 0);
}

void Publisher::Settle(const OutboundMessage& message, Fate fate, std::uint64_t receivers, Error error) {
    settled_.push_back(OutcomeOf(message, fate, receivers, std::move(error)));
}

}  // namespace realtime::redis
