#include "support/resp_client.h"

#include <doctest/doctest.h>
#include <hiredis/hiredis.h>

#include <memory>

namespace realtime::test {
namespace {

struct FreeContext {
    void operator()(redisContext* context) const { redisFree(context); }
};
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

std::string Ask(redisContext& context, const std::vector<std::string>& command) {
    std::vector<const char*> words;
    std::vector<std::size_t> lengths;
    for (const std::string& word : command) {
        words.push_back(word.data());
        lengths.push_back(word.size());
    }
    const std::unique_ptr<redisReply, FreeReply> reply(static_cast<redisReply*>(
        redisCommandArgv(&context, static_cast<int>(words.size()), words.data(), lengths.data())));
    REQUIRE_MESSAGE(reply != nullptr, std::string(context.errstr));
    return TextOf(*reply);
}

}  // namespace

std::string AskRedis(const std::string& unix_socket, const std::vector<std::string>& command,
                     const std::string& password) {
    const timeval patience{5, 0};
    const std::unique_ptr<redisContext, FreeContext> context(
        redisConnectUnixWithTimeout(unix_socket.c_str(), patience));
    REQUIRE(context != nullptr);
    REQUIRE_MESSAGE(context->err == 0, std::string(context->errstr));
    redisSetTimeout(context.get(), patience);
    if (!password.empty()) {
        REQUIRE(Ask(*context, {"AUTH", password}) == "OK");
    }
    return Ask(*context, command);
}

}  // namespace realtime::test
