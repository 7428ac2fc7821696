#include "support/fake_server.h"

#include <fnmatch.h>

#include <algorithm>

namespace realtime::test {
namespace {

std::string Bulk(const std::string& text) {
    return "$" + std::to_string(text.size()) + "\r\n" + text + "\r\n";
}

/// Takes a line from `at` on; false when it is not complete.
bool TakeNumber(const std::string& input, std::size_t& at, std::size_t& number) {
    const std::size_t end = input.find("\r\n", at);
    if (end == std::string::npos) {
        return false;
    }
    number = std::stoul(input.substr(at + 1, end - at - 1));
    at = end + 2;
    return true;
}

/// The first command in `input`, which leaves it; nullopt when it is not complete.
std::optional<FakeServer::Command> TakeCommand(std::string& input) {
    std::size_t at = 0;
    std::size_t words = 0;
    if (input.empty() || !TakeNumber(input, at, words)) {
        return std::nullopt;
    }
    FakeServer::Command command;
    for (std::size_t i = 0; i < words; ++i) {
        std::size_t length = 0;
        if (!TakeNumber(input, at, length) || input.size() < at + length + 2) {
            return std::nullopt;
        }
        command.push_back(input.substr(at, length));
        at += length + 2;
    }
    input.erase(0, at);
    return command;
}

}  // namespace

FakeServer::FakeServer(Script script) : script_(std::move(script)) {
    Begin();
}

FakeServer::~FakeServer() {
    End();
}

void FakeServer::Play(Script script) {
    Do([&] { script_ = std::move(script); });
}

FakeServer::Script FakeServer::AnswerPublish(std::string line) {
    return [line = std::move(line)](const Command& command) {
        return command.front() == "PUBLISH" ? std::optional<std::string>(line) : std::nullopt;
    };
}

void FakeServer::Pace(std::optional<std::size_t> bytes) {
    Do([&] { may_read_ = bytes; });
}

void FakeServer::Tell(std::string bytes) {
    Do([&] {
        for (const std::unique_ptr<Client>& client : clients_) {
            if (!client->channels.empty() || !client->patterns.empty()) {
                client->output += bytes;
            }
        }
    });
}

void FakeServer::EndClients() {
    Do([this] { clients_.clear(); });
}

std::size_t FakeServer::Asked(const std::string& name) {
    std::size_t count = 0;
    Do([&] { count = static_cast<std::size_t>(std::count(asked_.begin(), asked_.end(), name)); });
    return count;
}

Options FakeServer::OptionsFor() const {
    Options options;
    options.backend = "redis";
    options.host = "127.0.0.1";
    options.port = Port();
    return options;
}

void FakeServer::OnAccepted(Descriptor socket) {
    auto client = std::make_unique<Client>();
    client->socket = std::move(socket);
    clients_.push_back(std::move(client));
}

void FakeServer::Prepare(std::vector<pollfd>& wanted) {
    for (const std::unique_ptr<Client>& client : clients_) {
        const int events = (may_read_ == 0 ? 0 : POLLIN) | (client->output.empty() ? 0 : POLLOUT);
        wanted.push_back(pollfd{client->socket.Number(), static_cast<short>(events), 0});
    }
}

void FakeServer::OnReady(const std::vector<pollfd>& ready) {
    for (const std::unique_ptr<Client>& client : clients_) {
        const bool is_ready = std::any_of(ready.begin(), ready.end(), [&](const pollfd& one) {
            return one.fd == client->socket.Number() && (one.revents & (POLLIN | POLLHUP | POLLERR)) != 0;
        });
        if (!is_ready || may_read_ == 0) {
            continue;
        }
        const ReadBytes read = ReadNow(client->socket.Number());
        if (may_read_) {
            *may_read_ -= std::min(*may_read_, read.bytes.size());
        }
        client->ended |= read.ended;
        client->input += read.bytes;
        while (const std::optional<Command> command = TakeCommand(client->input)) {
            Answer(*client, *command);
        }
    }
    for (const std::unique_ptr<Client>& client : clients_) {
        client->ended |= !SendNow(client->socket.Number(), client->output);
    }
    clients_.erase(std::remove_if(clients_.begin(), clients_.end(),
                                  [](const std::unique_ptr<Client>& client) { return client->ended; }),
                   clients_.end());
}

void FakeServer::Answer(Client& client, const Command& command) {
    asked_.push_back(command.front());
    const std::optional<std::string> scripted = script_ ? script_(command) : std::nullopt;
    client.output += scripted ? *scripted : AsRedis(client, command);
}

std::string FakeServer::AsRedis(Client& client, const Command& command) {
    const std::string& name = command.front();
    if (name == "PUBLISH") {
        return ":" + std::to_string(Spread(command[1], command[2])) + "\r\n";
    }
    if (name == "PING") {
        const bool subscribed = !client.channels.empty() || !client.patterns.empty();
        return subscribed ? "*2\r\n$4\r\npong\r\n$0\r\n\r\n" : "+PONG\r\n";
    }
    const bool is_pattern = name.front() == 'P';
    std::set<std::string>& topics = is_pattern ? client.patterns : client.channels;
    if (name == "SUBSCRIBE" || name == "PSUBSCRIBE") {
        topics.insert(command[1]);
        return "*3\r\n" + Bulk(is_pattern ? "psubscribe" : "subscribe") + Bulk(command[1]) + ":1\r\n";
    }
    if (name == "UNSUBSCRIBE" || name == "PUNSUBSCRIBE") {
        topics.erase(command[1]);
        return "*3\r\n" + Bulk(is_pattern ? "punsubscribe" : "unsubscribe") + Bulk(command[1]) + ":0\r\n";
    }
    return "+OK\r\n";
}

std::size_t FakeServer::Spread(const std::string& channel, const std::string& payload) {
    std::size_t receivers = 0;
    for (const std::unique_ptr<Client>& client : clients_) {
        if (client->channels.count(channel) > 0) {
            client->output += "*3\r\n" + Bulk("message") + Bulk(channel) + Bulk(payload);
            ++receivers;
        }
        for (const std::string& pattern : client->patterns) {
            if (::fnmatch(pattern.c_str(), channel.c_str(), 0) == 0) {
                client->output += "*4\r\n" + Bulk("pmessage") + Bulk(pattern) + Bulk(channel) + Bulk(payload);
                ++receivers;
            }
        }
    }
    return receivers;
}

}  // namespace realtime::test
