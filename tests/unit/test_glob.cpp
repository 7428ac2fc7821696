#include <doctest/doctest.h>

#include <string>

#include "backend/memory/glob.h"

using realtime::memory::GlobMatch;

TEST_CASE("patterns match as Redis' do") {
    CHECK(GlobMatch("player:*", "player:death"));
    CHECK(GlobMatch("player:*", "player:"));
    CHECK_FALSE(GlobMatch("player:*", "players:death"));
    CHECK(GlobMatch("*", ""));
    CHECK_FALSE(GlobMatch("", "x"));
    CHECK(GlobMatch("h?llo", "hallo"));
    CHECK_FALSE(GlobMatch("h?llo", "hllo"));
    CHECK(GlobMatch("h[ae]llo", "hello"));
    CHECK_FALSE(GlobMatch("h[ae]llo", "hillo"));
    CHECK(GlobMatch("h[^e]llo", "hallo"));
    CHECK_FALSE(GlobMatch("h[^e]llo", "hello"));
    CHECK(GlobMatch("h[a-b]llo", "hbllo"));
    CHECK(GlobMatch("h[b-a]llo", "hbllo"));
    CHECK(GlobMatch("a\\*b", "a*b"));
    CHECK_FALSE(GlobMatch("a\\*b", "axb"));
    CHECK(GlobMatch("*:*:end", "a:b:c:end"));
    CHECK(GlobMatch(std::string("\0*", 2), std::string("\0x", 2)));
}

TEST_CASE("a hostile pattern costs no more than its length times the text's") {
    const std::string text(2000, 'a');
    std::string pattern;
    for (int i = 0; i < 200; ++i) {
        pattern += "a*";
    }
    CHECK_FALSE(GlobMatch(pattern + "b", text));
}
