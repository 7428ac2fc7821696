// A server with a password, for tests of faults: whatever goes wrong, nothing may say it.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "support/redis_server.h"
#include "support/resp_client.h"

namespace realtime::test {

class GuardedServer {
  public:
    static constexpr const char* kPassword = "s3cr3t-of-the-server";

    explicit GuardedServer(const std::vector<std::string>& arguments = {}) : server(WithPassword(arguments)) {}

    static std::vector<std::string> WithPassword(std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--requirepass", kPassword, "--masterauth", kPassword});
        return arguments;
    }

    std::string Ask(const std::vector<std::string>& command) const {
        return AskRedis(server.Socket(), command, kPassword);
    }

    /// Whether it has both subscriptions of FaultRun.
    [[nodiscard]] std::function<bool()> IsSubscribed() const {
        return [this] {
            return Ask({"PUBSUB", "NUMSUB", "fault:flow"}) != "fault:flow\n0" && Ask({"PUBSUB", "NUMPAT"}) != "0";
        };
    }

    [[nodiscard]] Options OptionsFor() const {
        Options options = server.OptionsFor();
        options.password = kPassword;
        options.log_level = LogLevel::kDebug;
        return options;
    }

    RedisServer server;
};

}  // namespace realtime::test
