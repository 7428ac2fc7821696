// annotations/realtime.lua: the same surface for lua-language-server.
//
// A function with more than one signature is written once for each: @overload lines lose @nodiscard as soon as one of them fits. Emit has
// one in addition, since the server tells from nothing else which event's fields a table must have. What callers hand over as a table
// knows no name but its own, which UNKNOWN_NAME tells.
import { UNKNOWN_NAME, kindType, luaName, typeWriter } from './luals-types.mjs';

// A subscriber gets a Vector; from a publisher anything with three coordinates will do.
const VECTOR = { in: `Vector|${luaName('Coordinates')}`, out: 'Vector' };

const HEADER = `---@meta realtime
-- Generated from src/ by scripts/generate-api.mjs. Change the source, not this file.
-- For lua-language-server: add this folder to workspace.library. The game never loads it.
--
-- What can fail answers \`true\` and a value, where there is one, or \`false\` and a realtime.RealtimeError. The server cannot know from
-- the first which of them the second is, so it knows both: look at the first before you use the second. An answer that nobody looks at
-- is flagged (discard-returns); where it does not matter, \`local _ = realtime.ChatMessage(name, text)\` says so.
--
-- Events of your own, once they are declared like this, anywhere in your workspace, are checked and completed as the ready-made ones are:
--
--     ---@class (exact) MatchEndData
--     ---@field mode "casual"|"ranked"
--     ---@field seconds integer
--
--     ---@class MatchEndEvent: realtime.ReceivedEvent
--     ---@field data MatchEndData
--
--     ---@class realtime
--     ---@field On fun(name: "MatchEnd", callback: fun(event: MatchEndEvent), id?: string): boolean, realtime.SubscriptionOrError
--     ---@field Emit fun(name: "MatchEnd", data: MatchEndData): boolean, realtime.RealtimeError

---The game's own class, as far as it is needed here; annotations of the game add the rest.
---@class Vector
---@field x number
---@field y number
---@field z number

---What a misspelled name in a table would have to be.
---@class (exact) realtime.NoSuchField
`;

const CLASS = '---@class (exact) ';

// Sentences of the sources about what only TypeScript has.
const TYPESCRIPT_ONLY = /\bRealtimeEvents\b/;
const prose = (text) => text.split(/(?<=\.) /).filter((sentence) => !TYPESCRIPT_ONLY.test(sentence)).join(' ');
const comment = (text) => (text === '' ? [] : [`---${prose(text)}`]);
const note = (text) => (text === undefined || text === '' ? '' : ` ${prose(text)}`);
const mark = (isOptional) => (isOptional ? '?' : '');
const capital = (text) => `${text[0].toUpperCase()}${text.slice(1)}`;

const dataName = (event) => luaName(`${event.name}Data`);
const inputName = (event) => luaName(`${event.name}Input`);
const eventName = (event) => luaName(`${event.name}Event`);

function eventLines(event) {
  const fields = (vector) => event.fields.map((field) => `---@field ${field.name}${mark(field.optional)} ${kindType(field, vector)}`);
  return [
    `---What a subscriber finds in \`event.data\` of ${event.name}.`,
    `${CLASS}${dataName(event)}`,
    ...fields(VECTOR.out),
    '',
    `---What Emit takes for ${event.name}.`,
    `${CLASS}${inputName(event)}`,
    ...fields(VECTOR.in),
    UNKNOWN_NAME,
    '',
    `---${event.doc} Published on \`${event.channel}\`.`,
    `${CLASS}${eventName(event)}: ${luaName('ReceivedEvent')}`,
    `---@field name "${event.name}"`,
    `---@field data ${dataName(event)}`,
    '',
  ];
}

