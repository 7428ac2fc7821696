#include "host/server/options.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace host {

namespace {

namespace fs = std::filesystem;

/// A finite number that is not negative.
std::optional<double> ParseNumber(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !std::isfinite(value) || value < 0) {
        return std::nullopt;
    }
    return value;
}

/// Goes through the arguments and remembers the first mistake.
class Parser {
  public:
    explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {
        options_.runtime = HOST_RUNTIME_DIR;
    }

    std::variant<Options, std::string> Run() {
        while (error_.empty() && next_ < arguments_.size()) {
            One(arguments_[next_++]);
        }
        if (error_.empty() && !options_.help) {
            Check();
        }
        if (!error_.empty()) {
            return error_;
        }
        return options_;
    }

  private:
    void One(const std::string& argument) {
        if (argument == "--") {
            options_.arguments.assign(arguments_.begin() + static_cast<std::ptrdiff_t>(next_), arguments_.end());
            next_ = arguments_.size();
            return;
        }
        const std::size_t equals = argument.find('=');
        const std::string flag = argument.substr(0, equals);
        if (equals == std::string::npos && Switch(flag)) {
            return;
        }
        std::string* const target = TextTarget(flag);
        const bool number = flag == "--tickrate" || flag == "--seconds";
        if (target == nullptr && !number && flag != "--script") {
            error_ = "unknown option '" + argument + "' (see --help)";
            return;
        }
        if (equals == std::string::npos && next_ >= arguments_.size()) {
            error_ = flag + " needs a value";
            return;
        }
        const std::string value = equals == std::string::npos ? arguments_[next_++] : argument.substr(equals + 1);
        if (target != nullptr) {
            *target = value;
        } else if (number) {
            Number(flag, value);
        } else {
            options_.scripts.push_back(value);
        }
    }

    bool Switch(const std::string& flag) {
        if (flag == "--help" || flag == "-h") {
            options_.help = true;
        } else if (flag == "--keep-modules") {
            options_.keep_modules = true;
        } else if (flag == "--leave-state") {
            options_.restore_state = false;
        } else {
            return false;
        }
        return true;
    }

    std::string* TextTarget(const std::string& flag) {
        if (flag == "--garrysmod") {
            return &options_.garrysmod;
        }
        if (flag == "--runtime") {
            return &options_.runtime;
        }
        return flag == "--map" ? &options_.map : nullptr;
    }

    void Number(const std::string& flag, const std::string& value) {
        const std::optional<double> number = ParseNumber(value);
        if (!number) {
            error_ = flag + " needs a number of at least 0, not '" + value + "'";
        } else if (flag == "--tickrate") {
            options_.tickrate = *number;
        } else {
            options_.seconds = *number;
        }
    }

    void Check() {
        std::error_code ignored;
        if (options_.garrysmod.empty()) {
            error_ = "--garrysmod DIR is missing (see --help)";
        } else if (!fs::is_directory(options_.garrysmod, ignored)) {
            error_ = "--garrysmod: there is no directory '" + options_.garrysmod + "'";
        } else if (!fs::is_regular_file(fs::path(options_.runtime) / "engine" / "boot.lua", ignored)) {
            error_ = "--runtime: there is no engine/boot.lua in '" + options_.runtime + "'";
        }
        for (const std::string& script : options_.scripts) {
            if (error_.empty() && !fs::is_regular_file(script, ignored)) {
                error_ = "--script: there is no file '" + script + "'";
            }
        }
        options_.working_directory = fs::current_path(ignored).generic_string();
        options_.garrysmod = fs::absolute(options_.garrysmod, ignored).lexically_normal().generic_string();
        options_.runtime = fs::absolute(options_.runtime, ignored).lexically_normal().generic_string();
    }

    const std::vector<std::string>& arguments_;
    std::size_t next_ = 0;
    Options options_;
    std::string error_;
};

}  // namespace

std::variant<Options, std::string> ParseOptions(const std::vector<std::string>& arguments) {
    return Parser(arguments).Run();
}

const char* HelpText() {
    return "gmod-host: a headless Garry's Mod server for one garrysmod folder\n"
           "\n"
           "  gmod-host --garrysmod DIR [options] [-- arguments for host.Args()]\n"
           "\n"
           "  --garrysmod DIR   the folder with lua/, addons/ and data/\n"
           "  --script FILE     a Lua file to run as the gamemode, after autorun; may be repeated\n"
           "  --tickrate N      frames a second (66.67); 0 runs as fast as possible, each frame\n"
           "                    a frame of the usual rate in the server's time\n"
           "  --seconds N       end after that time; without it, host.Quit() or a signal ends the server\n"
           "  --map NAME        the first map (gm_construct)\n"
           "  --keep-modules    leave binary modules mapped over a map change\n"
           "  --leave-state     do not restore the interface's state after calls (strict test of a module)\n"
           "  --runtime DIR     the host's own Lua files\n"
           "  --help            this text\n"
           "\n"
           "Exit code: host.Quit's, else 0; 1 when a --script failed, 2 for a wrong command line.\n";
}

}  // namespace host
