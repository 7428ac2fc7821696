import { shorten } from "./text";

/** What a table holds besides the known keys, as it can be shown, in order: that of a table's keys differs from run to run. */
export function unknownKeys(value: object, known: LuaSet): string[] {
    const unknown: string[] = [];
    let key = next(value)[0] as AnyNotNil | undefined;
    while (key !== undefined) {
        if (!known.has(key)) {
            unknown[unknown.length] = shorten(key);
        }
        key = next(value, key)[0] as AnyNotNil | undefined;
    }
    table.sort(unknown);
    return unknown;
}
