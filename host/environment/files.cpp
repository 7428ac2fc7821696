// Files by their real path; what scripts may reach is decided in lua/engine/file.lua.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "host/environment/context.h"

namespace host {

namespace {

namespace fs = std::filesystem;

/// read(path) → text, or nothing.
int Read(lua_State* state) {
    const char* const path = luaL_checkstring(state, 1);
    std::error_code error;
    if (!fs::is_regular_file(path, error)) {
        return 0;
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        return 0;
    }
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    lua_pushlstring(state, text.data(), text.size());
    return 1;
}

/// write(path, text, append) → whether it was written.
int WriteFile(lua_State* state) {
    const char* const path = luaL_checkstring(state, 1);
    std::size_t length = 0;
    const char* const text = luaL_checklstring(state, 2, &length);
    const bool append = lua_toboolean(state, 3) != 0;
    bool written = false;
    {
        std::ofstream stream(path, std::ios::binary | (append ? std::ios::app : std::ios::trunc));
        stream.write(text, static_cast<std::streamsize>(length));
        stream.flush();
        written = stream.good();
    }
    lua_pushboolean(state, written ? 1 : 0);
    return 1;
}

/// stat(path) → "file" or "directory", bytes, modification time in Unix seconds; or nothing.
int Stat(lua_State* state) {
    const char* const path = luaL_checkstring(state, 1);
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error || !fs::exists(status)) {
        return 0;
    }
    const bool directory = fs::is_directory(status);
    const auto bytes = directory ? std::uintmax_t{0} : fs::file_size(path, error);
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(path, error);
    const auto changed =
        std::chrono::system_clock::now() - std::chrono::duration_cast<std::chrono::system_clock::duration>(age);
    lua_pushstring(state, directory ? "directory" : "file");
    lua_pushnumber(state, static_cast<double>(bytes));
    lua_pushnumber(state, static_cast<double>(std::chrono::system_clock::to_time_t(changed)));
    return 3;
}

void PushNames(lua_State* state, const std::vector<std::string>& names) {
    lua_newtable(state);
    int index = 0;
    for (const std::string& name : names) {
        lua_pushlstring(state, name.data(), name.size());
        lua_rawseti(state, -2, ++index);
    }
}

/// list(path) → file names, directory names, both sorted.
int List(lua_State* state) {
    const char* const path = luaL_checkstring(state, 1);
    std::vector<std::string> files;
    std::vector<std::string> directories;
    std::error_code error;
    for (fs::directory_iterator entry(path, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        std::error_code ignored;
        (entry->is_directory(ignored) ? directories : files).push_back(entry->path().filename().string());
    }
    std::sort(files.begin(), files.end());
    std::sort(directories.begin(), directories.end());
    PushNames(state, files);
    PushNames(state, directories);
    return 2;
}

int MakeDirectories(lua_State* state) {
    const char* const path = luaL_checkstring(state, 1);
    std::error_code error;
    fs::create_directories(path, error);
    lua_pushboolean(state, error ? 0 : 1);
    return 1;
}

/// remove(path): a file or an empty directory.
int Remove(lua_State* state) {
    const char* const path = luaL_checkstring(state, 1);
    std::error_code error;
    lua_pushboolean(state, fs::remove(path, error) ? 1 : 0);
    return 1;
}

}  // namespace

void AddFileNatives(lua_State* state, Context& context) {
    AddNative(state, context, "read", Read);
    AddNative(state, context, "write", WriteFile);
    AddNative(state, context, "stat", Stat);
    AddNative(state, context, "list", List);
    AddNative(state, context, "makeDirectories", MakeDirectories);
    AddNative(state, context, "remove", Remove);
}

}  // namespace host
