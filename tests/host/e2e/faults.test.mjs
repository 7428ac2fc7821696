// The faults of tests/support/host_faults.mjs, a few rounds each. `npm run test:faults` goes through many. On this machine's own
// builds only: they are about time, and a clock that jumps is put before this system's.
import { test } from 'node:test';
import { platform } from '../../../scripts/platforms/platform.mjs';
import { HOST_FAULTS, runHostFault } from '../../support/host_faults.mjs';
import { hasRedis } from '../../support/redis.mjs';

const ROUNDS = 2;
const skip = !hasRedis() && 'redis-server is not installed';

for (const fault of platform.name === 'native' || platform.isWatched ? HOST_FAULTS : []) {
  test(fault.name, { skip }, async (t) => {
    await runHostFault(t, fault, ROUNDS);
  });
}
