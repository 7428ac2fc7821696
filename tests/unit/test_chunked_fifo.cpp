#include "core/chunked_fifo.h"

#include <doctest/doctest.h>

#include <deque>
#include <memory>
#include <random>

using realtime::ChunkedFifo;

TEST_CASE("what goes in first comes out first, over any number of chunks") {
    ChunkedFifo<std::unique_ptr<int>> fifo;
    std::deque<int> expected;
    std::mt19937 random(7);
    int next = 0;
    for (int round = 0; round < 200; ++round) {
        const bool grows = round / 20 % 2 == 0;
        for (int i = static_cast<int>(random() % (grows ? 300 : 100)); i > 0; --i) {
            fifo.Push(std::make_unique<int>(next));
            expected.push_back(next++);
        }
        for (int i = static_cast<int>(random() % (grows ? 100 : 300)); i > 0 && !expected.empty(); --i) {
            REQUIRE(*fifo.Front() == expected.front());
            fifo.Pop();
            expected.pop_front();
        }
        REQUIRE(fifo.Size() == expected.size());
        REQUIRE(fifo.IsEmpty() == expected.empty());
    }
}

TEST_CASE("an item that was taken out is gone at once") {
    const auto counted = std::make_shared<int>(1);
    ChunkedFifo<std::shared_ptr<int>> fifo;
    for (int i = 0; i < 100; ++i) {
        fifo.Push(std::shared_ptr<int>(counted));
    }
    CHECK(counted.use_count() == 101);
    for (int i = 0; i < 99; ++i) {
        fifo.Pop();
    }
    CHECK(counted.use_count() == 2);
    fifo.Pop();
    CHECK(counted.use_count() == 1);
    CHECK(fifo.IsEmpty());
}
