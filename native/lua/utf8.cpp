#include "lua/utf8.h"

namespace realtime {
namespace {

constexpr unsigned char kContinuationLow = 0x80;
constexpr unsigned char kContinuationHigh = 0xBF;

}  // namespace

Utf8Sequence ReadUtf8(std::string_view text, std::size_t at) {
    const auto byte = [text](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned char lead = byte(at);
    if (lead < 0x80) {
        return {1, true};
    }
    std::size_t wanted = 0;
    unsigned char low = kContinuationLow;
    unsigned char high = kContinuationHigh;
    if (lead >= 0xC2 && lead <= 0xDF) {
        wanted = 1;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        wanted = 2;
        low = lead == 0xE0 ? 0xA0 : low;
        high = lead == 0xED ? 0x9F : high;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        wanted = 3;
        low = lead == 0xF0 ? 0x90 : low;
        high = lead == 0xF4 ? 0x8F : high;
    } else {
        return {1, false};
    }
    for (std::size_t i = 1; i <= wanted; ++i) {
        if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high) {
            return {i, false};
        }
        low = kContinuationLow;
        high = kContinuationHigh;
    }
    return {wanted + 1, true};
}

bool IsUtf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Sequence sequence = ReadUtf8(text, at);
        if (!sequence.valid) {
            return false;
        }
        at += sequence.length;
    }
    return true;
}

}  // namespace realtime
