#include "support/resp_client.h"

#include <doctest/doctest.h>
#include <hiredis/hiredis.h>

#include <memory>

namespace realtime::test {
namespace {

struct FreeReply {
    void operator()(redisReply* reply) const { freeReplyObject(reply); }
};

std::string TextOf(const redisReply& reply) {
    switch (reply.type) {
        case REDIS_REPLY_ARRAY: {
            std::string text;
            for (std::size_t i = 0; i < reply.elements; ++i) {
                text += (i == 0 ? "" : "\n") + TextOf(*reply.element[i]);
            }
            return text;
        }
        case REDIS_REPLY_INTEGER:
            return std::to_string(reply.integer);
        case REDIS_REPLY_ERROR:
            return "-" + std::string(reply.str, reply.len);
        default:
            return std::string(reply.str == nullptr ? "" : reply.str, reply.len);
    }
}

}  // namespace

void RedisConnection::FreeContext::operator()(redisContext* context) const {
    redisFree(context);
}

RedisConnection::RedisConnection(const std::string& unix_socket, const std::string& password) {
    const timeval patience{5, 0};
    context_.reset(redisConnectUnixWithTimeout(unix_socket.c_str(), patience));
    REQUIRE(context_ != nullptr);
    REQUIRE_MESSAGE(context_->err == 0, std::string(context_->errstr));
    redisSetTimeout(context_.get(), patience);
    if (!password.empty()) {
        REQUIRE(Ask({"AUTH", password}) == "OK");
    }
}

RedisConnection::~RedisConnection() = default;

std::string RedisConnection::Ask(const std::vector<std::string>& command) {
    std::vector<const char*> words;
    std::vector<std::size_t> lengths;
    for (const std::string& word : command) {
        words.push_back(word.data());
        lengths.push_back(word.size());
    }
    const std::unique_ptr<redisReply, FreeReply> reply(static_cast<redisReply*>(
        redisCommandArgv(context_.get(), static_cast<int>(words.size()), words.data(), lengths.data())));
    REQUIRE_MESSAGE(reply != nullptr, std::string(context_->errstr));
    return TextOf(*reply);
}

std::string AskRedis(const std::string& unix_socket, const std::vector<std::string>& command,
                     const std::string& password) {
    return RedisConnection(unix_socket, password).Ask(command);
}

}  // namespace realtime::test
