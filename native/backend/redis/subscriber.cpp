#include "backend/redis/subscriber.h"

#include <algorithm>
#include <string>
#include <utility>

namespace realtime::redis {
namespace {

constexpr std::size_t kMessageElements = 3;   // "message", channel, payload
constexpr std::size_t kPMessageElements = 4;  // "pmessage", pattern, channel, payload

/// Whether it is an array of strings that begins with this word.
bool IsPush(const Reply& reply, std::size_t elements, std::string_view word) {
    return reply.IsArray(elements, word) &&
           std::all_of(reply.elements.begin(), reply.elements.end(),
                       [](const Reply::Value& value) { return value.kind == Reply::Kind::kString; });
}

/// Whether it is a message whose payload is longer than that, or of which a part was too long to be kept.
bool IsTooLarge(const Reply& reply, std::size_t most_payload_bytes) {
    return (reply.IsArray(kMessageElements, "message") || reply.IsArray(kPMessageElements, "pmessage")) &&
           (reply.elements.back().text.size() > most_payload_bytes ||
            std::any_of(reply.elements.begin(), reply.elements.end(),
                        [](const Reply::Value& value) { return value.kind == Reply::Kind::kTooLong; }));
}

Error NoSense() {
    return MakeError(ErrorCode::kProtocolError, "the server sent something a subscriber never gets");
}

}  // namespace

void Subscriber::Reset() {
    reconciled_once_ = false;
    topics_.clear();
    asked_.clear();
}

void Subscriber::Reconcile(Connection& connection) {
    if (IsReconciled()) {
        return;
    }
    reconciled_once_ = true;
    version_ = host_.TopicsVersion();  // before the list: a newer list is asked for again
    const std::vector<Topic> list = host_.Topics();
    std::set<Topic> wanted(list.begin(), list.end());
    for (const Topic& topic : topics_) {
        if (wanted.count(topic) == 0) {
            Ask(connection, Verb::kUnsubscribe, topic);
        }
    }
    for (const Topic& topic : wanted) {
        if (topics_.count(topic) == 0) {
            Ask(connection, Verb::kSubscribe, topic);
        }
    }
    topics_ = std::move(wanted);
}

void Subscriber::Ask(Connection& connection, Verb verb, const Topic& topic) {
    // One topic a command: each answer then belongs to one topic, refusals included.
    const bool is_pattern = topic.kind == SubscriptionKind::kPattern;
    if (verb == Verb::kSubscribe) {
        connection.Append({is_pattern ? "PSUBSCRIBE" : "SUBSCRIBE", topic.name});
    } else {
        connection.Append({is_pattern ? "PUNSUBSCRIBE" : "UNSUBSCRIBE", topic.name});
    }
    asked_.push_back(Asked{verb, topic});
}

void Subscriber::Ping(Connection& connection) {
    connection.Append({"PING"});
    asked_.push_back(Asked{Verb::kPing, {}});
}

Result<void> Subscriber::OnReply(const Reply& reply) {
    const std::vector<Reply::Value>& elements = reply.elements;
    if (IsTooLarge(reply, most_payload_bytes_)) {
        OnTooLarge(elements[1].text);
        return {};
    }
    if (IsPush(reply, kMessageElements, "message")) {
        arrived_.Add(SubscriptionKind::kChannel, {}, elements[1].text, elements[2].text);
        return {};
    }
    if (IsPush(reply, kPMessageElements, "pmessage")) {
        arrived_.Add(SubscriptionKind::kPattern, elements[1].text, elements[2].text, elements[3].text);
        return {};
    }
    if (asked_.empty()) {
        return NoSense();
    }
    const Asked asked = std::move(asked_.front());
    asked_.pop_front();
    if (reply.IsError()) {
        const Error error = TranslateErrorReply(reply.value.text);
        if (asked.verb == Verb::kPing) {
            // Refusing the question is an answer, too.
            return error.code == ErrorCode::kNoPermission ? Result<void>() : Result<void>(error);
        }
        host_.OnLog(LogLevel::kError,
                    "[Redis] \"" + asked.topic.name + "\" cannot be subscribed: " + DescribeWithRemedy(error));
        return {};
    }
    return OnAnswer(reply, asked.verb);
}

void Subscriber::OnTooLarge(std::string_view topic) {
    host_.OnTooLarge();
    // By the subscribed name, which is ours: the channel behind a pattern is chosen by whoever publishes.
    host_.OnLog(LogLevel::kWarn, "[Redis] a message on \"" + std::string(topic) +
                                     "\" is longer than maxPayloadBytes (" + std::to_string(most_payload_bytes_) +
                                     " bytes) and was dropped");
}

Result<void> Subscriber::OnAnswer(const Reply& reply, Verb verb) {
    constexpr std::size_t kPongElements = 2;    // "pong" and what PING was given, nothing
    constexpr std::size_t kAnswerElements = 3;  // the word, the topic, how many are subscribed now
    const auto is = [&reply](std::string_view word) { return reply.IsArray(kAnswerElements, word); };
    bool fits = false;
    switch (verb) {
        case Verb::kPing:
            // A subscribed connection answers ["pong", ""], any other "PONG".
            fits = reply.IsStatus("PONG") || reply.IsArray(kPongElements, "pong");
            break;
        case Verb::kSubscribe:
            fits = is("subscribe") || is("psubscribe");
            break;
        case Verb::kUnsubscribe:
            fits = is("unsubscribe") || is("punsubscribe");
            break;
    }
    return fits ? Result<void>() : Result<void>(NoSense());
}

}  // namespace realtime::redis
