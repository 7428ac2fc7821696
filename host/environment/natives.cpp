#include "host/environment/context.h"

namespace host {

void PushNatives(lua_State* state, Context& context) {
    lua_newtable(state);
    AddOutputNatives(state, context);
    AddFileNatives(state, context);
    AddModuleNatives(state, context);
    AddTypeNatives(state, context);
    AddProcessNatives(state, context);
    AddServerNatives(state, context);
}

}  // namespace host
