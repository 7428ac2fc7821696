#include "lua/json_cursor.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "lua/utf8.h"

namespace realtime {
namespace {

constexpr unsigned char kFirstPrintable = 0x20;
constexpr unsigned char kFirstBeyondAscii = 0x80;
constexpr unsigned kFirstHighSurrogate = 0xD800;
constexpr unsigned kFirstLowSurrogate = 0xDC00;
constexpr unsigned kLastSurrogate = 0xDFFF;
constexpr unsigned kFirstBeyondUnits = 0x10000;

bool IsDigit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool IsInNumber(char byte) {
    return IsDigit(byte) || byte == '-' || byte == '+' || byte == '.' || byte == 'e' || byte == 'E';
}

std::size_t SkipDigits(std::string_view text, std::size_t at) {
    while (at < text.size() && IsDigit(text[at])) {
        ++at;
    }
    return at;
}

/// Whether all of it is one number as RFC 8259 has them.
bool IsNumber(std::string_view token) {
    std::size_t at = !token.empty() && token[0] == '-' ? 1 : 0;
    std::size_t begin = at;
    at = SkipDigits(token, at);
    bool sound = at > begin && (token[begin] != '0' || at == begin + 1);
    if (at < token.size() && token[at] == '.') {
        begin = at + 1;
        at = SkipDigits(token, begin);
        sound = sound && at > begin;
    }
    if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
        begin = at + 1;
        begin += begin < token.size() && (token[begin] == '-' || token[begin] == '+') ? 1 : 0;
        at = SkipDigits(token, begin);
        sound = sound && at > begin;
    }
    return sound && at == token.size();
}

/// What strtod takes for the decimal point: it goes by the process's locale.
std::string DecimalPoint() {
    std::array<char, 16> text{};  // "0,5"
    const int size = std::snprintf(text.data(), text.size(), "%.1f", 0.5);
    return {text.data() + 1, static_cast<std::size_t>(size) - 2};
}

/// By the C library, which rounds right; `number` is one. RapidJSON 1.1.0 reads beyond its tables for 0.00…02 with 400
/// zeros, and makes 7.7e-34 of 0e-313.
double ToDouble(std::string_view number) {
    std::string text(number);
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const std::size_t point = text.find('.');
    if (end == text.c_str() + text.size() || point == std::string::npos) {
        return value;
    }
    text.replace(point, 1, DecimalPoint());
    return std::strtod(text.c_str(), nullptr);
}

void AppendUtf8(std::string& out, unsigned code) {
    constexpr unsigned kMost2 = 0x800;
    constexpr unsigned kLowBits = 0x3F;
    constexpr unsigned kContinuation = 0x80;
    const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
    if (code < kFirstBeyondAscii) {
        put(code);
        return;
    }
    if (code < kMost2) {
        put(0xC0U | code >> 6U);
    } else if (code < kFirstBeyondUnits) {
        put(0xE0U | code >> 12U);
        put(kContinuation | (code >> 6U & kLowBits));
    } else {
        put(0xF0U | code >> 18U);
        put(kContinuation | (code >> 12U & kLowBits));
        put(kContinuation | (code >> 6U & kLowBits));
    }
    put(kContinuation | (code & kLowBits));
}

}  // namespace

bool JsonCursor::ReadString(std::string_view& out) {
    if (!Take('"')) {
        return Fail("a string expected");
    }
    const std::size_t begin = at_;
    if (!SkipPlain()) {
        return false;
    }
    if (!AtEnd() && text_[at_] == '"') {
        out = text_.substr(begin, at_ - begin);
        ++at_;
        return true;
    }
    unescaped_.assign(text_.substr(begin, at_ - begin));
    while (!AtEnd() && text_[at_] == '\\') {
        if (!ReadEscape()) {
            return false;
        }
        const std::size_t next = at_;
        if (!SkipPlain()) {
            return false;
        }
        unescaped_.append(text_.substr(next, at_ - next));
    }
    if (AtEnd()) {
        return Fail("a string that does not end");
    }
    if (text_[at_] != '"') {
        return Fail("a control character in a string");
    }
    ++at_;
    out = unescaped_;
    return true;
}

