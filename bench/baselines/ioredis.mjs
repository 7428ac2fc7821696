// ioredis as a subscriber that only counts; same protocol as raw_subscriber.cpp. Messages are handed over as buffers, which is
// faster than strings.
import { Redis } from 'ioredis';
import { counter, mark } from './counting.mjs';

const { host, port, channel, count } = counter();
const subscriber = new Redis({ host, port });
const publisher = new Redis({ host, port });
const acknowledge = () => publisher.publish('bench:ack', 'batch');
subscriber.on('messageBuffer', () => count(acknowledge));
await subscriber.subscribe(channel);
mark('ready');
