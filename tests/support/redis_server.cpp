#include "support/redis_server.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>

#include "support/loop_thread.h"

namespace realtime::test {
namespace {

constexpr int kSkippedByCtest = 77;
constexpr int kLowestPort = 10000;

/// The kernel takes the ports of outgoing connections from this one on. A module that tries again and again while the
/// server is away could be given the server's own port, and would connect to itself.
int FirstPortOfClients() {
    int first = 0;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first;
    return std::max(first, kLowestPort + 1);
}

bool IsFree(int port) {
    const Descriptor probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return ::bind(probe.Number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
}

/// A port that nobody listens on now.
int FreePort() {
    std::random_device random;
    std::uniform_int_distribution<int> ports(kLowestPort, FirstPortOfClients() - 1);
    int port = ports(random);
    while (!IsFree(port)) {
        port = ports(random);
    }
    return port;
}

void SkipUnlessInstalled() {
    if (std::system("command -v redis-server >/dev/null 2>&1") == 0) {
        return;
    }
    (void)std::fputs("redis-server is not installed: integration tests are skipped\n", stderr);
    std::exit(std::getenv("CI") != nullptr ? EXIT_FAILURE : kSkippedByCtest);
}

}  // namespace

RedisServer::RedisServer(std::vector<std::string> arguments) : arguments_(std::move(arguments)) {
    SkipUnlessInstalled();
    std::string pattern = (std::filesystem::temp_directory_path() / "realtime-redis-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    port_ = FreePort();
    Start();
}

RedisServer::~RedisServer() {
    if (pid_ > 0) {
        Kill();
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void RedisServer::Start(std::vector<std::string> arguments) {
    arguments_ = std::move(arguments);
    Start();
}

void RedisServer::Start() {
    std::vector<std::string> words{"redis-server",
                                   "--port",
                                   std::to_string(port_),
                                   "--bind",
                                   "127.0.0.1",
                                   "--unixsocket",
                                   Socket(),
                                   "--dir",
                                   folder_,
                                   "--save",
                                   "",
                                   "--appendonly",
                                   "no",
                                   "--daemonize",
                                   "no"};
    words.insert(words.end(), arguments_.begin(), arguments_.end());
    std::vector<char*> argv;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    std::array<int, 2> output{};
    REQUIRE(::pipe2(output.data(), O_CLOEXEC) == 0);
    pid_ = ::fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::dup2(output[1], STDOUT_FILENO);
        ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(output[1]);
    std::string text;
    std::array<char, 4096> chunk{};
    while (text.find("eady to accept connections") == std::string::npos) {
        const ssize_t got = ::read(output[0], chunk.data(), chunk.size());
        REQUIRE_MESSAGE(got > 0, "redis-server ended: ", text);
        text.append(chunk.data(), static_cast<std::size_t>(got));
    }
    // Nobody reads on: from here its output goes nowhere, and a full pipe must not stop it.
    ::close(output[0]);
}

void RedisServer::Kill() {
    Signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

void RedisServer::Signal(int number) const {
    REQUIRE(::kill(pid_, number) == 0);
}

std::string RedisServer::Cli(const std::string& words) const {
    struct ClosePipe {
        void operator()(FILE* file) const { ::pclose(file); }
    };
    const std::string command = "redis-cli -s '" + Socket() + "' " + words + " 2>/dev/null";
    const std::unique_ptr<FILE, ClosePipe> pipe(::popen(command.c_str(), "r"));
    REQUIRE(pipe != nullptr);
    std::string text;
    std::array<char, 4096> chunk{};
    for (std::size_t got = 1; got > 0;) {
        got = std::fread(chunk.data(), 1, chunk.size(), pipe.get());
        text.append(chunk.data(), got);
    }
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text;
}

Options RedisServer::OptionsFor() const {
    Options options;
    options.backend = "redis";
    options.host = "127.0.0.1";
    options.port = port_;
    return options;
}

}  // namespace realtime::test
