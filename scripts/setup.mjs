/**
 * Brings a fresh machine to where the project's own code can run: packages, the project's own Node, system packages.
 *
 * Runs on whatever Node starts npm (18 or newer), with nothing installed: plain JavaScript, no dependency. Each step that has been done
 * leaves a trace and is not done again. Every line goes to stderr, so that a command's own output stays clean.
 *
 * Errors  Throws SetupError with words for a person and, where there is one, the command that helps.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.ventanilla-stamp');
const IS_WINDOWS = process.platform === 'win32';
/** First Node that runs TypeScript as it is and has what the till uses. */
const NODE_MAJOR_MIN = 22;
const PROGRESS_EVERY_MS = 4_000;

export class SetupError extends Error {}

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */
/** @typedef {Partial<Record<'dependencies' | 'devDependencies', Record<string, string>>>} Manifest */

/** @typedef {typeof PURPOSES[number]} Purpose */

/** tools: packages only · lines: pseudo-terminals too · window: something that can show the till · test: all of it */
export const PURPOSES = /** @type {const} */ (['tools', 'lines', 'window', 'test']);

/** @param {Purpose} purpose @returns {Promise<string>} the Node that runs the project's code */
export async function setUp(purpose) {
  await installPackages();
  const node = await findNode();
  await installSystemPackages(missingSystemPackages(purpose));
  const missing = missingSystemPackages(purpose);
  if (missing.length > 0) throw new SetupError(`Still missing after installation: ${missing.join(', ')}`);
  return node;
}

/** @param {string} line @returns {void} */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

// --- packages ---------------------------------------------------------------------------------------------------------------------------

/** @returns {Promise<void>} */
async function installPackages() {
  const stamp = packagesStamp();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp) return;
  say('Installing the packages of package-lock.json (about a minute the first time)');
  // No package runs code of its own at installation: the native ones bring their binaries with them. Electron's is fetched apart.
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('packages', npm(), ['install', ...flags]);
  writeFileSync(STAMP, stamp);
}

/** Changes with the lock and with the machine, as a folder that was carried to another machine must be installed anew. @returns {string} */
function packagesStamp() {
  const lockText = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
  const wanted = readManifest();
  const locked = /** @type {{ packages: Record<string, Manifest> }} */ (JSON.parse(lockText)).packages[''];
  for (const kind of /** @type {const} */ (['dependencies', 'devDependencies'])) {
    if (JSON.stringify(wanted[kind] ?? {}) === JSON.stringify(locked?.[kind] ?? {})) continue;
    throw new SetupError(
      `package.json and package-lock.json differ in "${kind}".\nRun: npm install --package-lock-only --ignore-scripts`,
    );
  }
  return createHash('sha256').update(`${process.platform} ${process.arch} ${lockText}`).digest('hex');
}

/** @returns {Manifest} */
function readManifest() {
  return /** @type {Manifest} */ (JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')));
}

// --- Node -------------------------------------------------------------------------------------------------------------------------------

/** The project pins Electron's Node major as a package; a machine's own Node serves only where that one cannot be had. @returns {Promise<string>} */
async function findNode() {
  const own = path.join(MODULES, 'node', 'bin', IS_WINDOWS ? 'node.exe' : 'node');
  const wanted = readManifest().devDependencies?.['node'];
  if (versionOf(own) === wanted) return own;
  say(`Fetching Node ${wanted} for the project (45 MB)`);
  const repairs = [
    () => run('Node', npm(), ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error']),
    // What its install script would do, for an npm that runs no install script without being told.
    () => run('Node', process.execPath, ['installArchSpecificPackage.js'], path.join(MODULES, 'node')),
  ];
  for (const repair of repairs) {
    await repair().catch(sayProblem);
    if (versionOf(own) === wanted) return own;
  }
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= NODE_MAJOR_MIN) {
    say(`Node ${wanted} could not be fetched; running on this machine's ${process.versions.node}`);
    return process.execPath;
  }
  throw new SetupError(
    `The project needs Node ${NODE_MAJOR_MIN} or newer; this is ${process.versions.node} and Node ${wanted} could not be fetched.\n` +
      'With a network, run: npm rebuild node --ignore-scripts=false --foreground-scripts',
  );
}

/** @param {unknown} error @returns {void} */
function sayProblem(error) {
  say(`  ${error instanceof Error ? error.message : String(error)}`);
}

/** @param {string} node @returns {string | undefined} */
function versionOf(node) {
  const asked = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return asked.status === 0 ? asked.stdout.trim().replace(/^v/, '') : undefined;
}

// --- system packages --------------------------------------------------------------------------------------------------------------------

const CHROMIUM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
];

