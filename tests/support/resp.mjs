// A small Redis client on a plain socket, so that what the tests send and compare are bytes and no client's idea of them.
import { once } from 'node:events';
import { connect } from 'node:net';

const CRLF = Buffer.from('\r\n');

/** One command in the protocol's own form. Strings are UTF-8, buffers are taken as they are. */
export function encodeCommand(...parts) {
  const chunks = [Buffer.from(`*${parts.length}\r\n`)];
  for (const part of parts) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    chunks.push(Buffer.from(`$${bytes.length}\r\n`), bytes, CRLF);
  }
  return Buffer.concat(chunks);
}

/** Reads one reply from offset `at`: [value, next offset], or undefined while bytes are missing. Bulk strings are buffers. */
function readReply(buffer, at) {
  const end = buffer.indexOf(CRLF, at);
  if (end < 0) {
    return undefined;
  }
  const kind = String.fromCharCode(buffer[at]);
  const text = buffer.toString('utf8', at + 1, end);
  const next = end + CRLF.length;
  switch (kind) {
    case '+':
      return [text, next];
    case '-':
      return [new Error(text), next];
    case ':':
      return [Number(text), next];
    case '$': {
      const length = Number(text);
      if (length < 0) {
        return [null, next];
      }
      return buffer.length < next + length + CRLF.length
        ? undefined
        : [Buffer.from(buffer.subarray(next, next + length)), next + length + CRLF.length];
    }
    case '*': {
      const items = [];
      let position = next;
      for (let i = 0; i < Number(text); i++) {
        const item = readReply(buffer, position);
        if (item === undefined) {
          return undefined;
        }
        items.push(item[0]);
        position = item[1];
      }
      return [items, position];
    }
    default:
      throw new Error(`not the Redis protocol: ${JSON.stringify(buffer.toString('latin1', at, end))}`);
  }
}

export class RespClient {
  #socket;
  #rest = Buffer.alloc(0);
  #waiting = [];
  #onMessage;

  /** `redis` has host, port and perhaps password; `onMessage(channel, payload)` gets buffers of subscriptions. */
  static async open(redis, onMessage) {
    const client = new RespClient();
    client.#onMessage = onMessage;
    client.#socket = connect({ host: redis.host, port: redis.port, noDelay: true });
    await once(client.#socket, 'connect');
    client.#socket.on('data', (data) => client.#read(data));
    client.#socket.on('error', () => undefined);
    client.#socket.on('close', () => client.#end());
    if (redis.password !== undefined) {
      await client.send('AUTH', redis.password);
    }
    return client;
  }

  #end() {
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new Error('the connection was closed'));
    }
  }

  #read(data) {
    this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    let at = 0;
    for (;;) {
      const reply = readReply(this.#rest, at);
      if (reply === undefined) {
        break;
      }
      at = reply[1];
      this.#take(reply[0]);
    }
    this.#rest = this.#rest.subarray(at);
  }

  #take(value) {
    if (this.#onMessage !== undefined && Array.isArray(value) && Buffer.isBuffer(value[0])) {
      const kind = value[0].toString();
      if (kind === 'message') {
        this.#onMessage(value[1], value[2]);
        return;
      }
      if (kind === 'pmessage') {
        this.#onMessage(value[2], value[3]);
        return;
      }
    }
    const { resolve, reject } = this.#waiting.shift();
    if (value instanceof Error) {
      reject(value);
    } else {
      resolve(value);
    }
  }

  /** Sends one command and answers its reply. */
  send(...parts) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#socket.write(encodeCommand(...parts));
    });
  }

  /** Writes `bytes`, which hold `count` commands, at once; resolves with the last one's reply. */
  sendAll(bytes, count) {
    return new Promise((resolve, reject) => {
      for (let i = 1; i < count; i++) {
        this.#waiting.push({ resolve: () => undefined, reject });
      }
      this.#waiting.push({ resolve, reject });
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#socket.destroy();
  }
}
