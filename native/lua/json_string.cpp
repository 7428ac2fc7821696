#include "lua/json_string.h"

#include <array>
#include <cstddef>

#include "lua/utf8.h"

namespace realtime {
namespace {

constexpr unsigned char kFirstPrintable = 0x20;
constexpr unsigned char kFirstBeyondAscii = 0x80;
constexpr std::size_t kBytes = 256;

/// For each byte whether it can be copied as it is.
constexpr std::array<bool, kBytes> MakePlain() {
    std::array<bool, kBytes> plain{};
    for (std::size_t byte = kFirstPrintable; byte < kFirstBeyondAscii; ++byte) {
        plain[byte] = byte != '"' && byte != '\\';
    }
    return plain;
}
constexpr std::array<bool, kBytes> kPlain = MakePlain();

void WriteEscaped(unsigned char byte, std::string& out) {
    constexpr std::string_view kHexDigits = "0123456789ABCDEF";
    constexpr unsigned kBitsPerDigit = 4;
    constexpr unsigned kDigit = 0xF;
    switch (byte) {
        case '"':
            out.append("\\\"");
            return;
        case '\\':
            out.append("\\\\");
            return;
        case '\b':
            out.append("\\b");
            return;
        case '\f':
            out.append("\\f");
            return;
        case '\n':
            out.append("\\n");
            return;
        case '\r':
            out.append("\\r");
            return;
        case '\t':
            out.append("\\t");
            return;
        default:
            out.append("\\u00");
            out.push_back(kHexDigits[byte >> kBitsPerDigit]);
            out.push_back(kHexDigits[byte & kDigit]);
    }
}

}  // namespace

void WriteJsonString(std::string_view text, std::string& out) {
    out.push_back('"');
    std::size_t at = 0;
    while (at < text.size()) {
        // As many bytes as possible go out in one piece.
        const std::size_t begin = at;
        Utf8Sequence sequence{1, true};
        while (at < text.size()) {
            const auto byte = static_cast<unsigned char>(text[at]);
            if (kPlain[byte]) {
                ++at;
                continue;
            }
            if (byte < kFirstBeyondAscii) {
                break;
            }
            sequence = ReadUtf8(text, at);
            if (!sequence.valid) {
                break;
            }
            at += sequence.length;
        }
        out.append(text.data() + begin, at - begin);
        if (at == text.size()) {
            break;
        }
        if (sequence.valid) {
            WriteEscaped(static_cast<unsigned char>(text[at]), out);
            ++at;
        } else {
            out.append(kReplacementCharacter);
            at += sequence.length;
        }
    }
    out.push_back('"');
}

}  // namespace realtime
