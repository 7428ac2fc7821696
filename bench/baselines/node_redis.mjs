// node-redis as a subscriber that only counts; same protocol as raw_subscriber.cpp. Messages are strings, as they come by default,
// or buffers (an eighth argument), which costs less.
import { createClient } from 'redis';
import { counter, mark } from './counting.mjs';

const { host, port, channel, patterns, count, asBuffers } = counter();
const open = async () => createClient({ socket: { host, port } }).connect();
const subscriber = await open();
const publisher = await open();
const acknowledge = () => publisher.publish('bench:ack', 'batch');
const listener = () => count(acknowledge);
await (patterns === undefined ? subscriber.subscribe(channel, listener, asBuffers) : subscriber.pSubscribe(patterns, listener, asBuffers));
mark('ready');
