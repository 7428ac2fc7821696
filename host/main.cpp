// gmod-host: see README.md.
#include <cstdio>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include "host/server/options.h"
#include "host/server/server.h"
#include "host/system/process.h"

namespace {

constexpr int kExitUsage = 2;
constexpr int kExitInternal = 70;

int Run(const std::vector<std::string>& arguments) {
    const std::variant<host::Options, std::string> parsed = host::ParseOptions(arguments);
    if (const auto* error = std::get_if<std::string>(&parsed)) {
        std::fprintf(stderr, "gmod-host: %s\n", error->c_str());
        return kExitUsage;
    }
    const auto& options = std::get<host::Options>(parsed);
    if (options.help) {
        std::fputs(host::HelpText(), stdout);
        return 0;
    }
    host::system::PrepareOutput();
    return host::Server(options).Run();
}

}  // namespace

int main(int count, char** values) {
    try {
        return Run(std::vector<std::string>(values + 1, values + count));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "gmod-host: %s\n", error.what());
        return kExitInternal;
    }
}
