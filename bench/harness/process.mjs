// What a process uses, seen from outside.
import { readdirSync, readFileSync } from 'node:fs';

const NANOSECONDS = 1e9;
const KIB = 1024;

/** Processor seconds of all threads that the process has now. The scheduler's own account, to the nanosecond. */
export function processorSeconds(pid) {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => {
    const [running] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ');
    return sum + Number(running) / NANOSECONDS;
  }, 0);
}

/** Bytes: resident, and the process' own share of them. */
export function memory(pid) {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const bytes = (key) => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text)[1]) * KIB;
  return { rss: bytes('Rss'), pss: bytes('Pss') };
}
