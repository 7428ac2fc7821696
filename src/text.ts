const LONGEST_SHOWN = 48;

/** A byte inside of a character of UTF-8, and what ends in the middle of one. */
const INSIDE = `[${string.char(0x80)}-${string.char(0xbf)}]`;
const CUT_CHARACTER = `^(.*)[${string.char(0xc2)}-${string.char(0xf4)}]${INSIDE}*$`;

/** The beginning of a text that is longer, without a part of a character at its end. */
function beginning(text: string): string {
    const cut = string.sub(text, 1, LONGEST_SHOWN);
    const [goesOn] = string.match(text, `^${INSIDE}`, LONGEST_SHOWN + 1);
    const [whole] = string.match(cut, CUT_CHARACTER);
    return goesOn === undefined ? cut : (whole ?? cut);
}

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
    const [shown] = string.gsub(beginning(value), "%c", "?");
    return value.length > LONGEST_SHOWN ? `${shown}… (${tostring(value.length)} bytes)` : shown;
}
