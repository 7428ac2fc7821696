// One map: a Lua state with the whole environment, from boot to close.
#pragma once

#include "host/environment/context.h"
#include "host/lua_base/lua_machine.h"

namespace host {

class Session {
  public:
    Session(ServerState& server, ModuleLoader& modules);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The environment, includes/init.lua, autorun, the gamemode's first hooks, the scripts.
    /// False: the host's own Lua files do not run; the reason is on standard error.
    bool Boot();
    /// One frame: due timers, Think. `elapsed` in seconds since the last one. Gives the seconds Think took.
    double Frame(double elapsed);
    /// The ShutDown hook, every gmod13_close, unloading. The state itself closes with the session.
    void Close();

  private:
    double CallEngine(const char* function, double argument);

    ServerState& server_;
    ModuleLoader& modules_;
    LuaMachine machine_;
    Context context_;
    int engine_ = 0;  // registry reference of the engine's table
};

}  // namespace host