export function writeAnnotations({ events, gameEvents, types, members, docOf, ts }) {
  const known = [...events, ...gameEvents];
  const { typeOf, orError, orErrors } = typeWriter({ types, ts, written: ['GameEventName'] });
  const methods = members.filter(({ kind }) => kind === 'method').map(({ node }) => node);
  const isResult = (node) => ts.isTypeReferenceNode(node.type) && node.type.typeName.getText() === 'Result';

  const names = (text) => types.map((node) => node.name.text).filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const given = new Set(methods.flatMap((node) => names(node.type.getText())));
  const handed = methods.flatMap((node) => node.parameters).filter(({ type }) => !ts.isFunctionTypeNode(type));
  const taken = new Set(handed.flatMap(({ type }) => names(type.getText())));
  /** Whether callers make such a table themselves, and do not get it from a function: there a name that is not known is a mistake. */
  const isMade = (name) => taken.has(name) && !given.has(name);

  function fieldLine(member, parameters) {
    return `---@field ${member.name.text}${mark(member.questionToken)} ${typeOf(member.type, parameters)}${note(docOf(member).text)}`;
  }

  function interfaceLines(node) {
    const parameters = new Map((node.typeParameters ?? []).map((each) => [each.name.text, typeOf(each.constraint ?? each.default)]));
    return [
      ...comment(docOf(node).text),
      `${CLASS}${luaName(node.name.text)}`,
      ...node.members.map((each) => fieldLine(each, parameters)),
      ...(isMade(node.name.text) ? [UNKNOWN_NAME] : []),
    ];
  }

  const typeText = (member) => member.members.find(({ name }) => name.text === 'type').type.literal.text;
  const alternative = (union, each) => luaName(`${capital(typeText(each))}${union.name.text}`);
  const aliasLine = (node, members) => `---@alias ${luaName(node.name.text)} ${members.join('|')}`;

  /** A union of table types: a class for each, with its comment, which stands before its `|`, and the alias of them all. */
  function unionLines(node) {
    const { text } = node.getSourceFile();
    const { types: each } = node.type;
    const docs = each.map((one, index) => {
      const from = index === 0 ? node.type.pos : each[index - 1].end;
      return /\/\*\*\s*([^]*?)\s*\*\//.exec(text.slice(from, one.getStart()))?.[1] ?? '';
    });
    return [
      ...each.flatMap((one, index) => [
        ...comment(docs[index]),
        `${CLASS}${alternative(node, one)}`,
        ...one.members.map((member) => fieldLine(member)),
        UNKNOWN_NAME,
        '',
      ]),
      ...comment(docOf(node).text),
      aliasLine(node, each.map((one) => alternative(node, one))),
    ];
  }

  /** Such a union with more members in each of its types. */
  function extendedLines(node) {
    const [base, own] = node.type.types;
    const union = types.find(({ name }) => name.text === base.getText());
    return [
      ...union.type.types.flatMap((one) => [
        `${CLASS}${alternative(node, one)}: ${alternative(union, one)}`,
        ...own.members.map((member) => fieldLine(member)),
        '',
      ]),
      ...comment(docOf(node).text),
      aliasLine(node, union.type.types.map((one) => alternative(node, one))),
    ];
  }

  function aliasLines(node) {
    const { type } = node;
    if (ts.isUnionTypeNode(type) && type.types.every(ts.isTypeLiteralNode)) {
      return unionLines(node);
    }
    if (ts.isIntersectionTypeNode(type)) {
      return extendedLines(node);
    }
    return [...comment(docOf(node).text), aliasLine(node, [typeOf(type)])];
  }

  const typeLines = (node) => (ts.isInterfaceDeclaration(node) ? interfaceLines(node) : aliasLines(node));

  /** How a Result is given back. `value`: its type, if there is one. */
  const answer = (value) => [
    '---@return boolean ok',
    `---@return ${value === undefined ? `${luaName('RealtimeError')} err nil` : `${orError(value)} value the value`} when ok, else why not`,
    '---@nodiscard',
  ];

  function returnLines(node, returns) {
    if (isResult(node)) {
      const [value] = node.type.typeArguments;
      return answer(value.getText() === 'undefined' ? undefined : typeOf(value));
    }
    // What takes nothing and does nothing but answer.
    const question = node.parameters.length === 0 ? ['---@nodiscard'] : [];
    return [`---@return ${typeOf(node.type)}${note(returns)}`, ...question];
  }

  /** One signature. `parameters`: what its type parameters stand for. `fallback`: the comment of the signatures before it. */
  function signatureLines(node, fallback, parameters, overloads = []) {
    const doc = docOf(node);
    return [
      ...comment(doc.text === '' ? fallback : doc.text),
      ...node.parameters.map((each) => {
        const name = each.name.text;
        return `---@param ${name}${mark(each.questionToken)} ${typeOf(each.type, parameters)}${note(doc.params[name])}`;
      }),
      ...returnLines(node, doc.returns),
      ...overloads,
      `function realtime.${node.name.text}(${node.parameters.map((each) => each.name.text).join(', ')}) end`,
      '',
    ];
  }

  /** What the type parameters of a method stand for that is generic in an event's name. */
  const forEvent = (name, event, data) => new Map([['Name', name], ['RealtimeEvent', event], ['EmitData', data]]);

  function overloadLine(node, event) {
    const parameters = forEvent(JSON.stringify(event.name), eventName(event), inputName(event));
    const list = node.parameters.map((each) => `${each.name.text}: ${typeOf(each.type, parameters)}`);
    return `---@overload fun(${list.join(', ')}): boolean, ${luaName('RealtimeError')}`;
  }

  /** A method by its signatures; one that is generic in an event's name has one for each event. */
  function methodLines(nodes) {
    const fallback = docOf(nodes[0]).text;
    return nodes.flatMap((node) => {
      if (node.typeParameters === undefined) {
        return signatureLines(node, fallback);
      }
      const isByTable = node.parameters.some(({ type }) => type.getText().startsWith('EmitData<'));
      return known.flatMap((event) => {
        const overloads = isByTable ? [overloadLine(node, event)] : [];
        return signatureLines(node, fallback, forEvent(JSON.stringify(event.name), eventName(event), 'table'), overloads);
      });
    });
  }

  function publishLines(event) {
    return [
      `---${event.doc} Published on \`${event.channel}\`.`,
      ...event.fields.map((field) => `---@param ${field.name}${mark(field.optional)} ${kindType(field, VECTOR.in)}`),
      ...answer(),
      `function realtime.${event.name}(${event.fields.map((field) => field.name).join(', ')}) end`,
      '',
    ];
  }

  function functionLines() {
    return [...new Set(members.filter(({ kind }) => kind !== 'value').map(({ name }) => name))].flatMap((name) => {
      const event = events.find((each) => each.name === name);
      return event === undefined ? methodLines(methods.filter((node) => node.name.text === name)) : publishLines(event);
    });
  }

  // Result is how functions answer, not a type of its own in Lua.
  const shown = types.filter((node) => node.name.text !== 'Result').flatMap((node) => [...typeLines(node), '']);
  const functions = functionLines();
  const lines = [
    HEADER,
    ...shown,
    ...known.flatMap(eventLines),
    '---Every event name that On and Emit know without a declaration of yours.',
    `---@alias ${luaName('EventName')} ${known.map((event) => JSON.stringify(event.name)).join('|')}`,
    '',
    '---The name of an event that PublishGameEvents publishes.',
    `---@alias ${luaName('GameEventName')} ${luaName('EventName')}`,
    '',
    ...[...orErrors].flatMap(([name, type]) => [
      `---When ok ${type.startsWith('realtime.') ? 'a' : 'the'} ${type}, else a realtime.RealtimeError.`,
      `${CLASS}${name}: ${type}, ${luaName('RealtimeError')}`,
      '',
    ]),
    '---The addon, after `require("realtime")`. A wrong argument type raises at the caller\'s line; everything else answers',
    '---`true`, or `false` and a realtime.RealtimeError.',
    '---@class realtime',
    ...members.filter(({ kind }) => kind === 'value').map(({ node }) => fieldLine(node)),
    'realtime = {}',
    '',
    ...functions,
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
