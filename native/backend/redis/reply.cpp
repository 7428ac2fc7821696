#include "backend/redis/reply.h"

#include <array>
#include <string>

namespace realtime::redis {
namespace {

struct Prefix {
    std::string_view text;
    ErrorCode code;
};

constexpr std::array<Prefix, 10> kPrefixes{{
    {"NOAUTH", ErrorCode::kAuthRequired},
    {"WRONGPASS", ErrorCode::kAuthFailed},
    {"ERR invalid password", ErrorCode::kAuthFailed},        // servers before 6.0
    {"ERR Client sent AUTH", ErrorCode::kAuthFailed},        // before 6.0: a password although none is set
    {"ERR AUTH <password> called", ErrorCode::kAuthFailed},  // since 6.0, the same
    {"NOPERM", ErrorCode::kNoPermission},
    {"LOADING", ErrorCode::kServerLoading},
    {"READONLY", ErrorCode::kServerReadonly},
    {"MOVED", ErrorCode::kServerMoved},
    {"OOM", ErrorCode::kServerOutOfMemory},
}};

}  // namespace

Error TranslateErrorReply(std::string_view text) {
    for (const Prefix& prefix : kPrefixes) {
        if (text.substr(0, prefix.text.size()) == prefix.text) {
            return MakeError(prefix.code, std::string(text));
        }
    }
    return MakeError(ErrorCode::kServerError, std::string(text));
}

}  // namespace realtime::redis
