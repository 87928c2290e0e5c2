/** Who may import whom (docs/architecture.md). A folder or package that is absent from the right side is forbidden. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** `node:` stands for all of Node. The longest matching folder on the left decides. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src-main/core/domain': ['src-main/core/domain'],
  'src-main/core/application': ['src-main/core/domain', 'src-main/core/application'],
  'src-main/core/contract': ['src-main/core/domain', 'src-main/core/contract', 'zod'],
  'src-main/adapters/networks': [
    'src-main/core/domain',
    'src-main/core/application/ports',
    'src-main/adapters/networks',
    'node:',
    'zod',
  ],
  'src-main/adapters/devices': [
    'src-main/core/domain',
    'src-main/core/application/ports',
    'src-main/adapters/devices',
    'node:',
    'zod',
    '@point-of-sale/receipt-printer-encoder',
    'node-thermal-printer',
    'qrcode',
    'serialport',
    'usb',
    'koffi',
    'bonjour-service',
  ],
  'src-main/adapters/storage': [
    'src-main/core/domain',
    'src-main/core/application/ports',
    'src-main/adapters/storage',
    'node:',
    'better-sqlite3',
  ],
  'src-main/adapters/system': [
    'src-main/core/domain',
    'src-main/core/application/ports',
    'src-main/adapters/system',
    'node:',
    'pino',
    'jsonc-parser',
    'zod',
    'better-sqlite3',
    '@napi-rs/canvas',
  ],
  // The far side of every wire: bytes only, nothing of ours but plain domain types.
  'src-main/simulators': [
    'src-main/core/domain',
    'src-main/simulators',
    'node:',
    'zod',
    'qrcode',
    '@napi-rs/canvas',
    'pngjs',
  ],
  'src-main/bridge': ['src-main/core', 'src-main/bridge'],
  'src-main/hosts': ['src-main/hosts/window-host.ts', 'src-main/core/contract', 'node:'],
  'src-main/hosts/chromium': [
    'src-main/hosts',
    'src-main/core/contract',
    'src-main/core/application/ports/system.ts',
    'node:',
    'playwright-core',
  ],
  'src-main/hosts/electron': [
    'src-main/hosts',
    'src-main/core/contract',
    'src-main/core/application/ports/system.ts',
    'node:',
    'electron',
  ],
  'src-main/hosts/terminal': [
    'src-main/hosts/terminal',
    'src-main/core/contract',
    'src-main/core/domain',
    'node:',
    'commander',
  ],
  'src-main/compose': [
    'src-main/core',
    'src-main/adapters',
    'src-main/simulators',
    'src-main/bridge',
    'src-main/compose',
    'src-main/hosts/window-host.ts',
    'src-main/hosts/terminal/terminal-till.ts',
    'src-main/hosts/terminal/storage-desk.ts',
    'node:',
  ],
  // A program of its own, without a till: domain words, what is pure in the adapters, and its own queues.
  'src-main/relay': [
    'src-main/core/domain',
    'src-main/core/application/ports/system.ts',
    'src-main/adapters/networks/d24/notice.ts',
    'src-main/adapters/networks/mercadopago-shared/notice.ts',
    'src-main/adapters/networks/http/secret-filter.ts',
    'src-main/adapters/system/settings-text.ts',
    'src-main/relay',
    'node:',
    'zod',
    'pino',
    'better-sqlite3',
    'pg',
  ],
  'src-main/entry/relay.ts': ['src-main/relay/program.ts'],
  'src-main/entry': ['src-main/compose', 'src-main/hosts', 'node:', 'electron'],
  'src-renderer': [
    'src-renderer',
    'src-main/core/domain',
    'src-main/core/contract',
    'react',
    'react-dom',
    'react-aria-components',
    '@tanstack/react-query',
    'qrcode',
    '@fontsource-variable/inter',
  ],
};

/** Between these, sibling folders never meet: each is chosen in `compose`. */
const SEPARATE = [
  ['src-main/hosts/chromium', 'src-main/hosts/electron', 'src-main/hosts/terminal'],
  [
    'src-main/adapters/networks/mercadopago-orders',
    'src-main/adapters/networks/mercadopago-instore',
    'src-main/adapters/networks/mercadopago-pairing',
    'src-main/adapters/networks/d24',
  ],
];

type Import = Readonly<{ file: string; target: string }>;

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(path.join(ROOT, file), 'utf8');
  const specifiers = [...source.matchAll(/^[^/*\n]*\bfrom '([^']+)';|^import '([^']+)';|\bimport\('([^']+)'\)/gm)];
  return specifiers.map(([, named, bare, lazy]) => {
    const specifier = named ?? bare ?? lazy ?? '';
    const target = specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
    return { file, target };
  });
}

function startsWith(target: string, prefix: string): boolean {
  return target === prefix || target.startsWith(prefix.endsWith(':') ? prefix : `${prefix}/`);
}

function ruleFor(file: string): readonly string[] | undefined {
  const folders = Object.keys(MAY_IMPORT).filter((folder) => startsWith(file, folder));
  const longest = folders.toSorted((left, right) => right.length - left.length)[0];
  return longest === undefined ? undefined : MAY_IMPORT[longest];
}

const FILES = globSync('{src-main,src-renderer}/**/*.{ts,tsx}', { cwd: ROOT }).map((file) =>
  file.replaceAll(path.sep, '/'),
);

test('every source file stands in a room that has a rule', () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(FILES.filter((file) => !ruleFor(file))).toEqual([]);
});

test('every import goes in an allowed direction', () => {
  const wrong = FILES.flatMap(importsOf).filter(({ file, target }) => {
    const isAsset = /\.(css|svg|png|woff2?|json)$/.test(target);
    return !isAsset && !ruleFor(file)?.some((prefix) => startsWith(target, prefix));
  });
  expect(wrong).toEqual([]);
});

test('siblings that are chosen between never import each other', () => {
  const wrong = FILES.flatMap(importsOf).filter(({ file, target }) =>
    SEPARATE.some((group) => {
      const home = group.find((folder) => startsWith(file, folder));
      return home !== undefined && group.some((folder) => folder !== home && startsWith(target, folder));
    }),
  );
  expect(wrong).toEqual([]);
});

test('nobody imports the relay but its entry', () => {
  const importers = FILES.flatMap(importsOf)
    .filter(({ target }) => startsWith(target, 'src-main/relay'))
    .map(({ file }) => file);
  expect(importers.filter((file) => !startsWith(file, 'src-main/relay'))).toEqual(['src-main/entry/relay.ts']);
});

test('only the Electron host and its entry import electron, and only types of it above the entry', () => {
  const importers = FILES.flatMap(importsOf).filter(({ target }) => target === 'electron');
  expect(
    importers.map(({ file }) => file).filter((file) => !/^src-main\/(hosts\/electron|entry)\//.test(file)),
  ).toEqual([]);
});
