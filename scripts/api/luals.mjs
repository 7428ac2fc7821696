// annotations/realtime.lua: the same surface for lua-language-server.

const luaName = (name) => `realtime.${name}`;

export function writeAnnotations({ events, types, members, docOf, ts }) {
  const known = new Set(types.map((node) => node.name.text));

  /** A type of the sources as LuaLS writes it. */
  function typeOf(node) {
    if (node === undefined) {
      return 'any';
    }
    if (ts.isUnionTypeNode(node)) {
      return node.types.map(typeOf).join('|');
    }
    if (ts.isArrayTypeNode(node)) {
      return `${typeOf(node.elementType)}[]`;
    }
    if (ts.isTypeOperatorNode(node)) {
      return typeOf(node.type);
    }
    if (ts.isParenthesizedTypeNode(node)) {
      return `(${typeOf(node.type)})`;
    }
    if (ts.isLiteralTypeNode(node)) {
      return node.getText();
    }
    if (ts.isFunctionTypeNode(node)) {
      const parameters = node.parameters.map((each) => {
        const rest = each.dotDotDotToken === undefined ? '' : '...';
        return rest === '' ? `${each.name.text}${each.questionToken ? '?' : ''}: ${typeOf(each.type)}` : '...: any';
      });
      return `fun(${parameters.join(', ')})`;
    }
    if (ts.isTypeReferenceNode(node)) {
      const name = node.typeName.getText();
      return known.has(name) ? luaName(name) : 'any';
    }
    if (ts.isMappedTypeNode(node)) {
      return `table<string, ${typeOf(node.type)}>`;
    }
    const keyword = { string: 'string', number: 'number', boolean: 'boolean', undefined: 'nil' };
    return keyword[node.getText()] ?? 'any';
  }

  const comment = (text) => (text === '' ? [] : [`---${text}`]);

  function typeLines(node) {
    const { text } = docOf(node);
    const name = luaName(node.name.text);
    if (ts.isInterfaceDeclaration(node)) {
      return [
        ...comment(text),
        `---@class ${name}`,
        ...node.members.map((each) => {
          const optional = each.questionToken === undefined ? '' : '?';
          const note = docOf(each).text;
          return `---@field ${each.name.text}${optional} ${typeOf(each.type)}${note === '' ? '' : ` ${note}`}`;
        }),
      ];
    }
    return [...comment(text), `---@alias ${name} ${typeOf(node.type)}`];
  }

  /** What a definition's kind is in Lua. */
  function kindOf(kind) {
    switch (kind.type) {
      case 'steamId64':
        return 'string';
      case 'team':
        return 'string|number';
      case 'vector':
        return 'Vector';
      case 'enum':
        return kind.values.map((value) => JSON.stringify(value)).join('|');
      case 'array':
        return `(${kindOf(kind.items)})[]`;
      case 'object':
        return `{ ${kind.fields.map((field) => `${field.name}${field.optional ? '?' : ''}: ${kindOf(field)}`).join(', ')} }`;
      case 'json':
        return 'any';
      default:
        return kind.type;
    }
  }

  const RESULT = ['---@return boolean ok', '---@return realtime.RealtimeError? err'];

  /** The @return lines of a method. */
  function returnLines(node) {
    const type = node.type;
    if (!ts.isTypeReferenceNode(type) || type.typeName.getText() !== 'Result') {
      return type.getText() === 'void' ? [] : [`---@return ${typeOf(type)}`];
    }
    const [value] = type.typeArguments;
    return value.getText() === 'undefined'
      ? RESULT
      : ['---@return boolean ok', `---@return ${typeOf(value)}|realtime.RealtimeError value the value, or why not`];
  }

  const signature = (node) =>
    `fun(${node.parameters.map((each) => `${each.name.text}${each.questionToken ? '?' : ''}: ${typeOf(each.type)}`).join(', ')})`;
  const resultOf = (node) => returnLines(node).map((line) => line.replace('---@return ', '').split(' ')[0]).join(', ');

  function eventLines(event) {
    return [
      `---@class ${luaName(event.name)}Data`,
      ...event.fields.map((field) => `---@field ${field.name}${field.optional ? '?' : ''} ${kindOf(field)}`),
      '',
      `---@class ${luaName(event.name)}Event: realtime.ReceivedEvent`,
      `---@field name "${event.name}"`,
      `---@field data ${luaName(event.name)}Data`,
      '',
    ];
  }

  function methodLines(name, overloads) {
    const [first, ...others] = overloads;
    const { text, params } = docOf(first);
    const lines = [...comment(text)];
    for (const parameter of first.parameters) {
      const id = parameter.name.text;
      const note = params[id] === undefined ? '' : ` ${params[id]}`;
      const type = name === 'On' && id === 'name' ? 'string' : typeOf(parameter.type);
      lines.push(`---@param ${id}${parameter.questionToken ? '?' : ''} ${type}${note}`);
    }
    lines.push(...returnLines(first));
    for (const other of others) {
      lines.push(`---@overload ${signature(other)}: ${resultOf(other)}`);
    }
    const value = 'boolean, realtime.Subscription|realtime.RealtimeError';
    for (const event of name === 'On' ? events : []) {
      lines.push(`---@overload fun(name: "${event.name}", callback: fun(event: ${luaName(event.name)}Event)): ${value}`);
    }
    for (const event of name === 'Emit' ? events : []) {
      lines.push(`---@overload fun(name: "${event.name}", data: ${luaName(event.name)}Data): boolean, realtime.RealtimeError?`);
    }
    return [...lines, `function realtime.${name}(${first.parameters.map((each) => each.name.text).join(', ')}) end`, ''];
  }

  function publishLines(event) {
    return [
      ...comment(`${event.doc} Published on \`${event.channel}\`.`),
      ...event.fields.map((field) => `---@param ${field.name}${field.optional ? '?' : ''} ${kindOf(field)}`),
      ...RESULT,
      `function realtime.${event.name}(${event.fields.map((field) => field.name).join(', ')}) end`,
      '',
    ];
  }

  const lines = [
    '---@meta realtime',
    '-- Generated from src/ by scripts/generate-api.mjs. Change the source, not this file.',
    '-- For lua-language-server: add this folder to workspace.library. The game never loads it.',
    '',
    ...types.flatMap((node) => [...typeLines(node), '']),
    ...events.flatMap(eventLines),
    '---The addon, after `require("realtime")`. A wrong argument type raises at the caller\'s line; everything else answers',
    '---`true`, or `false` and a realtime.RealtimeError.',
    'realtime = {}',
    '',
  ];
  const seen = new Set();
  for (const { kind, name, node, doc } of members) {
    if (seen.has(name)) {
      continue;
    }
    seen.add(name);
    if (kind === 'value') {
      lines.push(...comment(doc.text), `---@type ${typeOf(node.type)}`, `realtime.${name} = nil`, '');
    } else if (kind === 'publish') {
      lines.push(...publishLines(events.find((event) => event.name === name)));
    } else {
      lines.push(...methodLines(name, members.filter((each) => each.name === name).map((each) => each.node)));
    }
  }
  return `${lines.join('\n').trimEnd()}\n`;
}
