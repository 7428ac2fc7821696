// What lives as long as the process, across map changes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "host/server/options.h"

namespace host {

/// Since the start or the last reset. A frame's time is its work, without the wait for the next one.
struct FrameStats {
    std::int64_t frames = 0;
    std::int64_t overruns = 0;
    double frame_seconds = 0;
    double max_frame_seconds = 0;
    double think_seconds = 0;
    double max_think_seconds = 0;
};

struct ServerState {
    Options options;
    std::string map;
    int map_number = 0;
    std::optional<int> quit_code;
    std::optional<std::string> next_map;
    bool script_failed = false;
    std::map<std::string, std::string> store;
    FrameStats stats;
};

}  // namespace host
