// What a network does to the bytes between the module and a real server, round after round; see support/fault_run.h for
// what is promised in each. REALTIME_FAULT_ROUNDS says how many rounds.
#include <doctest/doctest.h>

#include "support/fault_run.h"
#include "support/guarded_server.h"
#include "support/tcp_proxy.h"
#include "support/timing.h"

using namespace realtime;
using realtime::test::CheckTook;
using realtime::test::FaultRun;
using realtime::test::GuardedServer;
using realtime::test::Rounds;
using realtime::test::Says;
using realtime::test::TcpProxy;
using Connection = FaultRun::Connection;
using Direction = TcpProxy::Direction;
using Role = TcpProxy::Role;
using namespace std::chrono_literals;

namespace {

enum class Patience { kUsual, kShort };

/// One fault of the network, as data: what it is called, what it does to the connection, what the module says of it.
struct NetworkFault {
    const char* name;
    Connection connection;
    Says says;
    /// Does it, and puts it right again.
    std::function<void(FaultRun& run, TcpProxy& proxy, std::size_t round)> happen;
    Patience patience = Patience::kUsual;
};

void Run(const NetworkFault& fault) {
    const GuardedServer server;
    TcpProxy proxy(server.server.Socket());
    Options options = server.OptionsFor();
    options.port = proxy.Port();
    if (fault.patience == Patience::kShort) {
        options.timeout = FaultRun::kTimeout;
    }
    FaultRun run(fault.name, options, fault.says, server.IsSubscribed());
    for (int round = 0; round < Rounds(); ++round) {
        run.Round(fault.connection, [&] { fault.happen(run, proxy, static_cast<std::size_t>(round)); });
    }
}

/// Inside the answer to a PUBLISH, ":2\r\n".
constexpr const char* kAnswer = ":";
/// Inside a message to a subscriber.
constexpr const char* kMessage = "message\r\n$";

/// A stream that ends while the other side has more to say is told of in one of two ways.
const Says kLost{{"the connection was lost: 127.0.0.1:"}, {}};
/// The next attempt may begin before the line is mended, and be as silent.
const Says kSilent{{"the server did not answer in time: 127.0.0.1:"},
                   {"the connection was lost", "the server did not answer in time: connecting to 127.0.0.1:"}};
const Says kNonsense{{"the server sent something that is not its protocol: "}, {}};

auto CutInside(Role role, const char* marker, std::size_t positions) {
    return [=](FaultRun& run, TcpProxy& proxy, std::size_t round) {
        const std::size_t before = proxy.Cuts();
        proxy.CutInside(role, marker, 1 + round % positions);
        run.Until("the cut", [&] { return proxy.Cuts() > before; });
    };
}

}  // namespace

TEST_CASE("fault: one byte at a time") {
    Run({"one byte at a time", Connection::kStays, {}, [](FaultRun& run, TcpProxy& proxy, std::size_t /*round*/) {
             std::string big;
             while (big.size() < 16UL * 1024) {
                 big.push_back(static_cast<char>(big.size() % 256));
             }
             proxy.OneByteAtATime(true);
             run.Publish(big);
             run.Publish({});
             run.UntilFlowing(50);
             proxy.OneByteAtATime(false);
         }});
}

TEST_CASE("fault: everything 100 ms late") {
    Run({"everything 100 ms late", Connection::kStays, {}, [](FaultRun& run, TcpProxy& proxy, std::size_t /*round*/) {
             proxy.Delay(100ms);
             const auto start = std::chrono::steady_clock::now();
             run.UntilFlowing(150);
             CHECK(std::chrono::steady_clock::now() - start > 100ms);
             proxy.Delay(0ms);
         }});
}

TEST_CASE("fault: a line of 256 KiB a second") {
    Run({"a line of 256 KiB a second",
         Connection::kStays,
         {},
         [](FaultRun& run, TcpProxy& proxy, std::size_t /*round*/) {
             proxy.Throttle(256UL * 1024);
             run.UntilFlowing(100);
             proxy.Throttle(0);
         }});
}

TEST_CASE("fault: cut inside an answer") {
    Run({"cut inside an answer", Connection::kIsMadeAnew, kLost, CutInside(Role::kPublisher, kAnswer, 3)});
}

TEST_CASE("fault: cut inside a message") {
    Run({"cut inside a message", Connection::kIsMadeAnew, kLost, CutInside(Role::kSubscriber, kMessage, 40)});
}

TEST_CASE("fault: reset") {
    Run({"reset", Connection::kIsMadeAnew, kLost, [](FaultRun& run, TcpProxy& proxy, std::size_t /*round*/) {
             proxy.Reset();
             run.UntilLost();
         }});
}

TEST_CASE("fault: half-closed") {
    Run({"half-closed", Connection::kIsMadeAnew, kLost, [](FaultRun& run, TcpProxy& proxy, std::size_t /*round*/) {
             proxy.HalfClose();
             run.UntilLost();
         }});
}

TEST_CASE("fault: half-open") {
    Run({"half-open", Connection::kIsMadeAnew, kSilent,
         [](FaultRun& run, TcpProxy& proxy, std::size_t round) {
             const Direction direction = round % 3 == 0   ? Direction::kBoth
                                         : round % 3 == 1 ? Direction::kToClient
                                                          : Direction::kToServer;
             if (round % 2 == 0) {
                 proxy.Freeze(direction);
             } else {
                 proxy.Swallow(direction);
             }
             const auto start = std::chrono::steady_clock::now();
             run.UntilLost();
             CheckTook(std::chrono::steady_clock::now() - start, 2 * FaultRun::kTimeout);
             proxy.CutStuck();
         },
         Patience::kShort});
}

TEST_CASE("fault: bytes that are no RESP") {
    Run({"bytes that are no RESP", Connection::kIsMadeAnew, kNonsense,
         [](FaultRun& run, TcpProxy& proxy, std::size_t round) {
             const std::vector<std::string> nonsense{"HTTP/1.1 400 Bad Request\r\n\r\n", "\xff\xfe\r\n", "$-7\r\n",
                                                     "*-3\r\n", ":no number\r\n"};
             proxy.Inject(round % 2 == 0 ? Role::kPublisher : Role::kSubscriber, nonsense[round % nonsense.size()]);
             run.UntilLost();
         }});
}

/// Only where it can be found out: RESP has no checksum, and a wrong bit in a payload is a payload.
TEST_CASE("fault: a wrong bit in the frame") {
    Run({"a wrong bit in the frame", Connection::kIsMadeAnew, kNonsense,
         [](FaultRun& run, TcpProxy& proxy, std::size_t round) {
             constexpr std::size_t kLengthOfChannel = 10;  // behind kMessage: "10", for "fault:flow"
             constexpr char kBits[] = {0x01, 0x10, 0x20};
             const std::size_t before = proxy.Corrupted();
             if (round % 2 == 0) {
                 proxy.Corrupt(Role::kPublisher, kAnswer, 0, kBits[round / 2 % 3]);
             } else {
                 proxy.Corrupt(Role::kSubscriber, kMessage, kLengthOfChannel, 0x01);
             }
             run.Until("the wrong bit", [&] { return proxy.Corrupted() > before; });
             run.UntilLost();
         }});
}
