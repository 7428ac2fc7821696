#include "host/lua_base/lua_machine.h"

#include <lua.hpp>

#include <fstream>
#include <iterator>
#include <new>

#include "host/lua_base/dialect.h"
#include "host/lua_base/lua_base.h"
#include "host/lua_base/standard_libraries.h"
#include "host/lua_base/triple.h"

namespace host {

namespace {

int Traceback(lua_State* state) {
    if (lua_type(state, 1) != LUA_TSTRING) {
        lua_getglobal(state, "tostring");
        lua_pushvalue(state, 1);
        lua_call(state, 1, 1);
        lua_replace(state, 1);
        lua_settop(state, 1);
    }
    luaL_traceback(state, state, lua_tostring(state, 1), 1);
    return 1;
}

}  // namespace

void LuaMachine::CloseState::operator()(lua_State* state) const {
    lua_close(state);
}

LuaMachine::LuaMachine() : LuaMachine(Options{}) {}

LuaMachine::LuaMachine(const Options& options) : state_(luaL_newstate()) {
    if (state_ == nullptr) {
        throw std::bad_alloc();
    }
    OpenStandardLibraries(state_.get());
    base_ = std::make_unique<LuaBase>(state_.get(), options.restore_state);
    triple::Open(state_.get(), *base_);
}

LuaMachine::~LuaMachine() = default;

gmod::ILuaBase& LuaMachine::Base() {
    return *base_;
}

lua_State* LuaMachine::ModuleState() {
    return base_->MainShadow();
}

lua_State* LuaMachine::Real() {
    return state_.get();
}

LuaMachine::Failure LuaMachine::CallTop(int args) {
    lua_State* const state = state_.get();
    const int handler = lua_gettop(state) - args;
    lua_pushcfunction(state, Traceback);
    lua_insert(state, handler);
    const int status = lua_pcall(state, args, 0, handler);
    lua_remove(state, handler);
    base_->SetState(base_->MainShadow());
    if (status == 0) {
        return std::nullopt;
    }
    const char* const text = lua_tostring(state, -1);
    std::string failure = text == nullptr ? "unknown error" : text;
    lua_pop(state, 1);
    return failure;
}

LuaMachine::Failure LuaMachine::Call(gmod::CFunction function) {
    base_->PushModuleFunction(state_.get(), function);
    return CallTop(0);
}

void LuaMachine::Register(const char* global, gmod::CFunction function) {
    base_->PushModuleFunction(state_.get(), function);
    lua_setglobal(state_.get(), global);
}

LuaMachine::Failure LuaMachine::RunString(std::string_view code, const char* chunk) {
    if (!LoadDialect(state_.get(), code, chunk)) {
        std::string failure = lua_tostring(state_.get(), -1);
        lua_pop(state_.get(), 1);
        return failure;
    }
    return CallTop(0);
}

LuaMachine::Failure LuaMachine::RunFile(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return "cannot read " + file.string();
    }
    const std::string code((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    return RunString(code, ("@" + file.string()).c_str());
}

void LuaMachine::Collect() {
    lua_gc(state_.get(), LUA_GCCOLLECT, 0);
    lua_gc(state_.get(), LUA_GCCOLLECT, 0);
}

int LuaMachine::LiveReferences() const {
    return base_->LiveReferences();
}

int LuaMachine::InvalidFrees() const {
    return base_->InvalidFrees();
}

bool LoadDialect(lua_State* state, std::string_view code, const char* chunk) {
    const std::string translated = TranslateDialect(code);
    return luaL_loadbuffer(state, translated.data(), translated.size(), chunk) == 0;
}

}  // namespace host
