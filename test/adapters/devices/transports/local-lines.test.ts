/** Lines of this very process. */
import { readdirSync } from 'node:fs';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createLocalLines } from '../../../../src-main/adapters/devices/transports/local-lines.ts';
import { createBench, listen, pattern, plugIn, until } from './line-bench.ts';
import { linesSuite, serial } from './lines-suite.ts';
import { QUICK_TIMES } from './quick-times.ts';

linesSuite('in this process', () => createLocalLines({ times: QUICK_TIMES }));

const bench = createBench();
afterEach(() => bench.end());
afterAll(bench.remove);

function handles(): number {
  return readdirSync('/proc/self/fd').length;
}

test('lines that are opened, fail, break and are closed again and again leave no handle behind', async () => {
  const far = await plugIn(bench, 'handles');
  const peer = await listen(bench);
  async function useAll(): Promise<void> {
    const lines = createLocalLines({ times: QUICK_TIMES });
    far.hold(true);
    const writes = [serial(far.path), { kind: 'devfile', path: far.path } as const, serial('/dev/none')].map(
      (address) => lines.line(address).write(Buffer.alloc(500_000), { label: 'stuck', timeoutMs: 60 }),
    );
    const network = lines.line({ kind: 'tcp', host: '127.0.0.1', port: peer.port });
    expect(await network.write(pattern(100), { label: 'fine', timeoutMs: 2_000 })).toMatchObject({ ok: true });
    for (const outcome of await Promise.all(writes)) expect(outcome.ok).toBe(false);
    await lines.close();
    far.hold(false);
  }
  await useAll();
  await until(() => peer.sockets.size === 0, 'the first end');
  const before = handles();
  for (let round = 0; round < 8; round += 1) await useAll();
  await until(() => peer.sockets.size === 0 && handles() <= before, 'all handles gone');
  expect(handles()).toBeLessThanOrEqual(before);
});
