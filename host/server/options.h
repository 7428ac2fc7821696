// The command line.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace host {

constexpr double kDefaultTickrate = 66.67;

struct Options {
    std::string garrysmod;
    std::string runtime;
    std::string working_directory;
    std::vector<std::string> scripts;
    std::vector<std::string> arguments;
    std::string map = "gm_construct";
    double tickrate = kDefaultTickrate;  // frames a second; 0: as fast as possible
    std::optional<double> seconds;       // run time; none: until a script or a signal ends the server
    bool keep_modules = false;
    bool restore_state = true;
    bool help = false;

    /// Seconds; of the default tickrate when the server runs as fast as possible.
    [[nodiscard]] double TickInterval() const { return 1.0 / (tickrate > 0 ? tickrate : kDefaultTickrate); }
};

/// The options, or one line that says what is wrong.
std::variant<Options, std::string> ParseOptions(const std::vector<std::string>& arguments);

/// The text of --help.
const char* HelpText();

}  // namespace host
