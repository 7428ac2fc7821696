/** Anything with three coordinates; a GMod Vector is one. */
export interface Coordinates {
    readonly x: number;
    readonly y: number;
    readonly z: number;
}

/** What a value must be: a field's type with what belongs to it. */
export type Kind =
    /** Bytes; what is no UTF-8 arrives as U+FFFD. `maxBytes`: the longest that is accepted, 1024 unless said. */
    | { readonly type: "string"; readonly maxBytes?: number }
    /** Finite. */
    | { readonly type: "number" }
    /** Whole, and exact in a double: at most 2^53 - 1 either way. */
    | { readonly type: "integer" }
    | { readonly type: "boolean" }
    /** A SteamID64 as `ply:SteamID64()` gives it: a string, since a number would lose its last digits. */
    | { readonly type: "steamId64" }
    /** A team by its number or by its name. */
    | { readonly type: "team"; readonly maxBytes?: number }
    /** A Vector, or a table with x, y and z; it arrives as a Vector. */
    | { readonly type: "vector" }
    /** One of these strings. */
    | { readonly type: "enum"; readonly values: readonly string[] }
    /** Any number of the same, up to `maxItems`: 1000 unless said. */
    | { readonly type: "array"; readonly items: Kind; readonly maxItems?: number }
    /** A table with fields of its own. */
    | { readonly type: "object"; readonly fields: readonly Field[] }
    /** Whatever JSON can hold, but nil. */
    | { readonly type: "json" };

export type FieldType = Kind["type"];

/** One field of an event. Fields travel in the order of the definition. */
export type Field = Kind & {
    readonly name: string;
    /** May be left out. Default: false. */
    readonly optional?: boolean;
};

/** What a publisher may pass for a kind. */
export type InputOf<K extends Kind> = K extends { readonly type: "string" | "steamId64" }
    ? string
    : K extends { readonly type: "number" | "integer" }
      ? number
      : K extends { readonly type: "boolean" }
        ? boolean
        : K extends { readonly type: "team" }
          ? string | number
          : K extends { readonly type: "vector" }
            ? Coordinates
            : K extends { readonly type: "enum"; readonly values: infer V extends readonly string[] }
              ? V[number]
              : K extends { readonly type: "array"; readonly items: infer I extends Kind }
                ? readonly InputOf<I>[]
                : K extends { readonly type: "object"; readonly fields: infer F extends readonly Field[] }
                  ? InputsOf<F>
                  : unknown;

/** What a subscriber gets for a kind. */
export type OutputOf<K extends Kind> = K extends { readonly type: "vector" }
    ? Vector
    : K extends { readonly type: "array"; readonly items: infer I extends Kind }
      ? readonly OutputOf<I>[]
      : K extends { readonly type: "object"; readonly fields: infer F extends readonly Field[] }
        ? OutputsOf<F>
        : InputOf<K>;

type Optional<F extends Field> = Extract<F, { readonly optional: true }>;
type Required<F extends Field> = Exclude<F, { readonly optional: true }>;

/** What a publisher may pass for a list of fields. */
export type InputsOf<F extends readonly Field[]> = {
    readonly [E in Required<F[number]> as E["name"]]: InputOf<E>;
} & {
    readonly [E in Optional<F[number]> as E["name"]]?: InputOf<E> | undefined;
};

/** What a subscriber gets for a list of fields. */
export type OutputsOf<F extends readonly Field[]> = {
    readonly [E in Required<F[number]> as E["name"]]: OutputOf<E>;
} & {
    readonly [E in Optional<F[number]> as E["name"]]?: OutputOf<E> | undefined;
};

export const DEFAULT_MAX_BYTES = 1024;
export const DEFAULT_MAX_ITEMS = 1000;
