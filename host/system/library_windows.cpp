#include <windows.h>
// Needs the types of the one above.
#include <psapi.h>

#include <array>
#include <filesystem>
#include <vector>

#include "host/system/library.h"

namespace host::system {

void Unmap::operator()(void* library) const {
    FreeLibrary(static_cast<HMODULE>(library));
}

Library LoadLibraryFile(const std::string& path, std::string& error) {
    Library library(LoadLibraryW(std::filesystem::path(path).make_preferred().c_str()));
    if (library == nullptr) {
        error = path + ": Windows error " + std::to_string(GetLastError());
    }
    return library;
}

void* FindSymbol(void* library, const char* name) {
    return reinterpret_cast<void*>(GetProcAddress(static_cast<HMODULE>(library), name));
}

bool IsMapped(const std::string& text) {
    std::vector<HMODULE> modules(1024);
    DWORD bytes = 0;
    if (K32EnumProcessModules(GetCurrentProcess(), modules.data(), static_cast<DWORD>(modules.size() * sizeof(HMODULE)),
                              &bytes) == 0) {
        return false;
    }
    modules.resize(bytes / sizeof(HMODULE));
    for (const HMODULE each : modules) {
        std::array<char, MAX_PATH> name{};
        const DWORD length = GetModuleFileNameA(each, name.data(), static_cast<DWORD>(name.size()));
        if (std::string(name.data(), length).find(text) != std::string::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace host::system
