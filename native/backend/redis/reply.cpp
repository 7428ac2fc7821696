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

/// Longer than any error text of Redis; a server could send a mebibyte.
constexpr std::size_t kMostWords = 256;

/// What is not ours goes to consoles and log files: no control characters, and no more than fits there.
std::string Words(std::string_view text) {
    std::string words(text.substr(0, kMostWords));
    for (char& byte : words) {
        const auto value = static_cast<unsigned char>(byte);
        byte = value < 0x20 || value == 0x7f ? '?' : byte;
    }
    if (text.size() > kMostWords) {
        words.append("…");
    }
    return words;
}

}  // namespace

Error TranslateErrorReply(std::string_view text) {
    for (const Prefix& prefix : kPrefixes) {
        if (text.substr(0, prefix.text.size()) == prefix.text) {
            return MakeError(prefix.code, Words(text));
        }
    }
    return MakeError(ErrorCode::kServerError, Words(text));
}

}  // namespace realtime::redis
