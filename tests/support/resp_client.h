// Asks a real server one question and waits for the answer: the administrator beside the module under test.
#pragma once

#include <memory>
#include <string>
#include <vector>

struct redisContext;

namespace realtime::test {

/// A connection of the administrator's that stays, for a server that would let no further one in.
class RedisConnection {
  public:
    explicit RedisConnection(const std::string& unix_socket, const std::string& password = {});
    ~RedisConnection();
    RedisConnection(const RedisConnection&) = delete;
    RedisConnection& operator=(const RedisConnection&) = delete;

    /// The answer as text, elements one a line; errors begin with "-".
    std::string Ask(const std::vector<std::string>& command);

  private:
    struct FreeContext {
        void operator()(redisContext* context) const;
    };
    std::unique_ptr<redisContext, FreeContext> context_;
};

/// The answer as text, elements one a line; errors begin with "-". Connects anew for each question, so that the server
/// may have been restarted since the last one.
std::string AskRedis(const std::string& unix_socket, const std::vector<std::string>& command,
                     const std::string& password = {});

}  // namespace realtime::test
