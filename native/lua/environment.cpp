#include "lua/environment.h"

#if defined(_WIN32)
#ifndef NOMINMAX
#define NOMINMAX
#endif
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
#else
#include <cstdlib>
#endif

namespace realtime {

#if defined(_WIN32)

// Asked of the system: the C library's copy is one of the code page, and of the time when it was loaded.
std::optional<std::string> ReadEnvironment(const std::string& name) {
    const std::wstring wide(name.begin(), name.end());  // the names of settings are ASCII
    std::wstring value;
    ::SetLastError(ERROR_SUCCESS);
    DWORD length = ::GetEnvironmentVariableW(wide.c_str(), nullptr, 0);
    while (length > value.size()) {
        value.resize(length);
        length = ::GetEnvironmentVariableW(wide.c_str(), value.data(), length);
    }
    if (length == 0 && ::GetLastError() == ERROR_ENVVAR_NOT_FOUND) {
        return std::nullopt;
    }
    const auto units = static_cast<int>(length);
    std::string text(
        static_cast<std::size_t>(::WideCharToMultiByte(CP_UTF8, 0, value.data(), units, nullptr, 0, nullptr, nullptr)),
        '\0');
    ::WideCharToMultiByte(CP_UTF8, 0, value.data(), units, text.data(), static_cast<int>(text.size()), nullptr,
                          nullptr);
    return text;
}

#else

std::optional<std::string> ReadEnvironment(const std::string& name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe)
    const char* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

#endif

}  // namespace realtime
