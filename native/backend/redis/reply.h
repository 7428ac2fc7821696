// Ownership of a hiredis reply, and the one place where the server's error replies become our errors.
#pragma once

#include <hiredis/hiredis.h>

#include <memory>
#include <string_view>

#include "core/error.h"

namespace realtime::redis {

struct FreeReply {
    void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using ReplyPtr = std::unique_ptr<redisReply, FreeReply>;

inline std::string_view Text(const redisReply& reply) {
    return reply.str == nullptr ? std::string_view() : std::string_view(reply.str, reply.len);
}

/// "-WRONGPASS invalid username-password pair" → kAuthFailed with the server's words.
/// Source of the prefixes: Redis 7.0's server.c (shared.*err) and ACL documentation.
Error TranslateErrorReply(std::string_view text);

}  // namespace realtime::redis
