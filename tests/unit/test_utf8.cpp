#include "lua/utf8.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "lua/json_string.h"

using realtime::IsUtf8;

namespace {

/// The text with U+FFFD for each ill-formed sequence, as the JSON writer does it.
std::string Repaired(std::string_view text) {
    std::string json;
    realtime::WriteJsonString(text, json);
    return json.substr(1, json.size() - 2);
}

}  // namespace

TEST_CASE("valid UTF-8 stays as it is") {
    for (const char* text : {"", "plain", "h\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBF\xBF"}) {
        CHECK(IsUtf8(text));
        CHECK(Repaired(text) == text);
    }
    CHECK(IsUtf8(std::string_view("a\0b", 3)));
}

TEST_CASE("each maximal ill-formed part becomes one replacement character") {
    const std::string r = "\xEF\xBF\xBD";
    CHECK(Repaired("a\xFF") == "a" + r);
    CHECK(Repaired("\xC0\x80") == r + r);                  // overlong
    CHECK(Repaired("\xED\xA0\x80") == r + r + r);          // a surrogate
    CHECK(Repaired("\xF4\x90\x80\x80") == r + r + r + r);  // beyond U+10FFFF
    CHECK(Repaired("\xE2\x82") == r);                      // cut off
    CHECK(Repaired("\xE2\x82"
                   "a") == r + "a");
    CHECK(Repaired("\x80") == r);
}