/** @param {Purpose} purpose @param {Environment} environment @returns {string[]} names of Debian packages */
export function missingSystemPackages(purpose, environment = process.env) {
  if (process.platform !== 'linux' || purpose === 'tools') return [];
  /** @type {string[]} */
  const missing = [];
  const isTest = purpose === 'test';
  if ((isTest || purpose === 'lines') && !isOnPath('socat', environment)) missing.push('socat');
  if (purpose === 'lines') return missing;
  const hasChromium = environment['VENTANILLA_CHROMIUM']
    ? isExecutable(environment['VENTANILLA_CHROMIUM'])
    : CHROMIUM_NAMES.some((name) => isOnPath(name, environment));
  if (!hasChromium && (isTest || !hasElectron())) missing.push('chromium');
  if (!hasFonts()) missing.push('fonts-liberation');
  if ((isTest || !hasScreen(environment)) && !isOnPath('Xvfb', environment)) missing.push('xvfb');
  if (isTest && !isOnPath('zbarimg', environment)) missing.push('zbar-tools');
  if (isTest && !hasPostgres(environment)) missing.push('postgresql');
  return missing;
}

/** @param {string[]} missing @returns {Promise<void>} */
async function installSystemPackages(missing) {
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !isOnPath('apt-get', process.env)) {
    throw new SetupError(`Missing on this machine: ${missing.join(', ')}.\nRun: sudo ${command}`);
  }
  say(`Installing system packages: ${missing.join(', ')}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // A stale list is no reason to stop: what it names may still be there.
  await run('package lists', 'apt-get', ['update', '-q'], ROOT, environment).catch(sayProblem);
  await run('system packages', 'apt-get', command.split(' ').slice(1), ROOT, environment);
}

/** @param {Environment} environment @returns {boolean} */
function hasScreen(environment) {
  return Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY']);
}

/** Where Electron's package says that its binary is; the binary is optional, so nothing is fetched here. @returns {boolean} */
function hasElectron() {
  const folder = path.join(MODULES, 'electron');
  try {
    return isExecutable(path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8')));
  } catch {
    return false;
  }
}

/** @returns {boolean} */
function hasFonts() {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts'];
  return folders.some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

/** Debian keeps the server's programs off the path, a folder for each version. @param {Environment} environment @returns {boolean} */
function hasPostgres(environment) {
  const versions = '/usr/lib/postgresql';
  const folders = existsSync(versions) ? readdirSync(versions) : [];
  return (
    isOnPath('postgres', environment) ||
    folders.some((folder) => isExecutable(path.join(versions, folder, 'bin/postgres')))
  );
}

/** @param {string} name @param {Environment} environment @returns {boolean} */
function isOnPath(name, environment) {
  return (environment['PATH'] ?? '').split(path.delimiter).some((folder) => isExecutable(path.join(folder, name)));
}

/** @param {string} file @returns {boolean} */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// --- running --------------------------------------------------------------------------------------------------------------------------

/** @returns {string} */
function npm() {
  return IS_WINDOWS ? 'npm.cmd' : 'npm';
}

/**
 * Runs a long step: a line every few seconds says that it lives; its own words are shown only when it fails.
 * @param {string} what @param {string} command @param {string[]} args @param {string} folder @param {Environment} environment
 * @returns {Promise<void>}
 */
function run(what, command, args, folder = ROOT, environment = process.env) {
  const startMs = Date.now();
  const seconds = () => `${Math.round((Date.now() - startMs) / 1000)} s`;
  /** @type {string[]} */
  const lines = [];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      env: { ...environment, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: IS_WINDOWS,
    });
    const timer = setInterval(() => say(`  ${what}: ${seconds()}${lastOf(lines)}`), PROGRESS_EVERY_MS);
    const keep = lineKeeper(lines);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => finish(`${command}: ${error.message}`));
    child.once('close', (code) =>
      finish(code === 0 ? undefined : `${command} ${args.join(' ')} ended with code ${code}`),
    );
    /** @param {string | undefined} problem @returns {void} */
    function finish(problem) {
      clearInterval(timer);
      if (problem === undefined) {
        say(`  ${what}: done in ${seconds()}`);
        return resolve();
      }
      for (const line of lines.slice(-30)) say(`  | ${line}`);
      reject(new SetupError(problem));
    }
  });
}

/** @param {string[]} lines @returns {(chunk: unknown) => void} */
function lineKeeper(lines) {
  return (chunk) => {
    const fresh = String(chunk).split(/[\r\n]+/);
    lines.push(...fresh.filter(Boolean));
  };
}

/** @param {string[]} lines @returns {string} */
function lastOf(lines) {
  const last = lines.at(-1);
  return last === undefined ? '' : `, ${last.trim().slice(0, 90)}`;
}
