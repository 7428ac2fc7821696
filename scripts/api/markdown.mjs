// The tables of docs/API.md, and the line of SECURITY.md, between marks `<!-- begin NAME -->` and `<!-- end NAME -->`.

const cell = (text) => String(text).replaceAll('|', '\\|');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

function kindText(field, usualBytes) {
  const type = field.type === 'steamId64' ? 'SteamID64 (string of digits)' : field.type;
  const maxBytes = field.type === 'string' || field.type === 'team' ? (field.maxBytes ?? usualBytes) : undefined;
  const limit = maxBytes === undefined ? '' : `, at most ${maxBytes} bytes`;
  return `\`${field.name}\`: ${type}${limit}${field.optional ? ', optional' : ''}`;
}

const text = (docOf, node) => docOf(node).text;

function settingRows({ types, docOf }, source) {
  const options = types.find((node) => node.name.text === 'ConfigOptions');
  return options.members.map((member) => {
    const key = member.name.text;
    const variable = new RegExp(`key: "${key}",\\s*variable: "([A-Z_]+)"|\\("${key}", "([A-Z_]+)"`).exec(source);
    return [`\`${key}\``, `\`${variable?.[1] ?? variable?.[2]}\``, member.type.getText().replace(/^\w+Name$/, 'string'), text(docOf, member)];
  });
}

const eventRow = (event, name, usualBytes) => [
  `\`${name}\``,
  `\`${event.channel}\``,
  event.fields.map((field) => kindText(field, usualBytes)).join('; '),
  event.doc,
];

/** The content of each region, by name. */
export function regions(model, settingsSource) {
  const { events, gameEvents, watchers, contract, usualBytes } = model;
  return {
    events: table(
      ['function', 'channel', 'arguments', 'when'],
      events.map((event) => eventRow(event, `realtime.${event.name}`, usualBytes)),
    ),
    'game events': table(
      ['event', 'channel', 'fields', 'when'],
      gameEvents.map((event) => eventRow(event, event.name, usualBytes)),
    ),
    hooks: table(
      ['option', 'hook', 'event', 'why this one'],
      watchers.map(({ option, hook, isGameEvent, event, why }) => [
        `\`${option}\``,
        `\`${hook}\`${isGameEvent ? ' (game event)' : ''}`,
        `\`${event}\``,
        why,
      ]),
    ),
    errors: contract.errors
      .filter(({ name }) => name !== 'OK')
      .map(({ name, message, remedy }) => `**\`${name}\`** ${message[0].toUpperCase()}${message.slice(1)}. ${remedy}`)
      .join('\n\n'),
    stats: table(
      ['counter', 'what it counts'],
      contract.stats.map(({ name, doc }) => [`\`${name}\``, doc]),
    ),
    settings: table(['Config', 'environment, .env', 'type', 'meaning'], settingRows(model, settingsSource)),
    limits: table(
      ['limit', 'value', 'meaning'],
      Object.entries(contract.limits).map(([name, { value, unit, doc }]) => [`\`${name}\``, `${value} ${unit}`, doc]),
    ),
  };
}

/** The regions of SECURITY.md: a Redis user who may use the events' channels, by their first part, and no others. */
export function securityRegions({ events, gameEvents }) {
  const channels = new Set([...events, ...gameEvents].map(({ channel }) => `&${channel.split(':')[0]}:*`));
  const commands = '+publish +subscribe +psubscribe +unsubscribe +punsubscribe +ping +client|setname +select';
  const line = `ACL SETUSER gmod on >CHANGE-THIS resetkeys resetchannels ${[...channels].join(' ')} -@all ${commands}`;
  return { acl: `\`\`\`\n${line}\n\`\`\`` };
}

/** The document with its regions filled anew. */
export function fill(path, document, content) {
  let result = document;
  for (const [name, body] of Object.entries(content)) {
    const pattern = new RegExp(`(<!-- begin ${name} -->\n)[^]*?(<!-- end ${name} -->)`);
    if (!pattern.test(result)) {
      throw new Error(`${path} has no region ${name}`);
    }
    result = result.replace(pattern, (_, begin, end) => `${begin}${body}\n${end}`);
  }
  return result;
}
