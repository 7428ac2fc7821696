import type { Field, InputOf, InputsOf, OutputsOf } from "./fields";

/** An event: the one place that says what it is called, where it goes and what it carries. */
export interface EventDefinition<Name extends string = string, Fields extends readonly Field[] = readonly Field[]> {
    readonly name: Name;
    readonly channel: string;
    readonly fields: Fields;
    /** When it is published, in a sentence. */
    readonly doc?: string;
}

type Argument<F extends Field> = F["optional"] extends true ? InputOf<F> | undefined : InputOf<F>;

/** The arguments of an event's publish function, in the order of its fields. */
export type EventArguments<Fields extends readonly Field[]> = Fields extends readonly [
    ...infer Head extends readonly Field[],
    infer Last extends Field,
]
    ? Last["optional"] extends true
        ? [...EventArguments<Head>, InputOf<Last>?]
        : { -readonly [Index in keyof Fields]: Argument<Fields[Index]> }
    : [];

/** What Emit takes for an event. */
export type EventInput<D extends EventDefinition> = InputsOf<D["fields"]>;

/** What a subscriber finds in `event.data`. */
export type EventData<D extends EventDefinition> = OutputsOf<D["fields"]>;

/** A definition with its exact types kept, from which the types above derive. */
export function defineEvent<const Name extends string, const Fields extends readonly Field[]>(
    name: Name,
    channel: string,
    doc: string,
    fields: Fields,
): EventDefinition<Name, Fields> {
    return { name, channel, doc, fields };
}
