// ioredis as a subscriber that only counts; same protocol as raw_subscriber.cpp. Messages are strings, as they come by default,
// or buffers (an eighth argument), which costs less.
import { Redis } from 'ioredis';
import { counter, mark } from './counting.mjs';

const { host, port, channel, count, asBuffers } = counter();
const subscriber = new Redis({ host, port });
const publisher = new Redis({ host, port });
const acknowledge = () => publisher.publish('bench:ack', 'batch');
subscriber.on(asBuffers ? 'messageBuffer' : 'message', () => count(acknowledge));
await subscriber.subscribe(channel);
mark('ready');
