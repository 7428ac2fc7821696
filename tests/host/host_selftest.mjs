// Self-test of the headless server: each test boots gmod-host with a garrysmod folder of its own in a temporary
// directory and looks at exit code and output. GMOD_HOST names the executable; its test modules lie beside it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const binary = path.resolve(process.env.GMOD_HOST ?? path.join(here, '../../build/native/host/gmod-host'));
const modules = path.join(path.dirname(binary), 'selftest');
const moduleSuffix = existsSync(path.join(modules, 'gmsv_hosttest_linux64.dll')) ? 'linux64' : 'linux';
const limitMs = 30_000;

for (const needed of [binary, path.join(modules, `gmsv_hosttest_${moduleSuffix}.dll`)]) {
    if (!existsSync(needed)) {
        throw new Error(`${needed} is missing: build the native part first, or name the executable with GMOD_HOST`);
    }
}

const root = mkdtempSync(path.join(tmpdir(), 'gmod-host-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

/** A new garrysmod folder with these files (path → text) and these test modules. */
function garrysmod({ files = {}, binaries = [] } = {}) {
    const directory = path.join(root, String(++folders), 'garrysmod');
    mkdirSync(path.join(directory, 'lua', 'bin'), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
        writeFileSync(path.join(directory, name), text);
    }
    for (const name of binaries) {
        const fileName = `gmsv_${name}_${moduleSuffix}.dll`;
        copyFileSync(path.join(modules, fileName), path.join(directory, 'lua', 'bin', fileName));
    }
    return directory;
}

/** Runs gmod-host to its end. */
function host(args) {
    const result = spawnSync(binary, args, { encoding: 'utf8', timeout: limitMs, killSignal: 'SIGKILL' });
    assert.equal(result.error, undefined, `gmod-host ${args.join(' ')}: ${result.error}`);
    return { code: result.status, signal: result.signal, out: result.stdout, err: result.stderr };
}

function boot(directory, scripts, args = [], rest = []) {
    const named = scripts.flatMap((name) => ['--script', path.join(here, 'lua', name)]);
    return host(['--garrysmod', directory, ...named, '--seconds', '20', ...args, '--', ...rest]);
}

/** Boots with one script of code. */
function bootCode(directory, code, args = []) {
    const file = path.join(path.dirname(directory), 'script.lua');
    writeFileSync(file, code);
    return host(['--garrysmod', directory, '--script', file, '--seconds', '20', ...args]);
}

/** A self-test script ended well: exit code 0 and its last word. */
function assertDone(result) {
    assert.equal(result.code, 0, `${result.out}\n${result.err}`);
    assert.match(result.out, /^done$/m);
}

function scriptTest(name, script, { files = {}, binaries = [], args = [], rest = [], quiet = true } = {}) {
    test(name, () => {
        const result = boot(garrysmod({ files, binaries }), [script], ['--tickrate', '300', ...args], rest);
        assertDone(result);
        if (quiet) {
            assert.equal(result.err, '');
            assert.equal(result.out, 'done\n');
        }
    });
}

scriptTest('environment: globals, libraries, clocks', 'environment.lua', {
    args: ['--map', 'gm_selftest', '--tickrate=100'],
    rest: ['one', '--two'],
});
scriptTest('ILuaBase: every function, as a binary module meets it', 'lua_base.lua', {
    binaries: ['hosttest'],
    quiet: false,
});
scriptTest('states: coroutines have their own, which go with them', 'states.lua', {
    binaries: ['hosttest'],
    quiet: false,
});
scriptTest('hooks', 'hooks.lua', { quiet: false });
scriptTest('timers', 'timers.lua', { quiet: false });
scriptTest('hibernation', 'hibernation.lua');
scriptTest('files', 'files.lua', {
    files: {
        '../outside.txt': 'secret',
        '.env': 'REDIS_PORT=1\n',
        'marker.txt': 'in garrysmod',
        'lua/included.lua': '',
        'addons/one/marker.txt': 'in addon',
        'addons/one/addon.txt': 'in addon',
        'addons/one/lua/only.lua': '-- only',
    },
});
scriptTest('vectors and angles', 'vectors.lua');
scriptTest("the game's Lua dialect", 'dialect.lua');
scriptTest('console variables, commands, game events', 'console.lua', {
    files: {
        'addons/a/lua/includes/modules/selftest_module.lua':
            'local tostring = tostring\nmodule("selftest_module")\nfunction Answer() return 42 end\n',
    },
    quiet: false,
});

test('--leave-state: what a module meets when nothing restores the state', () => {
    const directory = garrysmod({ binaries: ['hosttest'] });
    const restored = boot(directory, ['states.lua']);
    assert.match(restored.out, /^around\t2\t2$/m);
    const left = boot(directory, ['states.lua'], ['--leave-state'], ['leave']);
    assert.match(left.out, /^around\t2\t[^2]/m);
});

test('map change: ShutDown, close in the live state, unload, fresh state, everything again', () => {
    const directory = garrysmod({ binaries: ['hosttest'], files: { 'lua/autorun/a.lua': 'print("autorun")' } });
    const result = boot(directory, ['map_change.lua'], ['--tickrate', '200']);
    assert.equal(result.code, 7, result.err);
    assert.equal(result.err, '');
    const log = (number, map, next) => [
        `start ${number} ${map} leftover=nil mapped=false`,
        ...(next ? ['asked', 'hook ShutDown', 'gamemode ShutDown', 'close, references=1 global=true'] : []),
    ];
    const lines = result.out.split('\n').filter((line) => line && line !== 'autorun');
    assert.deepEqual(lines.slice(0, -1), [
        ...log(0, 'gm_construct', true),
        ...log(1, 'gm_next0', true),
        ...log(2, 'gm_next1', false),
    ]);
    assert.equal(result.out.match(/^autorun$/gm).length, 3);
});

test('--keep-modules leaves the library mapped', () => {
    const code = `
        print("mapped", host.MapNumber(), host.Mapped("gmsv_hosttest"))
        require("hosttest")
        if host.MapNumber() == 1 then host.Quit() else host.ChangeMap("gm_two") end`;
    const directory = garrysmod({ binaries: ['hosttest'] });
    assert.equal(bootCode(directory, code, ['--keep-modules']).out, 'mapped\t0\tfalse\nmapped\t1\ttrue\n');
    assert.equal(bootCode(directory, code).out, 'mapped\t0\tfalse\nmapped\t1\tfalse\n');
});

test('a module that leaves a finalizer behind its unloading is named, not a crash', () => {
    const code = `
        require("hosttest")
        local proxy = newproxy(true)
        getmetatable(proxy).__gc = hosttest.light
        kept = proxy
        host.Quit()`;
    const result = bootCode(garrysmod({ binaries: ['hosttest'] }), code);
    assert.equal(result.code, 70);
    assert.match(result.err, /called after the module was unloaded/);
});

test('an error in gmod13_close is reported and stops nothing', () => {
    const code = 'require("hosttest") hosttest.onClose = function() error("close fails") end host.Quit(3)';
    const result = bootCode(garrysmod({ binaries: ['hosttest'] }), code);
    assert.equal(result.code, 3);
    assert.match(result.err, /^\[host\] hosttest: gmod13_close: .*close fails/m);
});

test('require: binary before Lua, garrysmod before addons, once, nothing returned', () => {
    const directory = garrysmod({
        binaries: ['hosttest'],
        files: {
            'lua/includes/modules/hosttest.lua': 'print("the Lua one of the same name")',
            'lua/includes/modules/both.lua': 'print("both from garrysmod")',
            'addons/a/lua/includes/modules/both.lua': 'print("both from an addon")',
            'addons/a/lua/includes/modules/addon_only.lua': 'print("from the addon") return 5',
        },
    });
    const code = `
        print(select("#", require("hosttest")), type(hosttest))
        local first = hosttest
        require("hosttest")
        print(hosttest == first)
        require("both")
        print(select("#", require("addon_only")))
        require("addon_only")
        print(util.IsBinaryModuleInstalled("hosttest"), util.IsBinaryModuleInstalled("addon_only"))
        host.Quit()`;
    const result = bootCode(directory, code);
    assert.equal(result.err, '');
    assert.equal(
        result.out,
        '0\ttable\ntrue\nboth from garrysmod\nfrom the addon\n0\ntrue\tfalse\n',
    );
});

test('require: what is wrong is said at the caller', () => {
    const directory = garrysmod({
        binaries: ['hostempty'],
        files: {
            [`lua/bin/gmsv_garbage_${moduleSuffix}.dll`]: 'this is no library',
            'lua/includes/modules/broken.lua': 'error("broken module")',
        },
    });
    const code = `
        for _, name in ipairs({ "missing", "garbage", "hostempty", "broken", "broken" }) do
            print((select(2, pcall(function() require(name) end))))
        end
        hosttest_fail_open = true
        print((select(2, pcall(require))))
        host.Quit()`;
    const lines = bootCode(directory, code).out.split('\n');
    assert.match(lines[0], /script\.lua:3: module 'missing' not found$/);
    assert.match(lines[1], /script\.lua:3: Couldn't load module 'garbage': .*gmsv_garbage_.*\.dll: .+/);
    assert.match(lines[2], /Couldn't load module 'hostempty': .*no function gmod13_open$/);
    assert.match(lines[3], /broken\.lua:1: broken module$/);
    assert.equal(lines[4], lines[3]);
    assert.match(lines[5], /bad argument #1 to 'require' \(string expected, got nil\)$/);
});

test('require: an open that raises can be tried again', () => {
    const code = `
        hosttest_fail_open = true
        print((select(2, pcall(require, "hosttest"))))
        hosttest_fail_open = nil
        require("hosttest")
        print(type(hosttest))
        host.Quit()`;
    const result = bootCode(garrysmod({ binaries: ['hosttest'] }), code);
    assert.match(result.out, /open was told to fail\ntable\n$/);
    assert.equal(result.code, 0);
});

test('include: relative to the file, then to lua/; an error passes through', () => {
    const directory = garrysmod({
        files: {
            'addons/a/lua/autorun/main.lua': `
                print(include("sub/one.lua"), include("top.lua"), include("autorun/sub/one.lua"))
                print((select(2, pcall(include, "nowhere.lua"))))
                function Later()
                    local value = include("sub/one.lua")
                    return value
                end`,
            'addons/a/lua/autorun/sub/one.lua': 'return include("two.lua") .. include("../sub/two.lua")',
            'addons/a/lua/autorun/sub/two.lua': 'return "two"',
            'lua/top.lua': 'return "top"',
        },
    });
    const result = bootCode(directory, 'print(Later()) AddCSLuaFile() host.Quit()');
    assert.equal(result.err, '');
    assert.equal(
        result.out,
        "twotwo\ttop\ttwotwo\nCouldn't include file 'nowhere.lua' - File not found\ntwotwo\n",
    );
});

test("boot order: autorun of garrysmod, then of each addon, then the gamemode's hooks, then scripts", () => {
    const says = (text) => `print("${text}")`;
    const directory = garrysmod({
        files: {
            'lua/autorun/b.lua': says('b'),
            'lua/autorun/a.lua': `${says('a')} hook.Add("Initialize", "x", function() print("Initialize") end)
                hook.Add("InitPostEntity", "x", function() print("InitPostEntity") end)`,
            'lua/autorun/c.lua': 'error("c is broken")',
            'lua/autorun/server/s.lua': says('s'),
            'lua/autorun/client/no.lua': says('client'),
            'lua/autorun/notes.txt': says('text'),
            'addons/z/lua/autorun/z.lua': says('z'),
            'addons/m/lua/autorun/m.lua': says('m'),
            'addons/m/lua/autorun/server/ms.lua': says('ms'),
        },
    });
    const result = bootCode(directory, 'print("script", GM == GAMEMODE) host.Quit()');
    assert.equal(result.out, 'a\nb\nm\nz\ns\nms\nInitialize\nInitPostEntity\nscript\ttrue\n');
    assert.match(result.err, /\[ERROR\] lua\/autorun\/c\.lua:1: c is broken\n {2}1\. error - \[C\]:-1\n {3}2\. unknown - lua\/autorun\/c\.lua:1\n/);
    assert.equal(result.code, 0);
});

test("the folder's own includes/init.lua and modules win over the host's", () => {
    const own = garrysmod({
        files: { 'lua/includes/init.lua': 'print("own init") require("hook") require("concommand")' },
    });
    const result = bootCode(own, 'print(string.Explode, type(hook.Add)) host.Quit()');
    assert.equal(result.out, 'own init\nnil\tfunction\n');

    const hooked = garrysmod({
        files: {
            'lua/includes/modules/hook.lua': 'hook = { Run = function(name) if name == "Initialize" then print("own hook") end end }',
        },
    });
    assert.equal(bootCode(hooked, 'host.Quit()').out, 'own hook\n');
});

test('auto-refresh runs the file again in the same state', () => {
    const directory = garrysmod({
        files: {
            'addons/a/lua/autorun/server/counter.lua': 'runs = (runs or 0) + 1 print("run", runs)',
            'addons/a/lua/broken.lua': 'error("refresh fails")',
        },
    });
    const result = bootCode(
        directory,
        `print(host.Refresh("autorun/server/counter.lua"), host.Refresh("none.lua"), host.Refresh("broken.lua")) host.Quit()`,
    );
    assert.equal(result.out, 'run\t1\nrun\t2\ntrue\tfalse\tfalse\n');
    assert.match(result.err, /\[ERROR\] addons\/a\/lua\/broken\.lua:1: refresh fails/);
});

test('a failing script: the server goes on, exit code 1', () => {
    const result = boot(garrysmod(), ['failing_script.lua']);
    assert.equal(result.code, 1);
    assert.equal(result.out, 'still running\n');
    assert.match(
        result.err,
        /\n\[ERROR\] \S*failing_script\.lua:8: the script fails\n {2}1\. error - \[C\]:-1\n {3}2\. inner - \S*failing_script\.lua:8\n {4}3\. unknown - \S*failing_script\.lua:10\n\n$/,
    );
});

test('a script that is no Lua: its line, exit code 1', () => {
    const result = bootCode(garrysmod(), 'host.Quit()\nlocal = 1', ['--seconds', '0.1']);
    assert.equal(result.code, 1);
    assert.match(result.err, /\[ERROR\] \S*script\.lua:2: '?<name>'? expected near '='/);
});

test('the console: print, Msg, PrintTable, errors with and without a stack', () => {
    const result = boot(garrysmod(), ['errors.lua']);
    assert.equal(result.out, 'a\tnil\t1.5\ttrue\nx1y\nred\na\t=\t1\nb:\n\t1\t=\t2\n');
    const parts = result.err.split('\n\n').map((part) => part.trim().replace(/\S*\/lua\//g, ''));
    assert.deepEqual(parts[0].split('\n').map((line) => line.trim()), [
        '[ERROR] errors.lua:3: with stack',
        '1. reporter - errors.lua:3',
        '2. unknown - errors.lua:7',
    ]);
    assert.equal(parts[1], '[ERROR] errors.lua:8: without stack');
    assert.match(parts[2], /^\[ERROR\] table: 0x\w+\n {2}1\. error - \[C\]:-1\n {3}2\. deep - errors\.lua:15/);
    assert.match(parts[3], /^\[ERROR\] errors\.lua:18: attempt to index local 'nothing' \(a nil value\)\n {2}1\. unknown - errors\.lua:18$/);
    assert.match(parts[4], /^\[ERROR\] (error in error handling|.*stack overflow)/);
});

test('frames keep their rhythm', () => {
    const result = bootCode(
        garrysmod(),
        `local began
        hook.Add("Think", "t", function()
            began = began or SysTime()
            if SysTime() - began >= 1 then
                local stats = host.FrameStats()
                print(stats.frames, stats.maxFrameMs >= stats.frameMs / stats.frames, stats.thinkMs <= stats.frameMs)
                host.Quit()
            end
        end)`,
        ['--tickrate', '100'],
    );
    const [frames, ...orders] = result.out.trim().split('\t');
    assert.ok(Number(frames) >= 90 && Number(frames) <= 102, `${frames} frames in a second at 100`);
    assert.deepEqual(orders, ['true', 'true']);
});

test('a long frame is one overrun, the rhythm stays', () => {
    const result = bootCode(
        garrysmod(),
        `local frame, starts, overruns = 0, {}
        hook.Add("Think", "t", function()
            frame = frame + 1
            starts[frame] = SysTime()
            if frame == 3 then
                overruns = host.FrameStats().overruns
                while SysTime() < starts[3] + 0.17 do end
            elseif frame == 5 then
                print(host.FrameStats().overruns - overruns, math.Round((starts[5] - starts[3]) / 0.05))
                host.Quit()
            end
        end)`,
        ['--tickrate', '20'],
    );
    assert.equal(result.out, '1\t4\n');
});

test('tickrate 0 runs as fast as possible', () => {
    // Thirty seconds of the server's time are two thousand frames of the usual rate.
    const result = bootCode(
        garrysmod(),
        `local began = SysTime()
        timer.Simple(30, function() print(host.FrameStats().frames, SysTime() - began) host.Quit() end)`,
        ['--tickrate', '0'],
    );
    const [frames, seconds] = result.out.trim().split('\t').map(Number);
    assert.ok(frames >= 1999 && frames <= 2002, `${frames} frames`);
    assert.ok(seconds < 3, `${seconds} s`);
});

test('--seconds ends the server in order', () => {
    const began = process.hrtime.bigint();
    const result = bootCode(garrysmod(), 'function GM:ShutDown() print("ShutDown") end', ['--seconds', '0.3']);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    assert.equal(result.code, 0);
    assert.equal(result.out, 'ShutDown\n');
    assert.ok(seconds >= 0.3 && seconds < 3, `${seconds} s`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
    test(`${signal} ends the server in order`, async () => {
        const directory = garrysmod({ binaries: ['hosttest'] });
        const file = path.join(path.dirname(directory), 'script.lua');
        writeFileSync(
            file,
            `require("hosttest")
            hosttest.onClose = function() print("closed") end
            function GM:ShutDown() print("ShutDown") end
            timer.Simple(0, function() print("ready") end)`,
        );
        const child = spawn(binary, ['--garrysmod', directory, '--script', file, '--seconds', '20']);
        let out = '';
        child.stdout.on('data', (chunk) => {
            out += chunk;
            if (String(chunk).includes('ready')) child.kill(signal);
        });
        const code = await new Promise((resolve) => child.on('close', resolve));
        assert.equal(code, 0);
        assert.equal(out, 'ready\nShutDown\nclosed\n');
    });
}

test('the command line: one clear line and exit code 2', () => {
    const directory = garrysmod();
    const cases = [
        [[], /^gmod-host: --garrysmod DIR is missing \(see --help\)\n$/],
        [['--garrysmod'], /^gmod-host: --garrysmod needs a value\n$/],
        [['--garrysmod', '/no/such/dir'], /^gmod-host: --garrysmod: there is no directory '\/no\/such\/dir'\n$/],
        [['--garrysmod', directory, '--frob'], /^gmod-host: unknown option '--frob' \(see --help\)\n$/],
        [['--garrysmod', directory, 'extra'], /^gmod-host: unknown option 'extra'/],
        [['--garrysmod', directory, '--tickrate', 'fast'], /^gmod-host: --tickrate needs a number of at least 0, not 'fast'\n$/],
        [['--garrysmod', directory, '--seconds', '-1'], /^gmod-host: --seconds needs a number of at least 0, not '-1'\n$/],
        [['--garrysmod', directory, '--tickrate', 'inf'], /not 'inf'\n$/],
        [['--garrysmod', directory, '--script', 'no.lua'], /^gmod-host: --script: there is no file 'no\.lua'\n$/],
        [['--garrysmod', directory, '--runtime', directory], /^gmod-host: --runtime: there is no engine\/boot\.lua in/],
        [['--garrysmod', directory, '--keep-modules=1'], /^gmod-host: unknown option '--keep-modules=1'/],
    ];
    for (const [args, expected] of cases) {
        const result = host(args);
        assert.equal(result.code, 2, args.join(' '));
        assert.match(result.err, expected);
        assert.equal(result.out, '');
    }
    const help = host(['--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /--garrysmod DIR/);
});
