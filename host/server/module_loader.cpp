#include "host/server/module_loader.h"

#include "host/lua_base/lua_machine.h"

namespace host {

namespace {

gmod::CFunction FindFunction(void* library, const char* name) {
    return reinterpret_cast<gmod::CFunction>(system::FindSymbol(library, name));
}

}  // namespace

ModuleLoader::Opened ModuleLoader::Open(const std::string& name, const std::string& path) {
    for (const Module& module : modules_) {
        if (module.name == name) {
            return {module.open, {}};
        }
    }
    std::string error;
    system::Library library = system::LoadLibraryFile(path, error);
    if (library == nullptr) {
        return {nullptr, error};
    }
    const gmod::CFunction open = FindFunction(library.get(), "gmod13_open");
    if (open == nullptr) {
        return {nullptr, path + ": no function gmod13_open"};
    }
    const gmod::CFunction close = FindFunction(library.get(), "gmod13_close");
    modules_.push_back({name, std::move(library), open, close, false});
    return {open, {}};
}

void ModuleLoader::MarkOpened(const std::string& name) {
    for (Module& module : modules_) {
        if (module.name == name) {
            module.opened = true;
        }
    }
}

std::vector<std::string> ModuleLoader::CloseAll(LuaMachine& machine) {
    std::vector<std::string> failures;
    for (Module& module : modules_) {
        if (!module.opened || module.close == nullptr) {
            continue;
        }
        module.opened = false;
        if (LuaMachine::Failure failure = machine.Call(module.close)) {
            failures.push_back(module.name + ": gmod13_close: " + *failure);
        }
    }
    return failures;
}

void ModuleLoader::UnloadAll(bool keep) {
    while (!modules_.empty()) {
        if (keep) {
            kept_.push_back(std::move(modules_.back().library));
        }
        modules_.pop_back();
    }
}

}  // namespace host
