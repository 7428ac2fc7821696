// The yardstick for receiving: a loop on bare hiredis that only counts. It acknowledges every batch, as
// bench/lua/receive.lua does, and tells how long it took from the first message to the last.
#include "redis/clock.h"
#include "redis/program.h"
#include "redis/session.h"

namespace {

using bench::Session;

/// SUBSCRIBE or PSUBSCRIBE to all of them, and their confirmations.
void Subscribe(Session& session, const std::string& kind, const std::string& name, long count) {
    const bool pattern = kind == "pattern";
    std::string commands;
    for (long i = 1; i <= count; ++i) {
        // [d17] matches the d: every pattern is another one, and all match "bench:data".
        const std::string topic = pattern ? "bench:[d" + std::to_string(i) + "]ata" : bench::Numbered(name, i, count);
        commands += bench::Encode({pattern ? "PSUBSCRIBE" : "SUBSCRIBE", topic});
    }
    session.Write(commands);
    for (long i = 0; i < count; ++i) {
        session.Read();
    }
}

void Run(const std::vector<std::string>& arguments) {
    const std::string& host = arguments[0];
    const int port = std::stoi(arguments[1]);
    const std::string& kind = arguments[2];
    const std::string& name = arguments[3];
    const long count = std::stol(arguments[4]);
    const long total = std::stol(arguments[5]);
    const long batch = std::stol(arguments[6]);
    const std::size_t elements = kind == "pattern" ? 4 : 3;

    Session subscriber(host, port);
    Session publisher(host, port);
    publisher.SilenceReplies();
    const std::string acknowledgement = bench::Encode({"PUBLISH", "bench:ack", "batch"});
    Subscribe(subscriber, kind, name, count);
    bench::Mark("ready");

    std::int64_t first = 0;
    for (long received = 0; received < total;) {
        const bench::Reply reply = subscriber.Read();
        if (reply->type != REDIS_REPLY_ARRAY || reply->elements != elements) {
            throw std::runtime_error("not a message");
        }
        if (received == 0) {
            first = bench::Now();
        }
        ++received;
        if (received % batch == 0) {
            publisher.Write(acknowledgement);
        }
    }
    bench::Mark("result " + std::to_string(total) + " " + std::to_string(bench::Seconds(bench::Now() - first)));
    subscriber.Read();
}

}  // namespace

int main(int argc, char** argv) {
    return bench::Main(argc, argv, "HOST PORT channel|pattern NAME COUNT TOTAL BATCH", 7, Run);
}
