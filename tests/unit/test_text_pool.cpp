#include "core/text_pool.h"

#include <doctest/doctest.h>

using realtime::TextPool;

TEST_CASE("a text that is done with lends its memory to the next one, and nothing of its bytes") {
    TextPool pool;
    CHECK(pool.Take().empty());
    std::vector<std::string> texts{std::string(200, 'a')};
    const char* const memory = texts.front().data();
    pool.Give(texts);
    CHECK(texts.empty());
    const std::string next = pool.Take();
    CHECK(next.empty());
    CHECK(next.capacity() >= 200);
    CHECK(next.data() == memory);
    CHECK(pool.Take().capacity() < 200);
}

TEST_CASE("texts without memory of their own, long ones and too many are not kept") {
    TextPool pool;
    std::vector<std::string> texts{std::string("short"), std::string(100'000, 'x')};
    pool.Give(texts);
    CHECK(pool.Take().capacity() < 100);
    for (int i = 0; i < 5000; ++i) {
        texts.emplace_back(100, 'x');
    }
    pool.Give(texts);
    CHECK(texts.empty());
    int kept = 0;
    while (pool.Take().capacity() >= 100) {
        ++kept;
    }
    CHECK(kept == 512);
}
