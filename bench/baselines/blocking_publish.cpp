// What publishing on the game thread costs when it waits for the server: hiredis' blocking PUBLISH, call by call.
#include <algorithm>

#include "redis/clock.h"
#include "redis/program.h"
#include "redis/session.h"

namespace {

constexpr long kWarmUp = 2000;

void Run(const std::vector<std::string>& arguments) {
    bench::Session session(arguments[0], std::stoi(arguments[1]));
    const std::string& channel = arguments[2];
    const std::string& payload = arguments[3];
    const long total = std::stol(arguments[4]);
    for (long i = 0; i < kWarmUp; ++i) {
        session.Publish(channel, payload);
    }
    std::vector<std::int64_t> samples;
    samples.reserve(static_cast<std::size_t>(total));
    for (long i = 0; i < total; ++i) {
        const std::int64_t start = bench::Now();
        session.Publish(channel, payload);
        samples.push_back(bench::Now() - start);
    }
    std::sort(samples.begin(), samples.end());
    bench::Mark("result " + std::to_string(samples[samples.size() / 2]));
}

}  // namespace

int main(int argc, char** argv) {
    return bench::Main(argc, argv, "HOST PORT CHANNEL PAYLOAD CALLS", 5, Run);
}
