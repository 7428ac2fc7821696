// A redis-server of the test's own: in a temporary folder, on a unix socket and a free loopback port, without
// persistence, stopped by its process id whatever happens.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "core/options.h"

namespace realtime::test {

class RedisServer {
  public:
    /// Starts and waits until it accepts connections. Ends the program with code 77 (ctest: skipped) and a visible line
    /// when there is no redis-server on this machine; with CI set that is a failure.
    explicit RedisServer(std::vector<std::string> arguments = {});
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;

    /// SIGKILL, waited for.
    void Kill();
    /// On the same port and socket as before.
    void Start();
    /// The same with other arguments, for this and every later start.
    void Start(std::vector<std::string> arguments);
    void Signal(int number) const;

    /// Runs redis-cli with these words; gives what it prints, without the last line break.
    std::string Cli(const std::string& words) const;

    [[nodiscard]] Options OptionsFor() const;
    [[nodiscard]] int Port() const { return port_; }
    [[nodiscard]] std::string Socket() const { return folder_ + "/redis.sock"; }

  private:
    std::vector<std::string> arguments_;
    std::string folder_;
    int port_ = 0;
    pid_t pid_ = -1;
};

}  // namespace realtime::test
