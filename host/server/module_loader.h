// The binary modules of one Lua state: opened by require, closed and unloaded when the state ends.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "gmod/lua_base.h"
#include "host/system/library.h"

namespace host {

class LuaMachine;

/// File name suffixes to try, in order.
#if defined(_WIN64)
inline constexpr std::array kModuleSuffixes = {"win64"};
#elif defined(_WIN32)
inline constexpr std::array kModuleSuffixes = {"win32"};
#elif UINTPTR_MAX > 0xFFFFFFFF
inline constexpr std::array kModuleSuffixes = {"linux64"};
#else
inline constexpr std::array kModuleSuffixes = {"linux", "linux32"};
#endif

class ModuleLoader {
  public:
    /// gmod13_open, or null and the reason.
    struct Opened {
        gmod::CFunction open = nullptr;
        std::string error;
    };

    /// Maps the library (every symbol resolved now, none shown to others).
    Opened Open(const std::string& name, const std::string& path);
    /// gmod13_open came back: the module gets its gmod13_close.
    void MarkOpened(const std::string& name);

    /// Calls every gmod13_close, in the order of opening, in the still live state. Gives the texts of Lua errors.
    std::vector<std::string> CloseAll(LuaMachine& machine);
    /// Unmaps the libraries, the last first; with `keep` they stay mapped until the process ends.
    void UnloadAll(bool keep);

  private:
    struct Module {
        std::string name;
        system::Library library;
        gmod::CFunction open;
        gmod::CFunction close;
        bool opened;
    };

    std::vector<system::Library> kept_;
    std::vector<Module> modules_;
};

}  // namespace host
