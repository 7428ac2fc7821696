const LONGEST_SHOWN = 48;

/**
 * What a caller gave, as far as it can be shown in a message: in short, on one line, and without running a metamethod.
 * @returns `Bob`, `xxx… (1048576 bytes)`, `1.5`, `table`
 */
export function shorten(value: unknown): string {
    if (typeof value === "number" || typeof value === "boolean") {
        return tostring(value);
    }
    if (typeof value !== "string") {
        return type(value);
    }
    const [shown] = string.gsub(string.sub(value, 1, LONGEST_SHOWN), "%c", "?");
    return value.length > LONGEST_SHOWN ? `${shown}… (${tostring(value.length)} bytes)` : shown;
}
