// The faults of tests/support/host_faults.mjs, a few rounds each. `npm run test:faults` goes through many. Not under Wine: they are
// about time.
import { test } from 'node:test';
import { platform } from '../../../scripts/platforms/platform.mjs';
import { HOST_FAULTS, runHostFault } from '../../support/host_faults.mjs';
import { hasRedis } from '../../support/redis.mjs';

const ROUNDS = 2;
const skip = !hasRedis() && 'redis-server is not installed';
const isOwnSystem = platform.launcher.length === 0;

for (const fault of platform.isWindows ? [] : HOST_FAULTS.filter(({ ownSystem }) => isOwnSystem || ownSystem !== true)) {
  test(fault.name, { skip }, async (t) => {
    await runHostFault(t, fault, ROUNDS);
  });
}
