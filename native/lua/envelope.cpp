#include "lua/envelope.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "lua/json_reader.h"
#include "lua/json_writer.h"
#include "lua/lua_call.h"

namespace realtime {
namespace {

/// The envelope and its "data": what is written must be readable again under the same limit.
constexpr int kLevelsAboveField = 2;
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

Error NotAnEvent(const std::string& what) {
    return MakeError(ErrorCode::kDecodeFailed, what);
}

/// Moves the raw field `key` of the table at `from` to the table on top.
void CopyField(gmod::ILuaBase& lua, int from, const char* key) {
    lua.PushString(key);
    lua.PushString(key);
    lua.RawGet(from);
    lua.RawSet(-3);
}

/// The string field `key` of the table at `index`; empty when it is none. Valid while the table lives.
std::string_view StringField(gmod::ILuaBase& lua, int index, const char* key) {
    lua.PushString(key);
    lua.RawGet(index);
    const bool is_string = lua.GetType(-1) == gmod::type::kString;
    const std::string_view text = is_string ? TextAt(lua, -1) : std::string_view();
    lua.Pop(1);
    return text;
}

Result<double> CheckEnvelope(gmod::ILuaBase& lua, int index, const EventDefinition& event) {
    if (lua.GetType(index) != gmod::type::kTable) {
        return NotAnEvent("not a JSON object");
    }
    if (StringField(lua, index, "specversion") != "1.0") {
        return NotAnEvent("not a CloudEvents 1.0 envelope");
    }
    if (StringField(lua, index, "type") != event.type) {
        return NotAnEvent("the type is not \"" + event.type + "\"");
    }
    if (StringField(lua, index, "id").empty() || StringField(lua, index, "source").empty()) {
        return NotAnEvent("id or source is missing");
    }
    double seconds = 0;
    if (!ParseRfc3339(StringField(lua, index, "time"), seconds)) {
        return NotAnEvent("time is missing or not RFC 3339");
    }
    lua.PushString("data");
    lua.RawGet(index);
    const bool has_data = lua.GetType(-1) == gmod::type::kTable;
    lua.Pop(1);
    if (!has_data) {
        return NotAnEvent("data is missing or not an object");
    }
    return seconds;
}

}  // namespace

EventDefinition EventDefinition::Make(std::string name, std::string channel, std::vector<std::string> fields) {
    EventDefinition event{std::move(name), std::move(channel), "gmod.", std::move(fields), {}};
    event.type += event.channel;
    std::replace(event.type.begin(), event.type.end(), ':', '.');
    for (const std::string& field : event.fields) {
        std::string key;
        WriteJsonString(field, key);
        event.keys.push_back(key + ":");
    }
    return event;
}

Result<std::string> EnvelopeWriter::Write(gmod::ILuaBase& lua, const EventDefinition& event, int first,
                                          std::string_view source, std::int64_t unix_ms) const {
    constexpr std::size_t kUsualBytes = 512;
    std::string out;
    out.reserve(kUsualBytes);
    out.append(R"({"specversion":"1.0","id":")").append(instance_).append("-").append(std::to_string(sequence_));
    out.append(R"(","source":)");
    WriteJsonString(source, out);
    out.append(R"(,"type":)");
    WriteJsonString(event.type, out);
    out.append(R"(,"time":")").append(FormatUtc(unix_ms));
    out.append(R"(","datacontenttype":"application/json","data":)");
    char separator = '{';
    for (std::size_t i = 0; i < event.keys.size(); ++i) {
        const int index = first + static_cast<int>(i);
        if (index > lua.Top() || lua.GetType(index) == gmod::type::kNil) {
            continue;
        }
        out.push_back(separator);
        separator = ',';
        out.append(event.keys[i]);
        if (Result<void> written = WriteJson(lua, index, event.fields[i], out, kLevelsAboveField); written.IsErr()) {
            return std::move(written).Error();
        }
    }
    out.append(separator == '{' ? "{}}" : "}}");
    return out;
}

Result<void> ReadEnvelope(gmod::ILuaBase& lua, const EventDefinition& event, std::string_view channel,
                          std::string_view text) {
    if (Result<void> read = ReadJson(lua, text); read.IsErr()) {
        return read;
    }
    const int envelope = lua.Top();
    Result<double> seconds = CheckEnvelope(lua, envelope, event);
    if (seconds.IsErr()) {
        lua.Pop(1);
        return std::move(seconds).Error();
    }
    lua.CreateTable();
    PushText(lua, event.name);
    lua.SetField(-2, "name");
    PushText(lua, channel);
    lua.SetField(-2, "channel");
    lua.PushNumber(seconds.Value());
    lua.SetField(-2, "timestamp");
    for (const char* key : {"id", "source", "time", "data"}) {
        CopyField(lua, envelope, key);
    }
    lua.Remove(envelope);
    return {};
}

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
