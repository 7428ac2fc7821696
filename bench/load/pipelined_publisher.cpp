// The one sender of every receiving benchmark: it writes the same prepared batches for subject and baselines, and lets
// the server answer nothing, so that it takes as little of the machine as can be. Never more than WINDOW batches are on
// their way; whoever receives acknowledges each on bench:ack. A run of "#" in the payload becomes the message's number
// within its batch.
#include <algorithm>

#include "redis/clock.h"
#include "redis/program.h"
#include "redis/session.h"

namespace {

std::string MakeBatch(const std::string& channel, long count, long batch, std::string payload) {
    const std::size_t number = payload.find('#');
    const std::size_t end = std::min(payload.find_first_not_of('#', number), payload.size());
    std::string bytes;
    for (long i = 0; i < batch; ++i) {
        long rest = i + 1;
        for (std::size_t at = end; at-- > number; rest /= 10) {
            payload[at] = static_cast<char>('0' + rest % 10);
        }
        bytes += bench::Encode({"PUBLISH", bench::Numbered(channel, i % count + 1, count), payload});
    }
    return bytes;
}

void Run(const std::vector<std::string>& arguments) {
    const std::string& host = arguments[0];
    const int port = std::stoi(arguments[1]);
    const long batch = std::stol(arguments[5]);
    const long batches = std::stol(arguments[4]) / batch;
    const long window = std::stol(arguments[6]);
    const std::string bytes = MakeBatch(arguments[2], std::stol(arguments[3]), batch, arguments[7]);

    bench::Session acknowledgements(host, port);
    acknowledgements.Call({"SUBSCRIBE", "bench:ack"});
    bench::Session publisher(host, port);
    publisher.SilenceReplies();
    const std::int64_t start = bench::Now();
    long sent = 0;
    for (long acknowledged = 0; acknowledged < batches; ++acknowledged) {
        for (; sent < batches && sent < acknowledged + window; ++sent) {
            publisher.Write(bytes);
        }
        acknowledgements.Read();
    }
    bench::Mark("sent " + std::to_string(batches * batch) + " " + std::to_string(bench::Seconds(bench::Now() - start)));
}

}  // namespace

int main(int argc, char** argv) {
    return bench::Main(argc, argv, "HOST PORT CHANNEL COUNT TOTAL BATCH WINDOW PAYLOAD", 8, Run);
}
