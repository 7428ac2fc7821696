// The faults of tests/support/host_faults.mjs, a few rounds each. `npm run test:faults` goes through many.
import { test } from 'node:test';
import { HOST_FAULTS, runHostFault } from '../../support/host_faults.mjs';
import { hasRedis } from '../../support/redis.mjs';

const ROUNDS = 2;
const skip = !hasRedis() && 'redis-server is not installed';

for (const fault of HOST_FAULTS) {
  test(fault.name, { skip }, async (t) => {
    await runHostFault(t, fault, ROUNDS);
  });
}
