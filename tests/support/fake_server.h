// A server that speaks RESP and does what a script says: to be silent in the middle of a handshake, to refuse with this
// or that error, to answer nonsense or half an answer. What the script leaves alone it does as a small Redis would,
// with channels and patterns.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/options.h"
#include "support/loop_thread.h"

namespace realtime::test {

class FakeServer final : public LoopThread {
  public:
    using Command = std::vector<std::string>;
    /// The bytes to answer a command with, none at all included; nullopt: as Redis would. Runs in the server's thread.
    using Script = std::function<std::optional<std::string>(const Command& command)>;

    explicit FakeServer(Script script = {});
    ~FakeServer() override;

    void Play(Script script);

    /// Accepts and reads, and never says anything.
    static std::optional<std::string> Silence(const Command& /*command*/) { return std::string(); }

    /// As Redis would, but `line` for every PUBLISH.
    static Script AnswerPublish(std::string line);

    /// Reads so many bytes more, of all clients together, and then no more until the next call; nullopt: all that
    /// comes.
    void Pace(std::optional<std::size_t> bytes);

    /// Says this to every client that is subscribed to anything, unasked.
    void Tell(std::string bytes);

    /// Ends the connections there are.
    void EndClients();

    /// How many commands of that name came.
    [[nodiscard]] std::size_t Asked(const std::string& name);

    [[nodiscard]] Options OptionsFor() const;

  private:
    struct Client {
        Descriptor socket;
        std::string input;
        std::string output;
        std::set<std::string> channels;
        std::set<std::string> patterns;
        bool ended = false;
    };

    void OnAccepted(Descriptor socket) override;
    void Prepare(std::vector<pollfd>& wanted) override;
    void OnReady(const std::vector<pollfd>& ready) override;

    void Answer(Client& client, const Command& command);
    [[nodiscard]] std::string AsRedis(Client& client, const Command& command);
    std::size_t Spread(const std::string& channel, const std::string& payload);

    Script script_;
    std::optional<std::size_t> may_read_;
    std::vector<std::unique_ptr<Client>> clients_;
    std::vector<std::string> asked_;
};

}  // namespace realtime::test
