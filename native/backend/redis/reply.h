// Reply: one answer of the server, and the one place where its error replies become our errors.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace realtime::redis {

/// A reply without a tree: what our commands are answered with is one value, or an array of values that are no arrays.
struct Reply {
    enum class Kind {
        kNil,
        kStatus,
        kError,
        kInteger,
        kString,
        kTooLong,  ///< a string beyond the reader's bound, which was not kept
        kArray,
    };
    struct Value {
        Kind kind = Kind::kNil;
        long long integer = 0;       ///< kInteger; kTooLong: how many bytes it had
        std::string_view text = {};  ///< kStatus, kError, kString
    };

    Value value;                  ///< of an array only the kind
    std::vector<Value> elements;  ///< kArray

    [[nodiscard]] bool IsError() const noexcept { return value.kind == Kind::kError; }
    [[nodiscard]] bool IsStatus(std::string_view text) const noexcept {
        return value.kind == Kind::kStatus && value.text == text;
    }
    /// Whether it is an array of so many elements whose first is this string.
    [[nodiscard]] bool IsArray(std::size_t count, std::string_view first) const noexcept {
        return value.kind == Kind::kArray && elements.size() == count && count > 0 &&
               elements.front().kind == Kind::kString && elements.front().text == first;
    }
};

/// "-WRONGPASS invalid username-password pair" → kAuthFailed with the server's words, as many as a line of a log can
/// take, and without control characters.
/// Source of the prefixes: Redis 7.0's server.c (shared.*err) and ACL documentation.
Error TranslateErrorReply(std::string_view text);

}  // namespace realtime::redis
