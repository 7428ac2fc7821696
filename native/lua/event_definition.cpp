#include "lua/event_definition.h"

#include <algorithm>
#include <utility>

#include "lua/json_string.h"

namespace realtime {

EventDefinition EventDefinition::Make(std::string name, std::string channel, std::vector<std::string> fields) {
    EventDefinition event;
    event.name = std::move(name);
    event.channel = std::move(channel);
    event.fields = std::move(fields);
    event.type = "gmod." + event.channel;
    std::replace(event.type.begin(), event.type.end(), ':', '.');
    WriteJsonString(event.type, event.type_json);
    for (const std::string& field : event.fields) {
        std::string key;
        WriteJsonString(field, key);
        event.keys.push_back(key + ":");
    }
    return event;
}

}  // namespace realtime
