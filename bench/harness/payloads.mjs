// What is sent.
export const RAW_BYTES = 120;
export const raw = (bytes = RAW_BYTES) => 'x'.repeat(bytes);

const STAMP = '@'.repeat(20);
/** A raw message that begins with the moment of its sending. */
export const stamped = (bytes = RAW_BYTES) => STAMP.padEnd(bytes, 'x');

const envelope = (type, data) =>
  JSON.stringify({
    specversion: '1.0',
    id: '3f9c2ab7d41e-123456',
    source: '/gmod/27015',
    type,
    time: '2026-11-23T10:15:30.123Z',
    datacontenttype: 'application/json',
    data,
  });

/** A PlayerDeath as another server would publish it; with `bytes` its weapon is as long as that takes. */
export function playerDeath({ victim = 'Alice', bytes } = {}) {
  const make = (weapon) => envelope('gmod.player.death', { victim_name: victim, attacker_name: 'Bob', weapon });
  return bytes === undefined ? make('weapon_crowbar') : make('w'.repeat(bytes - make('').length));
}

/** The event of subscription `*` in bench/lua/subscriptions.lua; the type follows from the channel. */
export const benchEvent = (number) => envelope(`gmod.bench.event.${number}`, { number: 1, text: 'weapon_crowbar' });
