#include "backend/redis/subscriber.h"

#include <string>
#include <utility>

namespace realtime::redis {
namespace {

constexpr std::size_t kMessageElements = 3;   // "message", channel, payload
constexpr std::size_t kPMessageElements = 4;  // "pmessage", pattern, channel, payload

std::string_view Element(const redisReply& reply, std::size_t index) {
    return Text(*reply.element[index]);
}

bool AreStrings(const redisReply& reply, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (reply.element[i]->type != REDIS_REPLY_STRING) {
            return false;
        }
    }
    return true;
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
    const std::uint64_t version = host_.TopicsVersion();
    if (reconciled_once_ && version == version_) {
        return;
    }
    reconciled_once_ = true;
    version_ = version;
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

Result<void> Subscriber::OnReply(const redisReply& reply) {
    if (reply.type == REDIS_REPLY_ARRAY && reply.elements == kMessageElements && AreStrings(reply, kMessageElements) &&
        Element(reply, 0) == "message") {
        arrived_.push_back(InboundMessage{
            SubscriptionKind::kChannel, {}, std::string(Element(reply, 1)), std::string(Element(reply, 2))});
        return {};
    }
    if (reply.type == REDIS_REPLY_ARRAY && reply.elements == kPMessageElements &&
        AreStrings(reply, kPMessageElements) && Element(reply, 0) == "pmessage") {
        arrived_.push_back(InboundMessage{SubscriptionKind::kPattern, std::string(Element(reply, 1)),
                                          std::string(Element(reply, 2)), std::string(Element(reply, 3))});
        return {};
    }
    if (asked_.empty()) {
        return NoSense();
    }
    const Asked asked = std::move(asked_.front());
    asked_.pop_front();
    if (reply.type == REDIS_REPLY_ERROR) {
        const Error error = TranslateErrorReply(Text(reply));
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

Result<void> Subscriber::OnAnswer(const redisReply& reply, Verb verb) {
    if (verb == Verb::kPing) {
        // A subscribed connection answers ["pong", ""], any other "PONG".
        const bool plain = reply.type == REDIS_REPLY_STATUS && Text(reply) == "PONG";
        const bool pushed = reply.type == REDIS_REPLY_ARRAY && reply.elements == 2 && Element(reply, 0) == "pong";
        return plain || pushed ? Result<void>() : Result<void>(NoSense());
    }
    if (reply.type != REDIS_REPLY_ARRAY || reply.elements != 3 || reply.element[0]->type != REDIS_REPLY_STRING) {
        return NoSense();
    }
    const std::string_view word = Element(reply, 0);
    const bool fits = verb == Verb::kSubscribe ? word == "subscribe" || word == "psubscribe"
                                               : word == "unsubscribe" || word == "punsubscribe";
    return fits ? Result<void>() : Result<void>(NoSense());
}

}  // namespace realtime::redis
