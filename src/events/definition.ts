import type { Field, FieldInputs, FieldOutputs } from "./fields";

/** An event: the one place that says what it is called, where it goes and what it carries. */
export interface EventDefinition<Name extends string = string, Fields extends readonly Field[] = readonly Field[]> {
    readonly name: Name;
    readonly channel: string;
    readonly fields: Fields;
}

type Input<F extends Field> = F["optional"] extends true ? FieldInputs[F["type"]] | undefined : FieldInputs[F["type"]];

/** The arguments of an event's publish function, in the order of its fields. */
export type EventArguments<Fields extends readonly Field[]> = {
    -readonly [Index in keyof Fields]: Input<Fields[Index]>;
};

/** What Emit takes for an event. */
export type EventInput<D extends EventDefinition> = {
    readonly [F in D["fields"][number] as F["name"]]: Input<F>;
};

/** What a subscriber finds in `event.data`. */
export type EventData<D extends EventDefinition> = {
    readonly [F in D["fields"][number] as F["name"]]: F["optional"] extends true
        ? FieldOutputs[F["type"]] | undefined
        : FieldOutputs[F["type"]];
};

/** A definition with its exact types kept, from which the types above derive. */
export function defineEvent<const Name extends string, const Fields extends readonly Field[]>(
    name: Name,
    channel: string,
    fields: Fields,
): EventDefinition<Name, Fields> {
    return { name, channel, fields };
}
