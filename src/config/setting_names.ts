import { nearestName, suggestName } from "../nearest";
import { type Setting, SETTINGS, type SettingKey } from "./settings";

/** What other programs call some of them, by name and in small letters: no slip of the pen leads from one to the other. */
const ALIASES: Readonly<Partial<Record<string, SettingKey>>> = {
    auth: "password",
    pass: "password",
    user: "username",
    db: "database",
    socket: "unixSocket",
    path: "unixSocket",
};

/** Variables of other programs that know Redis as well. The environment cannot be listed, so these are asked for by name. */
export const OTHER_VARIABLES = ["REDIS_AUTH", "REDIS_PASS", "REDIS_USER", "REDIS_DB"];

function settingKeys(): string[] {
    const keys: string[] = [];
    for (const setting of SETTINGS) {
        keys[keys.length] = setting.key;
    }
    return keys;
}

function variableNames(): string[] {
    const names: string[] = [];
    for (const setting of SETTINGS) {
        names[names.length] = setting.variable;
    }
    return names;
}

/** @returns the setting that another program's name means, by what it is called in Config{…}; undefined for none */
function settingOfAlias(key: string): Setting | undefined {
    const meant = ALIASES[string.lower(key)];
    for (const setting of SETTINGS) {
        if (setting.key === meant) {
            return setting;
        }
    }
    return undefined;
}

/** @returns the variable that was most likely meant; undefined for none */
export function nearestVariable(name: string): string | undefined {
    const [tail] = string.match(name, "^REDIS_(.+)$");
    const setting = tail === undefined ? undefined : settingOfAlias(tail);
    return setting?.variable ?? nearestName(name, variableNames());
}

/** @param mayList whether to list what there is when nothing is near: once in a message is enough */
export function suggestSetting(name: string, mayList: boolean): string {
    const meant = settingOfAlias(name)?.key ?? nearestName(name, settingKeys());
    if (meant !== undefined) {
        return `; did you mean '${meant}'?`;
    }
    return mayList ? suggestName(name, settingKeys()) : "";
}
