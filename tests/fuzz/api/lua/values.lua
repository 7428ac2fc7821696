-- What the steps draw from.
return {
    CHANNELS = { "c1", "c2", "c3", "c:long", "ev:1", "ev:2", "chat:message", "round:end", "c\0\255" },
    PATTERNS = { "c*", "ev:*", "*", "c?", "round:*", "nothing*" },
    EVENT_NAMES = { "FuzzOne", "FuzzTwo", "FuzzThree", "FuzzFour" },
    EVENT_CHANNELS = { "ev:1", "ev:2", "ev:3", "ev:4", "chat:message" },
    --- The ready-made events that are published here; `key` is the field that tells one event from another.
    BUILT_IN = {
        ChatMessage = { channel = "chat:message", key = "message" },
        RoundEnd = { channel = "round:end", key = "score" },
    },
    --- The fields of events that are defined here.
    SHAPES = {
        { { name = "seq", type = "integer" } },
        { { name = "seq", type = "integer" }, { name = "text", type = "string", optional = true, maxBytes = 20 } },
        { { name = "seq", type = "integer" }, { name = "list", type = "array", items = { type = "integer" }, maxItems = 3 } },
    },
    NAN = 0 / 0,
}