bool JsonCursor::SkipPlain() {
    while (!AtEnd()) {
        const auto byte = static_cast<unsigned char>(text_[at_]);
        if (byte == '"' || byte == '\\' || byte < kFirstPrintable) {
            return true;
        }
        if (byte < kFirstBeyondAscii) {
            ++at_;
            continue;
        }
        const Utf8Sequence sequence = ReadUtf8(text_, at_);
        if (!sequence.valid) {
            return Fail("ill-formed UTF-8");
        }
        at_ += sequence.length;
    }
    return true;
}

bool JsonCursor::ReadEscape() {
    constexpr std::string_view kNames = "\"\\/bfnrt";
    constexpr std::string_view kBytes = "\"\\/\b\f\n\r\t";
    if (at_ + 1 >= text_.size()) {
        return Fail("an escape sequence that does not end");
    }
    const char name = text_[at_ + 1];
    if (const std::size_t index = kNames.find(name); index != std::string_view::npos) {
        unescaped_.push_back(kBytes[index]);
        at_ += 2;
        return true;
    }
    if (name != 'u') {
        return Fail("no such escape sequence");
    }
    unsigned code = 0;
    if (!ReadUnit(code)) {
        return false;
    }
    if (code >= kFirstLowSurrogate && code <= kLastSurrogate) {
        return Fail("a low surrogate without the high one before it");
    }
    if (code >= kFirstHighSurrogate && code < kFirstLowSurrogate) {
        unsigned low = 0;
        if (text_.substr(at_, 2) != "\\u" || !ReadUnit(low) || low < kFirstLowSurrogate || low > kLastSurrogate) {
            return Fail("a high surrogate without the low one after it");
        }
        code = kFirstBeyondUnits + ((code - kFirstHighSurrogate) << 10U) + (low - kFirstLowSurrogate);
    }
    AppendUtf8(unescaped_, code);
    return true;
}

bool JsonCursor::ReadUnit(unsigned& unit) {
    constexpr std::size_t kPrefix = 2;
    constexpr std::size_t kDigits = 4;
    constexpr unsigned kBase = 16;
    unit = 0;
    for (std::size_t i = at_ + kPrefix; i < at_ + kPrefix + kDigits; ++i) {
        const char digit = i < text_.size() ? text_[i] : '\0';
        unsigned value = kBase;
        if (IsDigit(digit)) {
            value = static_cast<unsigned>(digit - '0');
        } else if (digit >= 'a' && digit <= 'f') {
            value = static_cast<unsigned>(digit - 'a') + 10U;
        } else if (digit >= 'A' && digit <= 'F') {
            value = static_cast<unsigned>(digit - 'A') + 10U;
        }
        if (value == kBase) {
            return Fail("four hexadecimal digits expected after \\u");
        }
        unit = unit * kBase + value;
    }
    at_ += kPrefix + kDigits;
    return true;
}

bool JsonCursor::ReadNumber(double& out) {
    // Nearly all numbers are whole and short enough to be exact; the others are read by the C library.
    constexpr std::size_t kExactDigits = 15;
    const char first = Next();
    std::size_t at = at_ + (first == '-' ? 1 : 0);
    const std::size_t digits = at;
    std::int64_t value = 0;
    while (at < text_.size() && IsDigit(text_[at]) && at - digits <= kExactDigits) {
        value = value * 10 + (text_[at] - '0');
        ++at;
    }
    const std::size_t count = at - digits;
    const bool is_plain = count > 0 && count <= kExactDigits && (count == 1 || text_[digits] != '0') &&
                          (at == text_.size() || !IsInNumber(text_[at]));
    if (!is_plain) {
        return ReadSlowNumber(out);
    }
    at_ = at;
    out = first == '-' ? -static_cast<double>(value) : static_cast<double>(value);
    return true;
}

bool JsonCursor::ReadSlowNumber(double& out) {
    std::size_t end = at_;
    while (end < text_.size() && IsInNumber(text_[end])) {
        ++end;
    }
    const std::string_view token = text_.substr(at_, end - at_);
    if (token.empty()) {
        return Fail("a value expected");
    }
    if (!IsNumber(token)) {
        return Fail("no such number");
    }
    const double value = ToDouble(token);
    if (!std::isfinite(value)) {
        return Fail("a number too large for a double");
    }
    at_ = end;
    out = value;
    return true;
}

bool JsonCursor::ReadWord(std::string_view word) {
    (void)Next();
    if (text_.substr(at_, word.size()) != word) {
        return Fail("a value expected");
    }
    at_ += word.size();
    return true;
}

}  // namespace realtime
