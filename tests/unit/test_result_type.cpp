#include "core/result.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using realtime::ErrorCode;
using realtime::MakeError;
using realtime::Result;

namespace {

Result<std::unique_ptr<int>> Half(int value) {
    if (value % 2 != 0) {
        return MakeError(ErrorCode::kInvalidArgument, "odd");
    }
    return std::make_unique<int>(value / 2);
}

}  // namespace

TEST_CASE("a Result is its value or its error") {
    Result<std::unique_ptr<int>> good = Half(4);
    REQUIRE(good.IsOk());
    CHECK_FALSE(good.IsErr());
    CHECK(*good.Value() == 2);
    const std::unique_ptr<int> moved = std::move(good).Value();
    CHECK(*moved == 2);

    const Result<std::unique_ptr<int>> bad = Half(3);
    REQUIRE(bad.IsErr());
    CHECK_FALSE(static_cast<bool>(bad));
    CHECK(bad.Error().code == ErrorCode::kInvalidArgument);
    CHECK(bad.Error().detail == "odd");
}

TEST_CASE("Result<void> is success or an error") {
    const Result<void> good;
    CHECK(good.IsOk());
    const Result<void> bad = MakeError(ErrorCode::kTimeout);
    REQUIRE(bad.IsErr());
    CHECK(bad.Error().code == ErrorCode::kTimeout);
}

TEST_CASE("the error type is free") {
    const Result<int, std::string> bad(std::string("no"));
    REQUIRE(bad.IsErr());
    CHECK(bad.Error() == "no");
}

TEST_CASE("an error describes itself in one sentence") {
    CHECK(realtime::Describe(MakeError(ErrorCode::kTimeout)) == "the server did not answer in time");
    CHECK(realtime::Describe(MakeError(ErrorCode::kTimeout, "10.0.0.1:1")) ==
          "the server did not answer in time: 10.0.0.1:1");
}
