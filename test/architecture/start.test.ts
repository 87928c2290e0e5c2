/** A start costs what it loads (docs/reliability.md): what only some commands need is loaded by those. */
import { expect, test } from 'vitest';
import { reachableFrom } from '../support/reachable.ts';

/** What makes bytes for printers, and what makes requests: an `import` of node:http loads undici besides. */
const LARGE = ['node-thermal-printer', '@point-of-sale/receipt-printer-encoder', 'qrcode/lib/core/qrcode.js'];
const REQUESTS = ['node:http', 'node:https'];

test.each(['src-main/compose/terminal.ts', 'src-main/compose/production.ts', 'src-main/compose/choose-till.ts'])(
  'the real till of %s opens without encoders, drivers, a request and anything simulated',
  (entry) => {
    const { files, packages } = reachableFrom(entry, 'at once');
    expect(files.size).toBeGreaterThan(100);
    expect([...LARGE, ...REQUESTS].filter((name) => packages.has(name))).toEqual([]);
    expect([...files].filter((file) => /simulators|encoder|device-workshop|remote-lines/.test(file))).toEqual([]);
  },
);

test('all of it is there when a device is used', () => {
  const { packages } = reachableFrom('src-main/compose/terminal.ts', 'at once or later');
  expect(LARGE.filter((name) => !packages.has(name))).toEqual([]);
});
