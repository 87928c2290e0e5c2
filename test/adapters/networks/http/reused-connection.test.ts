import { expect, test } from 'vitest';
import { createHttpClient } from '../../../../src-main/adapters/networks/http/http-client.ts';
import { countingIds, machineClock } from '../machine.ts';
import { startRawServer, wire } from '../raw-server.ts';

test('an end on a connection that was used before is a doubt: the request may have left', async () => {
  const server = await startRawServer((_seen, socket) => {
    if (server.seen.length === 1) socket.write(wire(200, '{}'));
    else socket.resetAndDestroy();
  });
  const client = createHttpClient({
    baseUrl: server.baseUrl,
    token: () => 'APP_USR-token-for-tests',
    userAgent: 'ventanilla',
    clock: machineClock,
    ids: countingIds(),
  });
  const ask = { method: 'GET', path: '/', headers: {}, body: '', deadlineMs: 2_000 } as const;

  expect(await client.send(ask)).toMatchObject({ kind: 'answered', status: 200 });
  expect(await client.send(ask)).toEqual({ kind: 'no-answer', cause: 'reset' });

  client.close();
  await server.close();
});
