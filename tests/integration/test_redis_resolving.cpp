// A name server that never answers, for real: the program lives in a network of its own, whose name server is a socket
// that nobody reads from.
#include <sys/socket.h>

#define DOCTEST_CONFIG_IMPLEMENT
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <thread>

#include "support/closing.h"
#include "support/fault_run.h"
#include "support/guarded_server.h"
#include "support/leftovers.h"
#include "support/loop_thread.h"
#include "support/process.h"
#include "support/timing.h"

using namespace realtime;
using realtime::test::CallTimer;
using realtime::test::CheckTook;
using realtime::test::CloseRun;
using realtime::test::Descriptor;
using realtime::test::EngineDriver;
using realtime::test::FaultRun;
using realtime::test::GuardedServer;
using realtime::test::Holdings;
using realtime::test::Rounds;
using realtime::test::Says;
using namespace std::chrono_literals;

namespace {

constexpr int kSkippedByCtest = 77;
constexpr int kNameServerPort = 53;
/// Long for a game, short enough that a hundred of them, twenty at a time (libc's bound), do not take minutes.
constexpr const char* kResolverSettings = "nameserver 127.0.0.1\nsearch .\noptions timeout:1 attempts:1\n";

bool WriteFile(const char* path, const std::string& text) {
    const Descriptor file(::open(path, O_WRONLY | O_CLOEXEC | O_TRUNC));
    return ::write(file.Number(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

/// Namespaces of our own; without privileges in a user namespace in which we are root.
bool Unshare() {
    constexpr int kOurs = CLONE_NEWNS | CLONE_NEWNET;
    if (::geteuid() == 0) {
        return ::unshare(kOurs) == 0;
    }
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    return ::unshare(CLONE_NEWUSER | kOurs) == 0 && WriteFile("/proc/self/setgroups", "deny") &&
           WriteFile("/proc/self/uid_map", "0 " + user + " 1") && WriteFile("/proc/self/gid_map", "0 " + group + " 1");
}

bool BringLoopbackUp() {
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP;
    return ::ioctl(socket.Number(), SIOCSIFFLAGS, &request) == 0;
}

bool MountResolverSettings() {
    if (::mount("none", "/", "none", MS_REC | MS_PRIVATE, nullptr) != 0) {
        return false;
    }
    char path[] = "/tmp/realtime-resolv-XXXXXX";
    const Descriptor file(::mkostemp(path, O_CLOEXEC));
    const bool mounted = file.Number() >= 0 && WriteFile(path, kResolverSettings) &&
                         ::mount(path, "/etc/resolv.conf", "none", MS_BIND, nullptr) == 0;
    ::unlink(path);
    return mounted;
}

/// The name server: what is sent to it waits in its socket.
class NameServer {
  public:
    NameServer() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(kNameServerPort);
        is_bound_ = ::bind(socket_.Number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }

    [[nodiscard]] bool IsBound() const { return is_bound_; }

    /// Whether somebody has asked for a name that begins so.
    [[nodiscard]] bool WasAskedFor(const std::string& label) {
        for (std::string question = Read(); !question.empty(); question = Read()) {
            questions_ += question;
        }
        return questions_.find(label) != std::string::npos;
    }

  private:
    [[nodiscard]] std::string Read() const {
        std::string question(512, '\0');
        const ssize_t got = ::recv(socket_.Number(), question.data(), question.size(), 0);
        question.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return question;
    }

    friend class Clerk;
    Descriptor socket_;
    bool is_bound_ = false;
    std::string questions_;
};

/// Answers for the name server as long as it lives: every name is 127.0.0.1, or there is none of that name.
class Clerk {
  public:
    explicit Clerk(NameServer& server)
        : server_(server), stop_(::eventfd(0, EFD_CLOEXEC)), thread_([this] { Run(); }) {}
    ~Clerk() {
        const std::uint64_t one = 1;
        (void)!::write(stop_.Number(), &one, sizeof(one));
        thread_.join();
    }
    Clerk(const Clerk&) = delete;
    Clerk& operator=(const Clerk&) = delete;

    void KnowsNames(bool knows) { knows_names_ = knows; }

  private:
    void Run() {
        std::array<pollfd, 2> polled{pollfd{stop_.Number(), POLLIN, 0}, pollfd{server_.socket_.Number(), POLLIN, 0}};
        while (::poll(polled.data(), polled.size(), -1) >= 0 && polled[0].revents == 0) {
            std::array<char, 512> question{};
            sockaddr_in from{};
            socklen_t length = sizeof(from);
            const ssize_t got = ::recvfrom(server_.socket_.Number(), question.data(), question.size(), 0,
                                           reinterpret_cast<sockaddr*>(&from), &length);
            if (got <= 0) {
                continue;
            }
            const std::string answer = AnswerTo(std::string(question.data(), static_cast<std::size_t>(got)));
            (void)::sendto(server_.socket_.Number(), answer.data(), answer.size(), 0,
                           reinterpret_cast<const sockaddr*>(&from), length);
        }
    }

    /// RFC 1035, section 4: a header of 12 bytes, the question (a name, its type, its class), the answer.
    [[nodiscard]] std::string AnswerTo(const std::string& question) const {
        constexpr std::size_t kHeader = 12;
        const std::size_t name_end = question.find('\0', kHeader) + 1;
        const bool asks_for_v4 = question.substr(name_end, 2) == std::string("\0\x01", 2);
        const bool answers = knows_names_ && asks_for_v4;
        std::string text = question.substr(0, 2) + std::string(knows_names_ ? "\x81\x80" : "\x81\x83", 2) +
                           std::string("\0\x01\0", 3) + (answers ? '\x01' : '\0') + std::string(4, '\0') +
                           question.substr(kHeader, name_end + 4 - kHeader);
        if (answers) {
            text += std::string("\xc0\x0c\0\x01\0\x01\0\0\0\0\0\x04\x7f\0\0\x01", 16);
        }
        return text;
    }

    NameServer& server_;
    Descriptor stop_;
    std::atomic<bool> knows_names_{true};
    std::thread thread_;  // last: it uses all of the above
};

NameServer* name_server = nullptr;

Options HangingOptions(const std::string& label) {
    Options options;
    options.backend = "redis";
    options.host = label + ".example";
    options.timeout = 300ms;
    return options;
}

}  // namespace

TEST_CASE("fault: close while resolving") {
    CloseRun run("close while resolving");
    for (int round = 0; round < Rounds(); ++round) {
        const std::string label = "hanging-" + std::to_string(round) + "-";
        Options options = HangingOptions(label);
        options.timeout = 5s;
        const StatsValues stats = run.Round(options, [&](CloseRun::Life& life) {
            REQUIRE(life.driver.engine.Connect().IsOk());
            life.PublishSome();
            REQUIRE(life.driver.Until([&] { return name_server->WasAskedFor(label); }));
            REQUIRE(life.driver.engine.GetState() == State::kConnecting);
        });
        CHECK(stats.failed == stats.sent);
    }
}

TEST_CASE("a look-up that was left alone leaves nothing behind when it has ended") {
    // The threads of libc, and ours that waits for them, end by themselves once the name server's time is up.
    const auto live = [] {
        const std::string label = "left-alone-and-with-a-name-too-long-for-a-short-string";
        EngineDriver driver(HangingOptions(label));
        REQUIRE(driver.engine.Connect().IsOk());
        REQUIRE(driver.Until([&] { return name_server->WasAskedFor(label); }));
        // One is left alone at the end of the attempt, one when the engine is closed.
        REQUIRE(driver.Until([&] { return driver.engine.Stats().connectFailures >= 1; }));
        REQUIRE(driver.engine.Disconnect(0ms).IsOk());
        REQUIRE(driver.UntilState(State::kDisconnected));
    };
    const Holdings before = Holdings::NowWithoutJoined();
    live();
    // libc keeps the stacks of ended threads, so that no byte count is the same: lost blocks are found by the address
    // sanitizer and by valgrind, now that nobody holds them any more.
    const Holdings after = Holdings::NowWithoutJoined();
    CHECK(after.threads == realtime::test::kThreadsOfTheTest);
    CHECK(after.descriptors == before.descriptors);
}

TEST_CASE("the first attempt ends at its timeout, and until then no call waits") {
    // A fast machine makes more calls in this time than the outbound queue has room for.
    constexpr int kMostPublished = 1000;
    int published = 0;
    CallTimer timer;
    EngineDriver driver(HangingOptions("waiting"));
    const auto start = std::chrono::steady_clock::now();
    REQUIRE(timer.Time([&] { return driver.engine.Connect(); }).IsOk());
    REQUIRE(driver.Until([&] {
        if (published < kMostPublished) {
            REQUIRE(timer.Publish(driver.engine, "c", "m").IsOk());
            ++published;
        }
        const Result<SubscriptionId> id = timer.Time([&] {
            return driver.engine.Subscribe(Topic{SubscriptionKind::kChannel, "c"});
        });
        REQUIRE(id.IsOk());
        REQUIRE(timer.Time([&] { return driver.engine.Unsubscribe(id.Value()); }).IsOk());
        CHECK(timer.Time([&] { return driver.engine.GetState(); }) == State::kConnecting);
        CHECK(timer.Time([&] { return driver.engine.Stats(); }).published == 0);
        return std::chrono::steady_clock::now() > start + 100ms;
    }));
    timer.Check();
    const Result<void> waited = driver.engine.WaitForConnect();
    const auto took = std::chrono::steady_clock::now() - start;
    REQUIRE(waited.IsErr());
    CHECK((waited.Error().code == ErrorCode::kTimeout || waited.Error().code == ErrorCode::kResolveFailed));
    CHECK(took >= 300ms);
    CheckTook(took, 350ms);
    CHECK(driver.engine.GetState() == State::kConnecting);
    REQUIRE(driver.Until([&] { return driver.attempts.size() == 1; }));
    CHECK(driver.attempts.front().Error().code == ErrorCode::kTimeout);
    // It goes on by itself.
    REQUIRE(driver.Until([&] { return driver.engine.Stats().connectFailures >= 2; }));
    const Result<void> ended = timer.Time([&] { return driver.engine.Disconnect(0ms); });
    REQUIRE(ended.IsOk());
    REQUIRE(driver.UntilState(State::kDisconnected));
    timer.Check();
    CHECK(driver.engine.Stats().pending == 0);
}

TEST_CASE("fault: name that stops resolving") {
    GuardedServer server;
    Clerk clerk(*name_server);
    Options options = server.OptionsFor();
    options.host = "redis.example";
    FaultRun run("name that stops resolving", options,
                 Says{{"the connection was lost: 127.0.0.1:", "the host name cannot be resolved: redis.example"}, {}},
                 server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(FaultRun::Connection::kIsMadeAnew, [&] {
            clerk.KnowsNames(false);
            server.server.Kill();
            run.UntilLost();
            const std::uint64_t failures = run.driver.engine.Stats().connectFailures;
            run.Until("a look-up that fails", [&] { return run.driver.engine.Stats().connectFailures > failures; });
            server.server.Start();
            clerk.KnowsNames(true);
        });
    }
}

int main(int argc, char** argv) {
    const char* failed = nullptr;
#if defined(__SANITIZE_THREAD__)
    failed = "the thread sanitizer does not see libc's own thread begin";
#endif
    if (failed == nullptr && !Unshare()) {
        failed = "no namespaces here";
    } else if (failed == nullptr && !BringLoopbackUp()) {
        failed = "no loopback in the namespace";
    } else if (failed == nullptr && !MountResolverSettings()) {
        failed = "/etc/resolv.conf cannot be replaced in the namespace";
    }
    const int why = errno;
    NameServer server;
    if (failed == nullptr && !server.IsBound()) {
        failed = "no name server on port 53 in the namespace";
    }
    if (failed != nullptr) {
        (void)std::fprintf(stderr, "skipped: %s (%s)\n", failed, std::system_category().message(why).c_str());
        return kSkippedByCtest;
    }
    name_server = &server;
    const int result = doctest::Context(argc, argv).run();
    return result == 0 && realtime::test::AnythingLeft() ? 1 : result;
}
