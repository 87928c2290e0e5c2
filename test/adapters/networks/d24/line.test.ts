import { expect, test } from 'vitest';
import { startRawServer, wire } from '../raw-server.ts';
import { COMMANDS, KEY, network, send } from './bench.ts';

const IMPATIENT_MS = 150;

test('an answer that stops in its middle leaves every command in doubt, and is asked for once', async () => {
  const good = wire(200, '{"cashout_id":"8405147","cashout_status":2}');
  const server = await startRawServer((_seen, socket) => void socket.write(good.slice(0, -3)));
  const deadlines = { commandDeadlineMs: IMPATIENT_MS, readDeadlineMs: IMPATIENT_MS };
  const till = network({ baseUrl: server.baseUrl }, deadlines);
  for (const command of COMMANDS)
    expect(await send(till, command)).toMatchObject({ kind: 'unknown', cause: 'timeout' });
  expect(await till.read(KEY)).toMatchObject({ kind: 'unreadable', detail: 'timeout' });
  expect(server.seen).toHaveLength(COMMANDS.length + 1);
  till.close();
  await server.close();
});
