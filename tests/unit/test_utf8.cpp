#include "lua/utf8.h"

#include <doctest/doctest.h>

using realtime::IsUtf8;
using realtime::RepairUtf8;

TEST_CASE("valid UTF-8 stays as it is") {
    for (const char* text : {"", "plain", "h\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xEF\xBF\xBF"}) {
        CHECK(IsUtf8(text));
        CHECK(RepairUtf8(text) == text);
    }
    CHECK(IsUtf8(std::string_view("a\0b", 3)));
}

TEST_CASE("each maximal ill-formed part becomes one replacement character") {
    const std::string r = "\xEF\xBF\xBD";
    CHECK(RepairUtf8("a\xFF") == "a" + r);
    CHECK(RepairUtf8("\xC0\x80") == r + r);                  // overlong
    CHECK(RepairUtf8("\xED\xA0\x80") == r + r + r);          // a surrogate
    CHECK(RepairUtf8("\xF4\x90\x80\x80") == r + r + r + r);  // beyond U+10FFFF
    CHECK(RepairUtf8("\xE2\x82") == r);                      // cut off
    CHECK(RepairUtf8("\xE2\x82"
                     "a") == r + "a");
    CHECK(RepairUtf8("\x80") == r);
}
