#include "core/result.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

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

TEST_CASE("a value that can only be moved is moved once, through every step") {
    static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);
    static_assert(std::is_nothrow_move_constructible_v<Result<std::unique_ptr<int>>>);
    static_assert(std::is_nothrow_move_assignable_v<Result<std::unique_ptr<int>>>);
    auto made = std::make_unique<int>(7);
    const int* const address = made.get();
    Result<std::unique_ptr<int>> first = std::move(made);
    Result<std::unique_ptr<int>> second = std::move(first);
    REQUIRE(second.IsOk());
    CHECK(second.Value().get() == address);
    CHECK(first.IsOk());  // a moved-from Result stays on its side
    CHECK(first.Value() == nullptr);
    first = std::move(second);
    CHECK(first.Value().get() == address);
    // Reading by lvalue moves nothing; only an rvalue gives the value away.
    CHECK(*first.Value() == 7);
    const std::unique_ptr<int> taken = std::move(first).Value();
    CHECK(taken.get() == address);
    CHECK(first.Value() == nullptr);
}

TEST_CASE("a Result changes its side by assignment, and frees what it held") {
    auto counted = std::make_shared<int>(1);
    Result<std::shared_ptr<int>> result = counted;
    CHECK(counted.use_count() == 2);
    result = Result<std::shared_ptr<int>>(MakeError(ErrorCode::kTimeout, "late"));
    CHECK(counted.use_count() == 1);
    REQUIRE(result.IsErr());
    CHECK(std::move(result).Error().detail == "late");
    result = Result<std::shared_ptr<int>>(counted);
    CHECK(counted.use_count() == 2);
}

TEST_CASE("an error that can only be moved is as good as any, with a value and without") {
    using Owned = std::unique_ptr<std::string>;
    Result<int, Owned> number = std::make_unique<std::string>("no");
    REQUIRE(number.IsErr());
    const Owned error = std::move(number).Error();
    CHECK(*error == "no");
    CHECK(number.Error() == nullptr);

    Result<void, Owned> nothing = std::make_unique<std::string>("not at all");
    Result<void, Owned> moved = std::move(nothing);
    REQUIRE(moved.IsErr());
    CHECK(*std::move(moved).Error() == "not at all");
    moved = Result<void, Owned>();
    CHECK(moved.IsOk());
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
