// EventDefinition: an event as the Lua side defined it, with the parts of its JSON that never change made once.
// The wire format: CloudEvents 1.0, structured JSON, keys in a fixed order (docs/ARCHITECTURE.md).
// Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
#pragma once

#include <string>
#include <vector>

namespace realtime {

struct EventDefinition {
    std::string name;                 ///< "PlayerDeath"
    std::string channel;              ///< "player:death"
    std::string type;                 ///< "gmod.player.death"
    std::string type_json;            ///< the same as JSON, quotes included
    std::vector<std::string> fields;  ///< in wire order
    std::vector<std::string> keys;    ///< the same as JSON: "\"victim_name\":"

    static EventDefinition Make(std::string name, std::string channel, std::vector<std::string> fields);
};

}  // namespace realtime
