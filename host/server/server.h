// The server process: maps one after the other, frames in each, until something asks for the end.
#pragma once

#include "host/server/frame_clock.h"
#include "host/server/module_loader.h"
#include "host/server/server_state.h"

namespace host {

class Session;

class Server {
  public:
    explicit Server(Options options);

    /// Runs to the end and gives the process's exit code.
    int Run();

  private:
    /// One map, from boot to close. False: the host's own files do not run.
    bool RunMap();
    void RunFrames(Session& session);
    void CountFrame(double frame_seconds, double think_seconds);
    [[nodiscard]] bool EndRequested() const;

    ServerState state_;
    ModuleLoader modules_;
    FrameClock clock_;
    double end_ = 0;  // monotonic seconds; 0: open end
};

}  // namespace host
