#include "core/registry.h"

#include <doctest/doctest.h>

using realtime::InboundMessage;
using realtime::SubscriptionId;
using realtime::SubscriptionKind;
using realtime::SubscriptionRegistry;
using realtime::Topic;

namespace {

std::vector<SubscriptionId> Find(const SubscriptionRegistry& registry, const InboundMessage& message) {
    std::vector<SubscriptionId> ids;
    registry.Find(message, ids);
    return ids;
}

}  // namespace

TEST_CASE("a message finds the subscriptions of its topic, oldest first") {
    SubscriptionRegistry registry;
    const SubscriptionId a = registry.Add({SubscriptionKind::kChannel, "chat"});
    const SubscriptionId b = registry.Add({SubscriptionKind::kChannel, "chat"});
    const SubscriptionId pattern = registry.Add({SubscriptionKind::kPattern, "chat"});
    CHECK(Find(registry, {SubscriptionKind::kChannel, "", "chat", ""}) == std::vector<SubscriptionId>{a, b});
    CHECK(Find(registry, {SubscriptionKind::kPattern, "chat", "other", ""}) == std::vector<SubscriptionId>{pattern});
    CHECK(Find(registry, {SubscriptionKind::kChannel, "", "other", ""}).empty());
}

TEST_CASE("the topics change with the first and the last subscription only") {
    SubscriptionRegistry registry;
    const auto start = registry.Version();
    const SubscriptionId a = registry.Add({SubscriptionKind::kChannel, "chat"});
    const auto added = registry.Version();
    CHECK(added != start);
    const SubscriptionId b = registry.Add({SubscriptionKind::kChannel, "chat"});
    CHECK(registry.Version() == added);
    CHECK(registry.Remove(a));
    CHECK(registry.Version() == added);
    CHECK(registry.Topics().size() == 1);
    CHECK(registry.Remove(b));
    CHECK(registry.Version() != added);
    CHECK(registry.Topics().empty());
    CHECK(registry.Size() == 0);
}

TEST_CASE("a number is used once") {
    SubscriptionRegistry registry;
    const SubscriptionId a = registry.Add({SubscriptionKind::kChannel, "chat"});
    CHECK(registry.Remove(a));
    CHECK_FALSE(registry.Remove(a));
    CHECK(registry.Add({SubscriptionKind::kChannel, "chat"}) != a);
    CHECK_FALSE(registry.Contains(a));
}
