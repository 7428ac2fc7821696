// Assertions of how long something took, for the build that ships: a sanitizer makes everything many times as slow.
import assert from 'node:assert/strict';
import { platform } from '../../scripts/platforms/platform.mjs';

/** That no more than `most` was measured, in whatever unit; under a watcher more is only told, by the test `t`. */
export function assertTook(t, measured, most, message) {
  if (!platform.isWatched) {
    assert.ok(measured <= most, message);
  } else if (!(measured <= most)) {
    t.diagnostic(message);
  }
}
