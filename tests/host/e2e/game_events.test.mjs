// realtime.PublishGameEvents: each hook of the base game, TTT and DarkRP becomes its event, and gets no answer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startHost } from '../../support/host.mjs';

const BASE = [
  'player:initialspawn {"player_name":"Alice","steam_id":"76561198000000001"}',
  'player:initialspawn {"player_name":"Bot","steam_id":"0"}',
  'player:spawn {"player_name":"Alice","team":"Red","pos":{"x":1,"y":2,"z":3}}',
  'player:death {"victim_name":"Alice","attacker_name":"Bob","weapon":"world"}',
  'player:death {"victim_name":"Bob","attacker_name":"Alice","weapon":"weapon_crowbar"}',
  'player:death {"victim_name":"Alice","attacker_name":"npc_zombie","weapon":"rpg_missile"}',
  'player:death {"victim_name":"Alice","attacker_name":"world","weapon":"world"}',
  'player:death {"victim_name":"Bob","attacker_name":"world","weapon":"world"}',
  'player:damage {"victim_name":"Alice","damage":12.5,"attacker_name":"Bob"}',
  'player:hurt {"victim_name":"Alice","attacker_name":"Bob","health_left":87.5,"damage":12.5}',
  'player:hurt {"victim_name":"Alice","attacker_name":"world","health_left":80,"damage":7.5}',
  'player:team {"player_name":"Alice","old_team":"Red","new_team":"Blue"}',
  'npc:killed {"npc":"npc_zombie","attacker_name":"Alice","weapon":"rpg_missile"}',
  'map:change {"map":"gm_construct"}',
];
const GAME_EVENTS = [
  'player:connect {"player_name":"Al\\"ice\\u0000","steam_id":"76561197960312641"}',
  'player:disconnect {"player_name":"Bot","steam_id":"0","reason":"Kicked"}',
  'chat:message {"player_name":"Alice","message":"hi"}',
];
const CHAT = [
  'chat:message {"player_name":"Console","message":"from the console"}',
  'chat:message {"player_name":"unknown","message":"and gone"}',
];
const SHUTDOWN = 'server:shutdown {"map":"gm_construct"}';
const LAST = 'player:death {"victim_name":"Alice","attacker_name":"world","weapon":"world"}';
const TTT = [
  'round:prepare {"gamemode":"terrortown","map":"gm_construct"}',
  'round:start {"gamemode":"terrortown","map":"gm_construct"}',
  'round:end {"winner_team":"none","score":0}',
  'round:end {"winner_team":"traitors","score":1}',
  'round:end {"winner_team":"innocents","score":1}',
  'round:end {"winner_team":"innocents","score":1}',
];
const DARKRP = [
  'darkrp:arrested {"player_name":"Bob","seconds":120,"actor_name":"world"}',
  'darkrp:wanted {"player_name":"Bob","actor_name":"world","reason":"theft"}',
  'darkrp:salary {"player_name":"Bob","amount":45}',
  'darkrp:wallet {"player_name":"Bob","amount":-45,"wallet":100}',
  'player:team {"player_name":"Bob","old_team":"Red","new_team":9}',
];
const isTeamChange = (line) => line.startsWith('player:team');

for (const [gamemode, expected] of [
  ['base', BASE],
  ['terrortown', [...BASE, ...TTT]],
  ['darkrp', [...BASE.filter((line) => !isTeamChange(line)), ...DARKRP]],
]) {
  test(`the hooks of ${gamemode}`, async (t) => {
    const options = { settings: { REALTIME_BACKEND: 'memory' }, words: [gamemode], seconds: 10 };
    const run = await startHost(t, 'game_events.lua', options).ended;
    assert.equal(run.code, 0, run.output);
    assert.deepEqual(run.all('broken'), [], run.output);
    const events = run.all('event').map((words) => words.join(' '));
    assert.deepEqual(events.slice(0, 3).sort(), [...GAME_EVENTS].sort());
    assert.deepEqual(events.slice(3), [...CHAT, ...expected, SHUTDOWN, LAST]);
    // The one hook that was handed nothing.
    assert.deepEqual(run.last('errors'), ['1'], run.output);
    const said = run.lines.filter((line) => line.includes('was not published'));
    assert.equal(said.length, gamemode === 'darkrp' ? 1 : 0, run.output);
  });
}
