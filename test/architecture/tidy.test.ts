/** Style as a test: what a reader should never meet in this house. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TRACKED = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => /\.(ts|tsx|mjs|css)$/.test(file));

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8');
}

function offenders(files: readonly string[], pattern: RegExp): readonly string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 80)}`] : [])),
  );
}

const SOURCES = TRACKED.filter((file) => file.startsWith('src-'));
const CORE = SOURCES.filter((file) => file.startsWith('src-main/core/'));

test('the core asks no machine for time, chance or timers', () => {
  expect(
    offenders(CORE, /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bset(Timeout|Interval)\(|\bperformance\.now\(/),
  ).toEqual([]);
});

test('no check is turned off and nothing is left half said', () => {
  const here = 'test/architecture/tidy.test.ts';
  const files = TRACKED.filter((file) => file !== here);
  expect(offenders(files, /@ts-(ignore|expect-error|nocheck)|eslint-disable|oxlint-disable|prettier-ignore/)).toEqual(
    [],
  );
  expect(offenders(files, /\b(TODO|FIXME)\b/)).toEqual([]);
  expect(offenders(files, /\b(test|it|describe)\.(skip|only|todo|fails)\b/)).toEqual([]);
  expect(offenders(SOURCES, /(:|\bas|<)\s*any\s*([;,)>\]=|&[]|$)/)).toEqual([]);
});

test('files stay short enough to be read at a sitting, and names are kebab-case', () => {
  const long = TRACKED.filter((file) => !file.startsWith('test/')).filter(
    (file) => read(file).split('\n').length > 450,
  );
  expect(long).toEqual([]);
  expect(TRACKED.filter((file) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(path.basename(file)))).toEqual([]);
});

test('every module of the main side opens by saying what it is', () => {
  const silent = SOURCES.filter((file) => file.startsWith('src-main/') && !/^(#!.*\n)?\/\*\*/.test(read(file)));
  expect(silent).toEqual([]);
});

test('entries stay under sixty lines', () => {
  const long = SOURCES.filter((file) => file.startsWith('src-main/entry/')).filter(
    (file) => read(file).split('\n').length > 60,
  );
  expect(long).toEqual([]);
});
