// Result<T, E>: a value or an error, never both and never neither. Move-only T and E are fine.
//
// Reading the side that is not there is a bug of the caller: an assertion in debug builds, undefined otherwise.
#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/error.h"

namespace realtime {

template <typename T, typename E = Error>
class [[nodiscard]] Result {
  public:
    static_assert(!std::is_same_v<T, E>, "a Result whose two sides look alike cannot be built from a bare value");

    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool IsOk() const noexcept { return state_.index() == 0; }
    [[nodiscard]] bool IsErr() const noexcept { return !IsOk(); }
    explicit operator bool() const noexcept { return IsOk(); }

    /// Only when IsOk().
    [[nodiscard]] T& Value() & noexcept { return *Checked(std::get_if<0>(&state_)); }
    [[nodiscard]] const T& Value() const& noexcept { return *Checked(std::get_if<0>(&state_)); }
    [[nodiscard]] T&& Value() && noexcept { return std::move(*Checked(std::get_if<0>(&state_))); }

    /// Only when IsErr().
    [[nodiscard]] E& Error() & noexcept { return *Checked(std::get_if<1>(&state_)); }
    [[nodiscard]] const E& Error() const& noexcept { return *Checked(std::get_if<1>(&state_)); }
    [[nodiscard]] E&& Error() && noexcept { return std::move(*Checked(std::get_if<1>(&state_))); }

  private:
    template <typename Pointer>
    static Pointer Checked(Pointer side) noexcept {
        assert(side != nullptr && "Result: the other side was asked for");
        return side;
    }

    std::variant<T, E> state_;
};

/// Success without a value: `return {};`, or an error.
template <typename E>
class [[nodiscard]] Result<void, E> {
  public:
    Result() = default;
    Result(E error) : error_(std::move(error)) {}

    [[nodiscard]] bool IsOk() const noexcept { return !error_.has_value(); }
    [[nodiscard]] bool IsErr() const noexcept { return error_.has_value(); }
    explicit operator bool() const noexcept { return IsOk(); }

    /// Only when IsErr().
    [[nodiscard]] E& Error() & noexcept {
        assert(error_.has_value());
        return *error_;
    }
    [[nodiscard]] const E& Error() const& noexcept {
        assert(error_.has_value());
        return *error_;
    }
    [[nodiscard]] E&& Error() && noexcept {
        assert(error_.has_value());
        return std::move(*error_);
    }

  private:
    std::optional<E> error_;
};

}  // namespace realtime
