// The yardstick for latency: bare hiredis in a blocking read. Each message begins with the moment of its sending in
// nanoseconds; the difference is kept for each, and told at the end.
#include "redis/clock.h"
#include "redis/program.h"
#include "redis/session.h"

namespace {

void Run(const std::vector<std::string>& arguments) {
    bench::Session subscriber(arguments[0], std::stoi(arguments[1]));
    const auto total = static_cast<std::size_t>(std::stoul(arguments[3]));
    std::vector<std::int64_t> samples;
    samples.reserve(total);
    subscriber.Call({"SUBSCRIBE", arguments[2]});
    bench::Mark("ready");
    while (samples.size() < total) {
        const bench::Reply reply = subscriber.Read();
        const std::int64_t now = bench::Now();
        samples.push_back(now - std::stoll(reply->element[2]->str));
    }
    std::string text = "samples";
    for (const std::int64_t sample : samples) {
        text += " " + std::to_string(sample);
    }
    bench::Mark(text);
    bench::Mark("result " + std::to_string(total));
}

}  // namespace

int main(int argc, char** argv) {
    return bench::Main(argc, argv, "HOST PORT CHANNEL TOTAL", 4, Run);
}
