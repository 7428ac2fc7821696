import { addProblem, type ProblemList } from "../problem_list";
import { shorten } from "../text";

/** A variable of a .env file and the line it is on. */
export interface DotEnvEntry {
    readonly value: string;
    readonly line: number;
}

/** U+FEFF as UTF-8: Lua, and the tests in Node.js, read the file as bytes. */
const BYTE_ORDER_MARK = `^${string.char(0xef, 0xbb, 0xbf)}`;

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescape(text: string): string {
    // The string library's own type for gsub leaves out that the replacement may be a function.
    const replace = (character: string): string => ESCAPES[character] ?? character;
    const [result] = string.gsub(text, "\\(.)", replace as unknown as string);
    return result;
}

/** The text of a quoted value up to its closing quote, or undefined when there is none or more than a comment follows it. */
function readQuoted(text: string, quote: string): string | undefined {
    let position = 2;
    while (position <= text.length) {
        const character = string.sub(text, position, position);
        if (character === quote) {
            const [follows] = string.match(text, "^%s*([^#]?)", position + 1);
            return follows === "" ? string.sub(text, 2, position - 1) : undefined;
        }
        // In other quotes a backslash is a backslash.
        position += character === "\\" && quote === '"' ? 2 : 1;
    }
    return undefined;
}

/** @returns the value on the right of `=`, or undefined when its quotes do not match */
function readValue(text: string): string | undefined {
    const quote = string.sub(text, 1, 1);
    if (quote === '"' || quote === "'" || quote === "`") {
        const quoted = readQuoted(text, quote);
        return quoted !== undefined && quote === '"' ? unescape(quoted) : quoted;
    }
    if (quote === "#") {
        return "";
    }
    const [beforeComment] = string.match(text, "^(.-)%s+#.*$");
    const [trimmed] = string.match(beforeComment ?? text, "^(.-)%s*$");
    return trimmed;
}

/** `KEY=value`, or `KEY: value`; a key may be another program's, so it is not asked for much. */
function readKey(text: string): LuaMultiReturn<[key: string | undefined, rest: string | undefined]> {
    const [key, rest] = string.match(text, "^([%w_%.%-]+)%s*=%s*(.*)$");
    if (key !== undefined) {
        return $multi(key, rest);
    }
    const [keyBeforeColon, restAfterColon] = string.match(`${text} `, "^([%w_%.%-]+):%s+(.*)$");
    return $multi(keyBeforeColon, restAfterColon);
}

/** @returns what is wrong with the line; empty for nothing */
function readLine(raw: string, line: number, entries: LuaMap<string, DotEnvEntry>): string {
    const [stripped] = string.match(raw, "^%s*(.*)$");
    const [isIgnored] = string.match(stripped ?? "", "^#");
    if (stripped === undefined || stripped === "" || isIgnored !== undefined) {
        return "";
    }
    // `export KEY` hands on what the shell has: there is no value in it for us.
    const [isBareExport] = string.match(stripped, "^export%s+[%w_%.%-]+%s*$");
    if (isBareExport !== undefined) {
        return "";
    }
    const [withoutExport] = string.match(stripped, "^export%s+(.*)$");
    const [key, rest] = readKey(withoutExport ?? stripped);
    if (key === undefined || rest === undefined) {
        return "expected KEY=VALUE";
    }
    const value = readValue(rest);
    if (value === undefined) {
        return `the quotes around the value of ${shorten(key)} do not match`;
    }
    entries.set(key, { value, line });
    return "";
}

/**
 * Reads `KEY=VALUE` (or `KEY: VALUE`) lines: comments, `export`, single quotes and backticks (as it stands), double quotes (with \n, \r, \t, \\,
 * \"), Windows line ends and a byte order mark. Variables are not expanded; a later line wins over an earlier one.
 * @param label what a line's number follows in a message
 * @param entries is filled with what was found
 * @param problems is filled with what is wrong, line by line, without showing any value
 */
export function readDotEnv(
    content: string,
    label: string,
    entries: LuaMap<string, DotEnvEntry>,
    problems: ProblemList,
): void {
    const [text] = string.gsub(content, BYTE_ORDER_MARK, "");
    let line = 0;
    for (const raw of string.gmatch(`${text}\n`, "([^\n]*)\n")) {
        line += 1;
        const problem = readLine(raw, line, entries);
        addProblem(problems, problem === "" ? "" : `${label} ${tostring(line)}: ${problem}`);
    }
}
