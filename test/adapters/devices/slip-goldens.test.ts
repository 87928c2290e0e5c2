/** The bytes of every slip, against files whose pictures a person has looked at. `make.ts` beside the files writes them anew. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { encodeSlip } from '../../../src-main/adapters/devices/printers/slip-encoder.ts';
import { goldenSlips } from '../../fixtures/slips/golden-slips.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/slips');
const SLIPS = goldenSlips();

test.each(['32', '42', '48', 'star-48'])(
  'on paper of %s columns every slip is byte for byte the one that was looked at',
  (folder) => {
    const slips = SLIPS.filter(({ file }) => file.startsWith(`${folder}/`));
    expect(slips.length).toBeGreaterThan(40);
    for (const { file, document, profile } of slips) {
      const bytes = encodeSlip(document, profile);
      const hex = bytes.ok ? Buffer.from(bytes.value).toString('hex') : bytes.error.kind;
      expect(hex, `bytes of ${file}`).toBe(readFileSync(path.join(FOLDER, file)).toString('hex'));
    }
  },
);

test('no file stands for a slip that the till does not print', () => {
  const files = globSync('*/*.bin', { cwd: FOLDER }).map((file) => file.replaceAll(path.sep, '/'));
  expect(files.toSorted()).toEqual(SLIPS.map(({ file }) => file).toSorted());
});
