#include "lua/utc_time.h"

#include <array>
#include <cstdio>

namespace realtime {
namespace {

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kSecondsPerDay = 86400;
constexpr std::int64_t kSecondsPerHour = 3600;
constexpr std::int64_t kSecondsPerMinute = 60;

struct Date {
    std::int64_t year;
    unsigned month;
    unsigned day;
};

// Both directions between days since 1970-01-01 and the Gregorian calendar count in 400-year eras of years that begin
// in March, so that the leap day is a year's last.
constexpr std::int64_t kDaysPerEra = 146097;
constexpr std::int64_t kEraShift = 719468;  // from 0000-03-01 to 1970-01-01

Date DateOf(std::int64_t days) {
    days += kEraShift;
    const std::int64_t era = (days >= 0 ? days : days - (kDaysPerEra - 1)) / kDaysPerEra;
    const auto day_of_era = static_cast<unsigned>(days - era * kDaysPerEra);
    const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned march_month = (5 * day_of_year + 2) / 153;
    const unsigned day = day_of_year - (153 * march_month + 2) / 5 + 1;
    const unsigned month = march_month < 10 ? march_month + 3 : march_month - 9;
    return Date{static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month, day};
}

std::int64_t DaysOf(Date date) {
    date.year -= date.month <= 2 ? 1 : 0;
    const std::int64_t era = (date.year >= 0 ? date.year : date.year - 399) / 400;
    const std::int64_t year_of_era = date.year - era * 400;
    const std::int64_t march_month = date.month > 2 ? date.month - 3 : date.month + 9;
    const std::int64_t day_of_year = (153 * march_month + 2) / 5 + date.day - 1;
    return era * kDaysPerEra + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - kEraShift;
}

/// Reads a fixed number of digits off the front of a text.
class DigitReader {
  public:
    explicit DigitReader(std::string_view text) : text_(text) {}

    [[nodiscard]] bool Ok() const noexcept { return ok_; }
    [[nodiscard]] bool AtEnd() const noexcept { return text_.empty(); }

    std::int64_t Number(std::size_t digits, std::int64_t most) {
        std::int64_t value = 0;
        ok_ = ok_ && text_.size() >= digits;
        for (std::size_t i = 0; ok_ && i < digits; ++i) {
            ok_ = IsDigit(text_[i]);
            value = value * 10 + (text_[i] - '0');
        }
        if (ok_) {
            text_.remove_prefix(digits);
            ok_ = value <= most;
        }
        return value;
    }

    bool Take(std::string_view any_of) {
        if (!text_.empty() && any_of.find(text_.front()) != std::string_view::npos) {
            last_ = text_.front();
            text_.remove_prefix(1);
            return true;
        }
        return false;
    }
    void Expect(std::string_view any_of) { ok_ = Take(any_of) && ok_; }
    [[nodiscard]] char Last() const noexcept { return last_; }

    double Fraction() {
        double value = 0;
        double weight = 1;
        ok_ = ok_ && !text_.empty() && IsDigit(text_.front());
        while (!text_.empty() && IsDigit(text_.front())) {
            weight /= 10;
            value += weight * (text_.front() - '0');
            text_.remove_prefix(1);
        }
        return value;
    }

  private:
    static bool IsDigit(char c) { return c >= '0' && c <= '9'; }

    std::string_view text_;
    char last_ = '\0';
    bool ok_ = true;
};

}  // namespace

std::string FormatUtc(std::int64_t unix_ms) {
    std::int64_t seconds = unix_ms / kMsPerSecond;
    std::int64_t ms = unix_ms % kMsPerSecond;
    if (ms < 0) {
        ms += kMsPerSecond;
        --seconds;
    }
    std::int64_t days = seconds / kSecondsPerDay;
    std::int64_t left = seconds % kSecondsPerDay;
    if (left < 0) {
        left += kSecondsPerDay;
        --days;
    }
    const Date date = DateOf(days);
    std::array<char, 64> text{};
    const int length =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year),
                      date.month, date.day, static_cast<int>(left / kSecondsPerHour),
                      static_cast<int>(left % kSecondsPerHour / kSecondsPerMinute),
                      static_cast<int>(left % kSecondsPerMinute), static_cast<int>(ms));
    return {text.data(), static_cast<std::size_t>(length)};
}

bool ParseRfc3339(std::string_view text, double& seconds) {
    constexpr std::int64_t kMostSeconds = 60;  // a leap second
    DigitReader reader(text);
    Date date{};
    date.year = reader.Number(4, 9999);
    reader.Expect("-");
    date.month = static_cast<unsigned>(reader.Number(2, 12));
    reader.Expect("-");
    date.day = static_cast<unsigned>(reader.Number(2, 31));
    reader.Expect("Tt ");
    const std::int64_t hours = reader.Number(2, 23);
    reader.Expect(":");
    const std::int64_t minutes = reader.Number(2, 59);
    reader.Expect(":");
    const std::int64_t whole = reader.Number(2, kMostSeconds);
    const double fraction = reader.Take(".") ? reader.Fraction() : 0;
    std::int64_t offset = 0;
    reader.Expect("Zz+-");
    if (reader.Last() == '+' || reader.Last() == '-') {
        const std::int64_t sign = reader.Last() == '-' ? -1 : 1;
        const std::int64_t offset_hours = reader.Number(2, 23);
        reader.Expect(":");
        offset = sign * (offset_hours * kSecondsPerHour + reader.Number(2, 59) * kSecondsPerMinute);
    }
    if (!reader.Ok() || !reader.AtEnd() || date.month == 0 || date.day == 0) {
        return false;
    }
    const std::int64_t total =
        DaysOf(date) * kSecondsPerDay + hours * kSecondsPerHour + minutes * kSecondsPerMinute + whole - offset;
    seconds = static_cast<double>(total) + fraction;
    return true;
}

}  // namespace realtime
