/** The demo that a newcomer sees: a whole scripted shift in the real windows, which must end well and balance. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildPart } from '../../../scripts/build.ts';
import { STORIES } from '../../../src-main/compose/demo/script.ts';
import { temporaryFolder } from './whole-till.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');

test(
  'the demo shift plays every story to its end, saves its pictures, balances the drawer and exits 0',
  { timeout: 180_000 },
  async () => {
    await buildPart('renderer');
    const { folder, remove } = temporaryFolder('demo');
    try {
      const words = ['src-main/entry/chromium.ts', '--demo', '--headless', '--pictures', folder];
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: ROOT, encoding: 'utf8' });
      expect({ status, stderr, ok: stdout.match(/^ *\d+ {2}ok /gm)?.length }).toEqual({
        status: 0,
        stderr: '',
        ok: STORIES.length,
      });
      expect(stdout).toContain('INFORME X');
      expect(stdout).toContain('INFORME Z');
      expect(stdout).toContain('The drawer balances.');
      const pictures = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
        file.endsWith('.png'),
      );
      expect(pictures.length).toBeGreaterThan(60);
      for (const picture of pictures) expect(statSync(path.join(folder, picture)).size).toBeGreaterThan(500);
    } finally {
      remove();
    }
  },
);
