import { badArgument } from "../arguments";
import { ErrorNumber, Limit } from "../native/contract";
import { failed, type Result } from "../result";
import { state } from "../state";
import type { EventDefinition } from "./definition";
import { publishByName } from "./publish";
import { conflictOf, findEvent, isOwnEvent, ownedChannel, registerEvent } from "./registry";
import { LONGEST_NAME, isName, readFields } from "./shape";

/** See Realtime.DefineEvent. */
export function DefineEvent(name: unknown, channel: unknown, fields: unknown): Result<undefined> {
    if (typeof name !== "string") {
        badArgument(1, "DefineEvent", "name", "string", name);
    }
    if (typeof channel !== "string") {
        badArgument(2, "DefineEvent", "channel", "string", channel);
    }
    if (typeof fields !== "object") {
        badArgument(3, "DefineEvent", "fields", "table", fields);
    }
    if (!isName(name)) {
        return failed(ErrorNumber.InvalidArgument, `name: expected 1 to ${tostring(LONGEST_NAME)} letters, digits and _`);
    }
    if (channel === "" || channel.length > Limit.MaxChannelBytes) {
        return failed(ErrorNumber.InvalidArgument, `channel: expected 1 to ${tostring(Limit.MaxChannelBytes)} bytes`);
    }
    const [copies, problem] = readFields(fields as object);
    if (copies === undefined) {
        return failed(ErrorNumber.InvalidArgument, problem);
    }
    const definition: EventDefinition = { name, channel, fields: copies };
    const conflict = conflictOf(definition);
    if (conflict?.name === name) {
        const why = isOwnEvent(name)
            ? "a changed definition counts from the next map on"
            : "that is a ready-made event, or one of the games that is in use; choose another name";
        return failed(ErrorNumber.EventConflict, `'${name}'; ${why}`);
    }
    if (conflict !== undefined) {
        return failed(ErrorNumber.EventConflict, ownedChannel(channel, conflict));
    }
    const known = findEvent(name);
    if (known !== undefined && known.failure === undefined) {
        return $multi(true as const, undefined);
    }
    const { failure } = registerEvent(definition);
    if (failure !== undefined) {
        return $multi(false as const, failure);
    }
    state.definitions.set(name, definition);
    return $multi(true as const, undefined);
}

/** See Realtime.Emit. */
export function Emit(name: unknown, data: unknown): Result<undefined> {
    if (typeof name !== "string") {
        badArgument(1, "Emit", "name", "string", name);
    }
    if (typeof data !== "object") {
        badArgument(2, "Emit", "data", "table", data);
    }
    return publishByName(name, data as object);
}
