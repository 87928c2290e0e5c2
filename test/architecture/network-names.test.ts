/** What a network can do is data (its traits): above the adapters, no name of one decides anything. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { NETWORK_IDS } from '../../src-main/core/domain/network.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where no network is known from another. Help texts of the command line may name one as an example: nothing is decided there. */
const ROOMS = ['src-main/core', 'src-main/bridge', 'src-main/hosts', 'src-renderer'];

/** Lists of networks, their names, and the settings of each. */
const LISTS = [
  'src-main/core/domain/network.ts',
  'src-main/core/domain/pairing.ts',
  'src-main/core/domain/payouts/payout.ts',
  'src-main/core/domain/settings.ts',
  'src-main/core/contract/settings-file.ts',
];

const NAME = `(?:${[...NETWORK_IDS, 'd24', 'directa24'].join('|')})`;
const QUOTED = `['"\`]${NAME}['"\`]`;

/** The forms in which a name decides. */
const DECISIONS = [
  ['compares', new RegExp(`[=!]==?\\s*${QUOTED}|${QUOTED}\\s*[=!]==?`)],
  ['switches', new RegExp(`\\bcase\\s+${QUOTED}`)],
  [
    'asks a text',
    /\.(?:startsWith|endsWith|includes|indexOf|match|test|search)\(\s*['"`/]\^?(?:mercadopago|tupay|onekey|d24)/,
  ],
  ['asks a list', new RegExp(`\\[[^\\]\\n]*${QUOTED}[^\\]\\n]*\\]\\s*\\.(?:includes|some|indexOf)\\(`)],
  ['matches', /\/\^?(?:mercadopago|tupay|onekey)[^/\n]*\/[a-z]*\.(?:test|exec)\(/],
] as const;

type Source = Readonly<{ file: string; code: string }>;

/** Without comments: they may speak of any network. */
function sourcesIn(rooms: readonly string[]): readonly Source[] {
  return rooms.flatMap((room) =>
    globSync(`${room}/**/*.{ts,tsx}`, { cwd: ROOT }).map((file) => ({
      file: file.replaceAll(path.sep, '/'),
      code: withoutComments(readFileSync(path.join(ROOT, file), 'utf8')),
    })),
  );
}

/** Lines keep their numbers. */
function blank(comment: string): string {
  return comment.replaceAll(/[^\n]/g, '');
}

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, blank).replaceAll(/(^|\s)\/\/[^\n]*/g, blank);
}

function decisionsIn({ file, code }: Source): readonly string[] {
  return code
    .split('\n')
    .flatMap((line, index) =>
      DECISIONS.filter(([, form]) => form.test(line)).map(([what]) => `${file}:${index + 1} ${what}: ${line.trim()}`),
    );
}

const SOURCES = sourcesIn(ROOMS);

test('no name of a network decides anything above the adapters', () => {
  expect(SOURCES.length).toBeGreaterThan(100);
  expect(SOURCES.flatMap(decisionsIn)).toEqual([]);
});

test('outside of lists, names and settings no network is named in the core, the bridge and the window at all', () => {
  const named = SOURCES.filter(({ file }) => !LISTS.includes(file) && !file.startsWith('src-main/hosts/'))
    .filter(({ code }) => new RegExp(`(?<![\\w-])${NAME}(?![\\w-])`).test(code))
    .map(({ file }) => file);
  expect(named).toEqual([]);
});

test.each([
  ["if (network.id === 'tupay') return;", 'compares'],
  ["const isLegacy = 'mercadopago-instore' !== id;", 'compares'],
  ["    case 'onekey':", 'switches'],
  ["if (id.startsWith('mercadopago')) return;", 'asks a text'],
  ["return ['tupay', 'onekey'].includes(id);", 'asks a list'],
  ['return /^mercadopago-/.test(id);', 'matches'],
])('the rule knows a decision when it sees one: %s', (code, what) => {
  expect(decisionsIn({ file: 'x.ts', code })).toEqual([`x.ts:1 ${what}: ${code.trim()}`]);
});

test('a name in a comment, or one that a trait stands behind, is no decision', () => {
  const code = withoutComments("/* id === 'tupay' */\n// case 'tupay'\nif (network.traits.confirmation) return;");
  expect(decisionsIn({ file: 'x.ts', code })).toEqual([]);
});
