#include "core/inbox.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <thread>

using namespace realtime;

namespace {

InboundMessage Message(const std::string& channel, const std::string& payload) {
    return InboundMessage{SubscriptionKind::kChannel, {}, channel, payload};
}

void Arrive(Inbox& inbox, const std::vector<std::pair<std::string, std::string>>& messages) {
    std::vector<InboundMessage> batch;
    for (const auto& [channel, payload] : messages) {
        batch.push_back(Message(channel, payload));
    }
    inbox.PushBatch(batch);
    CHECK(batch.empty());
}

/// "a1 a2 b1": what is taken, in order.
std::string Take(Inbox& inbox, TakeOrder order, std::size_t most = 1000) {
    std::deque<InboundMessage> out;
    inbox.TakeBatch(out, most, order);
    std::string text;
    for (const InboundMessage& message : out) {
        text.append(text.empty() ? "" : " ").append(message.Channel()).append(message.Payload());
    }
    const QueueCounts counts = inbox.Counts();
    CHECK(counts.pushed == counts.taken + counts.dropped + counts.size);
    CHECK(counts.size == inbox.Size());
    return text;
}

}  // namespace

TEST_CASE("by arrival: the order of all topics together is kept") {
    Inbox inbox;
    Arrive(inbox, {{"a", "1"}, {"b", "1"}, {"a", "2"}, {"c", "1"}, {"b", "2"}});
    CHECK(Take(inbox, TakeOrder::kArrival, 2) == "a1 b1");
    CHECK(Take(inbox, TakeOrder::kArrival) == "a2 c1 b2");
    CHECK(Take(inbox, TakeOrder::kArrival).empty());
}

TEST_CASE("in turns: a flooded topic keeps nobody waiting, and each topic stays in order") {
    Inbox inbox;
    Arrive(inbox, {{"a", "1"}, {"a", "2"}, {"a", "3"}, {"a", "4"}, {"b", "1"}, {"c", "1"}, {"b", "2"}});
    CHECK(Take(inbox, TakeOrder::kTurns, 4) == "a1 b1 c1 a2");
    Arrive(inbox, {{"d", "1"}});
    CHECK(Take(inbox, TakeOrder::kTurns) == "b2 a3 d1 a4");
}

TEST_CASE("a channel and a pattern of the same name are two topics") {
    Inbox inbox;
    std::vector<InboundMessage> batch{Message("x", "1"), Message("x", "2"),
                                      InboundMessage{SubscriptionKind::kPattern, "x", "x", "p"}};
    inbox.PushBatch(batch);
    CHECK(Take(inbox, TakeOrder::kTurns) == "x1 xp x2");
}

TEST_CASE("both ways of taking may be mixed; nothing comes twice") {
    Inbox inbox;
    Arrive(inbox, {{"a", "1"}, {"a", "2"}, {"b", "1"}, {"a", "3"}, {"b", "2"}});
    CHECK(Take(inbox, TakeOrder::kTurns, 2) == "a1 b1");
    CHECK(Take(inbox, TakeOrder::kArrival, 2) == "a2 a3");
    Arrive(inbox, {{"a", "4"}, {"b", "3"}});
    CHECK(Take(inbox, TakeOrder::kArrival) == "b2 a4 b3");
}

TEST_CASE("taking by arrival is nobody's turn") {
    Inbox inbox;
    Arrive(inbox, {{"a", "1"}, {"a", "2"}, {"b", "1"}, {"a", "3"}});
    CHECK(Take(inbox, TakeOrder::kArrival, 1) == "a1");
    CHECK(Take(inbox, TakeOrder::kTurns) == "a2 b1 a3");
}

TEST_CASE("at the bound the oldest goes, whatever its topic, also after turns were taken") {
    Inbox inbox(QueueBounds{4, 1000});
    Arrive(inbox, {{"a", "1"}, {"a", "2"}, {"b", "1"}, {"c", "1"}});
    CHECK(Take(inbox, TakeOrder::kTurns, 2) == "a1 b1");
    Arrive(inbox, {{"d", "1"}, {"d", "2"}, {"d", "3"}});
    CHECK(inbox.Counts().dropped == 1);
    CHECK(Take(inbox, TakeOrder::kArrival) == "c1 d1 d2 d3");
}

TEST_CASE("a message beyond the whole byte bound drops itself alone") {
    Inbox inbox(QueueBounds{10, 20});
    Arrive(inbox, {{"a", "1"}, {"a", std::string(20, 'x')}, {"a", "2"}});
    CHECK(inbox.Counts().dropped == 1);
    CHECK(inbox.Counts().bytes == 4);
    CHECK(Take(inbox, TakeOrder::kArrival) == "a1 a2");
}

TEST_CASE("long life in turns: what was taken leaves nothing behind and every topic stays in order") {
    constexpr std::size_t kRounds = 20000;
    Inbox inbox;
    std::map<std::string, int> sent;
    std::map<std::string, int> got;
    Arrive(inbox, {{"slow", "0"}, {"slow", "1"}, {"slow", "2"}});
    std::deque<InboundMessage> out;
    for (std::size_t round = 0; round < kRounds; ++round) {
        const std::string channel = "c" + std::to_string(round % 5);
        Arrive(inbox, {{channel, std::to_string(sent[channel]++)}});
        if (inbox.Size() > 50) {
            inbox.TakeBatch(out, 40, round % 3 == 0 ? TakeOrder::kArrival : TakeOrder::kTurns);
        }
    }
    inbox.TakeBatch(out, kRounds, TakeOrder::kTurns);
    CHECK(out.size() == kRounds + 3);
    for (const InboundMessage& message : out) {
        REQUIRE(message.Payload() == std::to_string(got[std::string(message.Channel())]++));
    }
    CHECK(inbox.Counts().bytes == 0);
}

TEST_CASE("one thread pushes while another takes") {
    constexpr int kCount = 20000;
    Inbox inbox(QueueBounds{1000000, 1 << 30});
    std::thread producer([&inbox] {
        for (int i = 0; i < kCount; ++i) {
            std::vector<InboundMessage> batch{Message(i % 2 == 0 ? "even" : "odd", std::to_string(i))};
            inbox.PushBatch(batch);
        }
    });
    std::deque<InboundMessage> out;
    while (out.size() < kCount) {
        inbox.TakeBatch(out, 64, out.size() % 2 == 0 ? TakeOrder::kTurns : TakeOrder::kArrival);
    }
    producer.join();
    int next_even = 0;
    int next_odd = 1;
    for (const InboundMessage& message : out) {
        int& next = message.Channel() == "even" ? next_even : next_odd;
        REQUIRE(message.Payload() == std::to_string(next));
        next += 2;
    }
}
