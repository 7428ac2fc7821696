// The types of the sources and the kinds of the definitions as lua-language-server writes them.

/** The namespace of the classes; a class of just that name is the global table itself. */
export const luaName = (name) => `realtime.${name}`;

/** What a name that a table does not know must be: nothing is, so a misspelled one is flagged where it is written. */
export const UNKNOWN_NAME = `---@field [string] ${luaName('NoSuchField')}`;

const KEYWORDS = new Set(['string', 'number', 'boolean', 'unknown']);
// What TypeScript says about a type that Lua cannot: the type inside is meant.
const WRAPPERS = new Set(['Readonly', 'Partial']);

const JSON_VALUE = 'string|number|boolean|table';

/** What a definition's kind is in Lua. `vector`: what a vector is, on the way out or in. */
export function kindType(kind, vector) {
  switch (kind.type) {
    case 'steamId64':
      return 'string';
    case 'team':
      return 'string|integer';
    case 'vector':
      return vector;
    case 'enum':
      return kind.values.map((value) => JSON.stringify(value)).join('|');
    case 'array':
      return `(${kindType(kind.items, vector)})[]`;
    case 'object':
      return `{ ${kind.fields.map((field) => `${field.name}${field.optional ? '?' : ''}: ${kindType(field, vector)}`).join(', ')} }`;
    case 'json':
      return JSON_VALUE;
    default:
      return kind.type;
  }
}

/** Translates types; `written` names those that the annotations define by themselves. `orErrors` collects the classes of values that may be an error instead. */
export function typeWriter({ types, ts, written = [] }) {
  const byName = new Map(types.map((node) => [node.name.text, node]));
  const orErrors = new Map();

  /**
   * A value or an error. The server cannot narrow the second value by the first, so it is a class that has the members of both: each
   * is known, a misspelled one is not, and what is right is not flagged.
   */
  function orError(type) {
    const bare = type.slice(type.lastIndexOf('.') + 1);
    const name = luaName(`${bare[0].toUpperCase()}${bare.slice(1)}OrError`);
    orErrors.set(name, type);
    return name;
  }

  const literals = (node) => (ts.isUnionTypeNode(node) ? node.types : [node]).map((each) => each.getText());

  /** The literals of `Union["key"]`. */
  function indexed(node) {
    const key = node.indexType.literal.text;
    const { types: members } = byName.get(node.objectType.getText()).type;
    return members.map((each) => each.members.find((member) => member.name.text === key).type).flatMap(literals).join('|');
  }

  function reference(node, names) {
    const name = node.typeName.getText();
    if (names.has(name)) {
      return names.get(name);
    }
    const values = (node.typeArguments ?? []).map((each) => typeOf(each, names));
    if (WRAPPERS.has(name)) {
      return values[0];
    }
    if (name === 'Record') {
      return `table<${values.join(', ')}>`;
    }
    if (byName.has(name) || written.includes(name)) {
      return luaName(name);
    }
    throw new Error(`the annotations do not know the type ${node.getText()}`);
  }

  function union(node, names) {
    const parts = node.types.map((each) => typeOf(each, names));
    const error = luaName('RealtimeError');
    return parts.includes(error) ? orError(parts.filter((each) => each !== error).join('|')) : parts.join('|');
  }

  /** The parameters of `(...answer: [ok: true, …] | [ok: false, …])`, position by position. */
  function answers(node, names) {
    const tuples = node.types.map(({ elements }) => elements);
    const parameters = tuples[0].map((element, position) => {
      const both = tuples.map((elements) => elements[position]);
      const title = [...new Set(both.map((each) => each.name.text))].map((each, index) => (index === 0 ? each : `Or${each[0].toUpperCase()}${each.slice(1)}`)).join('');
      const parts = [...new Set(both.map((each) => each.type).filter((each) => each.kind !== ts.SyntaxKind.UndefinedKeyword).map((each) => typeOf(each, names)))];
      const error = luaName('RealtimeError');
      const isChoice = parts.length > 1 && parts.includes(error);
      const type = isChoice ? orError(parts.filter((each) => each !== error).join('|')) : parts.join('|').replace('true|false', 'boolean');
      return `${title}: ${type}`;
    });
    return `fun(${parameters.join(', ')})`;
  }

  function callback(node, names) {
    const rest = node.parameters.find((each) => each.dotDotDotToken !== undefined);
    if (rest !== undefined) {
      // Otherwise a function with any parameters, of which nothing is known.
      return ts.isUnionTypeNode(rest.type) ? answers(rest.type, names) : 'function';
    }
    return `fun(${node.parameters.map((each) => `${each.name.text}: ${typeOf(each.type, names)}`).join(', ')})`;
  }

  /** A type as LuaLS writes it. `names`: what the type parameters stand for. */
  function typeOf(node, names = new Map()) {
    if (ts.isUnionTypeNode(node)) {
      return union(node, names);
    }
    if (ts.isArrayTypeNode(node)) {
      return `${typeOf(node.elementType, names)}[]`;
    }
    if (ts.isTypeOperatorNode(node)) {
      return node.operator === ts.SyntaxKind.KeyOfKeyword
        ? byName.get(node.type.getText()).members.map((member) => JSON.stringify(member.name.text)).join('|')
        : typeOf(node.type, names);
    }
    if (ts.isIndexedAccessTypeNode(node)) {
      return indexed(node);
    }
    if (ts.isLiteralTypeNode(node)) {
      return node.getText();
    }
    if (ts.isFunctionTypeNode(node)) {
      return callback(node, names);
    }
    if (ts.isTypeReferenceNode(node)) {
      return reference(node, names);
    }
    if (KEYWORDS.has(node.getText())) {
      return node.getText();
    }
    throw new Error(`the annotations cannot write the type ${node.getText()}`);
  }

  return { typeOf, orError, orErrors };
}
