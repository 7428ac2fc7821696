// ioredis as a subscriber that only counts; same protocol as raw_subscriber.cpp. Messages are strings, as they come by default,
// or buffers (an eighth argument), which costs less.
import { Redis } from 'ioredis';
import { counter, mark } from './counting.mjs';

const { host, port, channel, patterns, count, asBuffers } = counter();
const subscriber = new Redis({ host, port });
const publisher = new Redis({ host, port });
const acknowledge = () => publisher.publish('bench:ack', 'batch');
const event = patterns === undefined ? 'message' : 'pmessage';
subscriber.on(asBuffers ? `${event}Buffer` : event, () => count(acknowledge));
await (patterns === undefined ? subscriber.subscribe(channel) : subscriber.psubscribe(...patterns));
mark('ready');
