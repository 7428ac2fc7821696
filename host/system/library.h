// Shared libraries, as the system loads them.
#pragma once

#include <memory>
#include <string>

namespace host::system {

struct Unmap {
    void operator()(void* library) const;
};
using Library = std::unique_ptr<void, Unmap>;

/// Maps a library, every symbol resolved now and none shown to others; null and the loader's words in `error`.
Library LoadLibraryFile(const std::string& path, std::string& error);

/// An exported function, or null.
void* FindSymbol(void* library, const char* name);

/// Whether a file whose path holds `text` is mapped into the process.
bool IsMapped(const std::string& text);

}  // namespace host::system
