// The platforms: what the game calls their binaries, where ours are built, and how a program for one is run here.
// Without REALTIME_PLATFORM it is this machine's own build (`native`, 64-bit Linux); `asan` is the same under the sanitizers.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const inTree = join(root, 'scripts/platforms/in-tree.sh');

/** Wine with a folder of its own for each platform: what it says of itself is turned off, and so is what asks for a window. */
const wineSettings = (name) => ({
  WINEPREFIX: join(root, 'build/wine', name),
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree=;mshtml=',
});

/**
 * As CMakeLists.txt has it for the native tests, and two more: a test may put a library of its own before the sanitizer's, and the
 * stack kept for what is used after its function returned is the smallest, because each Lua error goes through all of it.
 */
const SANITIZERS = {
  ASAN_OPTIONS: 'detect_leaks=1:detect_stack_use_after_return=1:check_initialization_order=1:strict_string_checks=1:verify_asan_link_order=0:max_uar_stack_size_log=16',
  LSAN_OPTIONS: 'report_objects=1',
  UBSAN_OPTIONS: 'print_stacktrace=1:halt_on_error=1',
};

const PLATFORMS = {
  native: { suffix: 'linux64', reported: 'linux64', launcher: [] },
  asan: { suffix: 'linux64', reported: 'linux64', isWatched: true, launcher: [], settings: SANITIZERS },
  linux64: { suffix: 'linux64', launcher: [inTree, 'linux64'] },
  linux32: { suffix: 'linux', otherSuffix: 'linux32', launcher: [inTree, 'linux32'] },
  win64: { suffix: 'win64', wine: [] },
  win32: { suffix: 'win32', wine: [inTree, 'wine32'] },
};

const moduleFile = (suffix) => `gmsv_realtime_core_${suffix}.dll`;

/** Those that are shipped: each has a name of its own for itself. */
export const SHIPPED = Object.keys(PLATFORMS).filter((name) => PLATFORMS[name].reported === undefined);

/** @returns all there is to know of a platform; an unknown name is an error */
export function platformNamed(name) {
  const found = PLATFORMS[name];
  if (found === undefined) {
    throw new Error(`there is no platform "${name}"; there are ${Object.keys(PLATFORMS).join(', ')}`);
  }
  const isWindows = found.wine !== undefined;
  const build = join(root, 'build', name);
  return {
    name,
    isWindows,
    build,
    /** As the module names it in PLATFORM. */
    reported: found.reported ?? name,
    /** By sanitizers, which make everything many times as slow: how long something took says nothing. */
    isWatched: found.isWatched ?? false,
    moduleName: moduleFile(found.suffix),
    /** The module that takes the place of the one that ships; undefined where that one is meant. */
    ownModule: found.isWatched ? join(build, moduleFile(found.suffix)) : undefined,
    /** All that the game takes there: it tries a second name on 32-bit Linux. */
    moduleNames: [found.suffix, found.otherSuffix].filter((suffix) => suffix !== undefined).map(moduleFile),
    hostBinary: join(build, 'host', isWindows ? 'gmod-host.exe' : 'gmod-host'),
    /** The words before the program's own. */
    launcher: isWindows ? [...found.wine, 'wine'] : found.launcher,
    /** What the environment needs besides. */
    settings: isWindows ? wineSettings(name) : (found.settings ?? {}),
    /** Ends what Wine leaves running behind the programs; undefined where there is nothing of that kind. */
    stop: isWindows ? [...found.wine, 'wineserver', '-k'] : undefined,
  };
}

/** The one that this process is to use. */
export const platform = platformNamed(process.env.REALTIME_PLATFORM ?? 'native');
