// Private redis-servers for tests; see scripts/private-redis.mjs.
export { freePort, hasRedis, startRedis } from '../../scripts/private-redis.mjs';
