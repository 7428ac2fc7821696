// An error of the module: a code of the contract's table, and what to add to that code's sentence.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "realtime/contract.h"

namespace realtime {

struct Error {
    ErrorCode code = ErrorCode::kInternal;
    /// Readable addition to the code's message; may be empty; never holds a secret.
    std::string detail;
};

inline Error MakeError(ErrorCode code, std::string detail = {}) {
    return Error{code, std::move(detail)};
}

/// "the server cannot be reached: 127.0.0.1:6379: Connection refused"
inline std::string Describe(const Error& error) {
    std::string text = ErrorInfoOf(error.code).message;
    if (!error.detail.empty()) {
        text.append(": ").append(error.detail);
    }
    return text;
}

/// What Describe says, and what to do about it, as one line of a log.
inline std::string DescribeWithRemedy(const Error& error) {
    std::string text = Describe(error);
    text.append(std::string_view(".?!").find(text.back()) == std::string_view::npos ? ". " : " ")
        .append(ErrorInfoOf(error.code).remedy);
    return text;
}

}  // namespace realtime
