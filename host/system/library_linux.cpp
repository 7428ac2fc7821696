#include <dlfcn.h>
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

#include <fstream>

#include "host/system/library.h"

namespace host::system {

void Unmap::operator()(void* library) const {
#if defined(__SANITIZE_ADDRESS__)
    // Looked for at the end of the process too, but the names of a library's functions go with it.
    (void)__lsan_do_recoverable_leak_check();
#endif
    dlclose(library);
}

Library LoadLibraryFile(const std::string& path, std::string& error) {
    Library library(dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL));
    if (library == nullptr) {
        const char* const text = dlerror();  // NOLINT(concurrency-mt-unsafe): one text a thread in glibc
        error = text == nullptr ? "unknown reason" : text;
    }
    return library;
}

void* FindSymbol(void* library, const char* name) {
    return dlsym(library, name);
}

bool IsMapped(const std::string& text) {
    std::ifstream stream("/proc/self/maps");
    for (std::string line; std::getline(stream, line);) {
        if (line.find(text) != std::string::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace host::system
