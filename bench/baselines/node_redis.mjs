// node-redis as a subscriber that only counts; same protocol as raw_subscriber.cpp. Messages are handed over as buffers, which
// is faster than strings.
import { createClient } from 'redis';
import { counter, mark } from './counting.mjs';

const { host, port, channel, count } = counter();
const open = async () => createClient({ socket: { host, port } }).connect();
const subscriber = await open();
const publisher = await open();
const acknowledge = () => publisher.publish('bench:ack', 'batch');
await subscriber.subscribe(channel, () => count(acknowledge), true);
mark('ready');
