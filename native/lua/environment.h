// The environment of the process, as UTF-8 on every system.
#pragma once

#include <optional>
#include <string>

namespace realtime {

/// A variable's value, or nothing when it is not set. Game thread: nobody of ours writes the environment.
std::optional<std::string> ReadEnvironment(const std::string& name);

}  // namespace realtime
