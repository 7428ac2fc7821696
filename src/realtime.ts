import type { Realtime } from "./api";
import { Config, GetConfig } from "./config/config";
import {
    announceState,
    Connect,
    ConnectAsync,
    Disconnect,
    GetState,
    IsConnected,
    OnStateChange,
} from "./connection";
import { startDriver } from "./dispatch/driver";
import { DefineEvent, Emit } from "./events/custom";
import {
    chatMessage,
    mapChange,
    playerConnect,
    playerDeath,
    playerDisconnect,
    playerSpawn,
    playerTakeDamage,
    roundEnd,
    roundStart,
    teamChange,
} from "./events/definitions";
import { createPublish2, createPublish3 } from "./events/publish";
import { restoreEvents } from "./events/registry";
import { PublishGameEvents } from "./game/publish_game_events";
import { logLine } from "./log";
import { reportError } from "./report_error";
import {
    GetStats,
    On,
    ProcessEvents,
    Publish,
    Subscribe,
    SubscribePattern,
    Unsubscribe,
} from "./messages";
import { VERSION } from "./native/contract";
import { native } from "./native/handshake";
import { published, state, type State } from "./state";

const api: Realtime = {
    VERSION,
    Config,
    GetConfig,
    Connect,
    ConnectAsync,
    Disconnect,
    IsConnected,
    GetState,
    OnStateChange,
    Publish,
    PlayerSpawn: createPublish3(playerSpawn),
    PlayerDeath: createPublish3(playerDeath),
    ChatMessage: createPublish2(chatMessage),
    PlayerTakeDamage: createPublish3(playerTakeDamage),
    RoundStart: createPublish2(roundStart),
    RoundEnd: createPublish2(roundEnd),
    PlayerConnect: createPublish2(playerConnect),
    PlayerDisconnect: createPublish3(playerDisconnect),
    TeamChange: createPublish3(teamChange),
    MapChange: createPublish2(mapChange),
    DefineEvent,
    Emit,
    PublishGameEvents,
    Subscribe,
    SubscribePattern,
    On,
    Unsubscribe,
    ProcessEvents,
    GetStats,
};

restoreEvents();
native.SetHandlers(reportError, announceState, logLine);

// The table of an earlier run stays the same table: others may have kept it in a local.
const target = published as Record<string, unknown>;
for (const [name, value] of pairs(api)) {
    target[name as string] = value;
}
target["_state"] = (): State => state;
_G.realtime = published;

startDriver();
