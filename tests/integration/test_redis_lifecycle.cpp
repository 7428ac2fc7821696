// A map change, a thousand times, with the redis backend in whatever state the change finds it.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <string>

#include "support/lifecycle.h"
#include "support/redis_server.h"

using realtime::test::CheckThatNothingStays;
using realtime::test::OpenAndClose;
using realtime::test::RedisServer;
using realtime::test::StopCompiling;

namespace {

sockaddr_un AddressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    REQUIRE(path.size() < sizeof(address.sun_path));
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

class UnixSocket {
  public:
    UnixSocket() : descriptor_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) { REQUIRE(descriptor_ >= 0); }
    ~UnixSocket() { ::close(descriptor_); }
    UnixSocket(const UnixSocket&) = delete;
    UnixSocket& operator=(const UnixSocket&) = delete;

    [[nodiscard]] int Descriptor() const { return descriptor_; }

  private:
    int descriptor_;
};

/// A server that lets everybody in and never says a word.
class SilentServer {
  public:
    explicit SilentServer(const std::string& path) {
        const sockaddr_un address = AddressOf(path);
        REQUIRE(::bind(socket_.Descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
        REQUIRE(::listen(socket_.Descriptor(), 16) == 0);
        REQUIRE(::fcntl(socket_.Descriptor(), F_SETFL, O_NONBLOCK) == 0);
    }

    /// Takes in and drops who came since.
    void DropAll() const {
        for (int peer = 0; (peer = ::accept4(socket_.Descriptor(), nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
            ::close(peer);
        }
    }

  private:
    UnixSocket socket_;
};

/// A connection of the administrator's, that stays over all rounds.
class Administrator {
  public:
    explicit Administrator(const RedisServer& server) {
        const sockaddr_un address = AddressOf(server.Socket());
        REQUIRE(::connect(socket_.Descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
    }

    /// Both connections of the module, in one command's time.
    void KillClients() const {
        const std::string command = "CLIENT KILL TYPE normal\r\nCLIENT KILL TYPE pubsub\r\n";
        REQUIRE(::write(socket_.Descriptor(), command.data(), command.size()) == static_cast<ssize_t>(command.size()));
        for (int lines = 0; lines < 2;) {
            char byte = 0;
            REQUIRE(::read(socket_.Descriptor(), &byte, 1) == 1);
            lines += byte == '\n' ? 1 : 0;
        }
    }

  private:
    UnixSocket socket_;
};

/// What the map change finds, by round.
class Rounds {
  public:
    /// Until nothing is new any more.
    static constexpr int kWarmUp = 50;

    Rounds()
        : silent_path_(server_.Socket() + ".silent"),
          door_(server_.Socket() + ".door"),
          silent_(silent_path_),
          administrator_(server_) {
        std::filesystem::create_symlink(server_.Socket(), door_);
    }

    void Run(host::LuaMachine& machine, int round) {
        switch (KindOf(round)) {
            case 0:  // never connected
                OpenAndClose(machine, "assert(rt.Subscribe(0, 'c', function() end)) " + Configure(door_));
                break;
            case 1:  // just begun to connect; its callback is answered by closing
                OpenAndClose(machine, kSubscribe + Configure(door_) + kConnect + kPublish + kNoFrame);
                break;
            case kSilent:  // in the middle of the handshake, with a server that does not answer
                OpenAndClose(machine, kSubscribe + Configure(silent_path_) + kConnect + kPublish +
                                          "for i = 1, 20 do rt.ProcessEvents() end assert(rt.GetState() == 1)" +
                                          kNoFrame);
                silent_.DropAll();
                break;
            case 2:  // connected, some messages delivered, others on their way and not answered
                OpenAndClose(machine, kSubscribe + Configure(door_) + kConnect + R"lua(
                    assert(rt.WaitForConnect())
                    repeat if rt.GetStats().pending == 0 then rt.Publish('c', 'm') end rt.ProcessEvents() until heard > 0
                )lua" + kPublish + kNoFrame);
                break;
            default:  // the connection is lost, and the server cannot be reached again
                machine.Register("lose", &Rounds::Lose);
                losing_ = this;
                OpenAndClose(machine, kSubscribe + Configure(door_) + kConnect + R"lua(
                    assert(rt.WaitForConnect()) lose()
                    repeat rt.ProcessEvents() until rt.GetState() == 3
                )lua" + kPublish + kNoFrame);
                losing_ = nullptr;
                std::filesystem::create_symlink(server_.Socket(), door_);
                break;
        }
        // Each callback was answered once, by the frames or by closing.
        const auto failure = machine.RunString("assert((owed or 0) == 0, owed) owed, heard = nil, nil");
        CHECK_MESSAGE(!failure.has_value(), failure.value_or(""));
    }

  private:
    static constexpr int kOthers = 4;
    static constexpr int kSilent = kOthers;

    /// Closing waits a quarter of a second for the silent server, which therefore comes less often.
    static int KindOf(int round) {
        constexpr int kSilentEach = 50;
        return round % kSilentEach == 0 ? kSilent : round % kOthers;
    }

    static std::string Configure(const std::string& socket) {
        return "assert(rt.Configure{backend = 'redis', unixSocket = '" + socket + "', timeout = 30}) ";
    }

    /// Removes the way to the server, then cuts the connections.
    static int Lose(lua_State* /*state*/) {
        std::filesystem::remove(losing_->door_);
        losing_->administrator_.KillClients();
        return 0;
    }

    inline static const std::string kSubscribe = R"lua(
        owed, heard = 0, 0
        for i = 1, 5 do assert(rt.Subscribe(i % 2, 'c' .. i, function() end)) end
        assert(rt.Subscribe(0, 'c', function() heard = heard + 1 end))
    )lua";
    inline static const std::string kConnect = R"lua(
        owed = owed + 1 assert(rt.Connect(function() owed = owed - 1 end))
    )lua";
    inline static const std::string kPublish = R"lua(
        for i = 1, 20 do
            owed = owed + 1 assert(rt.Publish('c', ('x'):rep(i * 50), function() owed = owed - 1 end))
        end
    )lua";
    inline static const std::string kNoFrame = " assert(owed >= 20)";
    inline static Rounds* losing_ = nullptr;  // Lua's functions know no object

    RedisServer server_;
    std::string silent_path_;
    std::string door_;
    SilentServer silent_;
    Administrator administrator_;
};

}  // namespace

TEST_CASE("a thousand map changes, each with a new Lua state, leave nothing behind") {
    Rounds rounds;
    CheckThatNothingStays(Rounds::kWarmUp, [&rounds](int round) {
        host::LuaMachine machine;
        rounds.Run(machine, round);
    });
}

TEST_CASE("opened and closed a thousand times in one Lua state, nothing stays") {
    Rounds rounds;
    host::LuaMachine machine;
    StopCompiling(machine);
    CheckThatNothingStays(Rounds::kWarmUp, [&](int round) { rounds.Run(machine, round); });
}
