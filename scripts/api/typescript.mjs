// types/realtime.d.ts: the types of the npm package, flat, with the names of arguments where the sources compute them.

const indent = (text) => text.replace(/^(?=.)/gm, '    ');
const comment = (text) => `/** ${text} */`;

/** A kind as a TypeScript type. `place`: what a vector is, on the way out or in. */
function typeOf(kind, place) {
  switch (kind.type) {
    case 'string':
    case 'steamId64':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'team':
      return 'string | number';
    case 'vector':
      return place;
    case 'enum':
      return kind.values.map((value) => JSON.stringify(value)).join(' | ');
    case 'array':
      return `readonly (${typeOf(kind.items, place)})[]`;
    case 'object':
      return `{ ${kind.fields.map((field) => property(field, place)).join(' ')} }`;
    default:
      return 'unknown';
  }
}

const property = (field, place) =>
  `readonly ${field.name}${field.optional ? '?' : ''}: ${typeOf(field, place)}${field.optional ? ' | undefined' : ''};`;

const shapes = (events, place) =>
  events.map((event) => `${event.name}: {\n${indent(event.fields.map((field) => property(field, place)).join('\n'))}\n};`);

const parameters = (event) =>
  event.fields.map((field) => `${field.name}${field.optional ? '?' : ''}: ${typeOf(field, 'Coordinates')}`).join(', ');

/** A declaration as it stands in its file, with its comment, always exported. */
function copied(node) {
  const text = node.getFullText().trim().replace(/\r/g, '');
  return /^export |\nexport /.test(text) ? text : text.replace(/^(?=(interface|type) )/m, 'export ');
}

/** The comment of a member of the source, as it stands there. */
const docText = (node) => node.jsDoc?.at(-1)?.getText().replace(/\n\s*\*/g, '\n *') ?? '';

function member({ kind, name, node, text }, events) {
  const head = docText(node);
  if (kind !== 'publish') {
    return `${head}${head === '' ? '' : '\n'}${text.replace(/\n {4}/g, '\n')}`;
  }
  const event = events.find((each) => each.name === name);
  return `${comment(`${event.doc} Published on \`${event.channel}\`.`)}\n${name}(${parameters(event)}): Result<undefined>;`;
}

export function writeTypes({ events, gameEvents, types, members }) {
  return `// Generated from src/ by scripts/generate-api.mjs. Change the source, not this file.
/** @noSelfInFile */
/// <reference types="@typescript-to-lua/language-extensions" />
/// <reference types="gmod-types" />

${types.map(copied).join('\n\n')}

/** What a publisher may pass, by event name. */
export interface EventInputs {
${indent(shapes(events, 'Coordinates').join('\n'))}
}

/** The same for the events of the games. */
export interface GameEventInputs {
${indent(shapes(gameEvents, 'Coordinates').join('\n'))}
}

/** What a subscriber finds in \`event.data\`, by event name. */
export interface EventOutputs {
${indent(shapes(events, 'Vector').join('\n'))}
}

/** The same for the events of the games. */
export interface GameEventOutputs {
${indent(shapes(gameEvents, 'Vector').join('\n'))}
}

/** The name of an event that PublishGameEvents publishes. */
export type GameEventName = keyof EventOutputs | keyof GameEventOutputs;

/** Every event name that On and Emit know: the ready-made ones, those of the games, and those that RealtimeEvents declares. */
export type EventName = keyof EventOutputs | keyof GameEventOutputs | keyof RealtimeEvents;

/** What a subscriber of an event gets. */
export type RealtimeEvent<Name extends EventName> = Name extends keyof EventOutputs
    ? ReceivedEvent<Name, EventOutputs[Name]>
    : Name extends keyof RealtimeEvents
      ? ReceivedEvent<Name, RealtimeEvents[Name]>
      : Name extends keyof GameEventOutputs
        ? ReceivedEvent<Name, GameEventOutputs[Name]>
        : never;

/** What Emit takes for an event. */
export type EmitData<Name extends EventName> = Name extends keyof EventInputs
    ? EventInputs[Name]
    : Name extends keyof RealtimeEvents
      ? RealtimeEvents[Name]
      : Name extends keyof GameEventInputs
        ? GameEventInputs[Name]
        : never;

/**
 * The global table \`realtime\`.
 *
 * A wrong argument type raises at the caller's line. Everything else answers with a Result. Nothing waits, but Connect.
 * @noSelf
 */
export interface Realtime {
${indent(members.map((each) => member(each, events)).join('\n\n'))}
}

declare global {
    /** Declare the data of your own events here, by event name, to have On and Emit typed. */
    interface RealtimeEvents {}

    /** The addon's global table, after \`require("realtime")\`. */
    const realtime: Realtime;
}
`;
}
