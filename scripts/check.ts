/**
 * All that CI runs, in one program: types for each environment, lint, format, the page's build, then every test.
 *
 * Use    npm test [-- <vitest filter or option> ...]     with a filter: only those tests, no other check
 * Output Ends with one line, "N passed, N failed", over checks and tests together. The exit code is 0 only when nothing failed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const MODULES = path.join(ROOT, 'node_modules');
const QUIET_LIMIT_MS = 5_000;

type Tally = Readonly<{ passed: number; failed: number }>;
type Check = Readonly<{ name: string; command: readonly string[] }>;

const CHECKS: readonly Check[] = [
  { name: 'types: core, without a machine', command: program('typescript', 'tsc', '-p', 'src-main/core') },
  { name: 'types: everything on Node', command: program('typescript', 'tsc', '-p', '.') },
  { name: 'types: windows', command: program('typescript', 'tsc', '-p', 'src-renderer') },
  { name: 'types: scripts', command: program('typescript', 'tsc', '-p', 'scripts') },
  { name: 'lint', command: program('oxlint', 'oxlint', '--type-aware', '--deny-warnings') },
  { name: 'format', command: program('prettier', 'prettier', '--check', '--log-level=warn', '.') },
  { name: 'build of the page', command: [process.execPath, 'scripts/build.ts', 'renderer'] },
];

const filters = process.argv.slice(2);
const tallies: Tally[] = [];
if (filters.length === 0) for (const check of CHECKS) tallies.push(await runCheck(check));
tallies.push(await runTests(filters));

const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

/** The program of a package, run by this very Node whatever its first line says. */
function program(packageName: string, binary: string, ...args: readonly string[]): readonly string[] {
  const folder = path.join(MODULES, packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const file = typeof bin === 'string' ? bin : bin[binary];
  if (file === undefined) throw new Error(`${packageName} has no program ${binary}`);
  return [process.execPath, path.join(folder, file), ...args];
}

async function runCheck({ name, command }: Check): Promise<Tally> {
  const startMs = performance.now();
  const { code, output } = await runToEnd(name, command, { isShown: false });
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`);
  if (code !== 0) console.log(output);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runTests(args: readonly string[]): Promise<Tally> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'ventanilla-check-'));
  const report = path.join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const command = program('vitest', 'vitest', 'run', ...reporters, ...args);
    const { code } = await runToEnd('tests', command, { isShown: true });
    return tallyOf(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Report = Readonly<{
  numPassedTests: number;
  numFailedTests: number;
  testResults: readonly Readonly<{ status: string; assertionResults: readonly unknown[] }>[];
}>;

/** A file that could not even be loaded, and an error outside of every test, are failures although no test counts them. */
function tallyOf(file: string, code: number): Tally {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1 };
  }
  const unloaded = report.testResults.filter((one) => one.status === 'failed' && one.assertionResults.length === 0);
  const failures = report.numFailedTests + unloaded.length;
  return { passed: report.numPassedTests, failed: failures === 0 && code !== 0 ? 1 : failures };
}

function runToEnd(
  name: string,
  [file = '', ...args]: readonly string[],
  { isShown }: { isShown: boolean },
): Promise<{ code: number; output: string }> {
  const startMs = performance.now();
  // The children write into our pipe: whether a person reads in colour is known here only.
  const colors = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const environment = { ...process.env, ...colors };
  const child = spawn(file, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  const chunks: Buffer[] = [];
  let heardMs = startMs;
  const hear = (chunk: Buffer): void => {
    heardMs = performance.now();
    if (isShown) process.stdout.write(chunk);
    else chunks.push(chunk);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const timer = setInterval(() => {
    if (performance.now() - heardMs < QUIET_LIMIT_MS) return;
    heardMs = performance.now();
    console.log(`     ${name}: ${Math.round((heardMs - startMs) / 1000)} s`);
  }, 1000);
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number; output: string }>();
  child.once('error', reject);
  child.once('close', (code) => {
    clearInterval(timer);
    resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
  });
  return promise;
}
