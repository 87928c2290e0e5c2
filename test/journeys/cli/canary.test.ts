/** I11: the token, planted by `secret set`, is looked for in every byte that the till writes or says, in every form that wires use. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { cashOutIn, NETWORK, openForBusiness, openShop, TOKEN } from './shop.ts';
import type { Said } from './shop.ts';
import { createEchoingNetwork } from './echoing-network.ts';

function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64');
  const inside = base64.replaceAll('=', '');
  // In the middle of a longer text the same bytes stand in one of three base64 alignments; their inner letters are the same.
  const shifted = [1, 2].map((pad) =>
    Buffer.from('x'.repeat(pad) + secret)
      .toString('base64')
      .slice(4, -4),
  );
  return [
    secret,
    secret.slice(0, -6),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    inside,
    inside.replaceAll('+', '-').replaceAll('/', '_'),
    ...shifted,
    Buffer.from(secret).toString('hex'),
  ];
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
}

test('after a day with a network that echoes and fails, the token stands nowhere', async () => {
  const shop = await openShop();
  const echo = await createEchoingNetwork();
  const said: Said[] = [];
  const till = async (...words: readonly string[]): Promise<Said> => {
    const answer = await shop.till(...words);
    said.push(answer);
    return answer;
  };
  try {
    await openForBusiness(shop);
    shop.engine.script({ fault: 'not-json', operation: 'create' }, { fault: 'cut-body', operation: 'read' });
    const first = await till('cash-out', 'start', ...NETWORK, '--amount', '500', '--json');
    const { id, externalReference } = cashOutIn(first);
    shop.engine.customerPays(externalReference);
    await till('cash-out', 'watch', id, '--timeout', '20', '--json');
    await till('cash-out', 'hand-over', id);
    await till('cash-out', 'given', id);
    await till('slip', 'print', 'receipt', id);

    const settings = shop.file(
      'echo.json',
      JSON.stringify({ networks: { 'mercadopago-orders': { baseUrl: echo.baseUrl } } }),
    );
    await till('settings', 'import', settings);
    for (const kind of ['plain', 'error', 'base64', 'percent', 'order'] as const) {
      echo.answerWith(kind);
      const started = await till('cash-out', 'start', ...NETWORK, '--amount', '100', '--wait', '0.3', '--json');
      await till('cash-out', 'watch', cashOutIn(started).id, '--timeout', '0.5');
    }
    expect(echo.heard()).toContain(`Bearer ${TOKEN}`);
    for (const words of [
      ['status'],
      ['sync'],
      ['case', 'list'],
      ['settings', 'show', '--json'],
      ['secret', 'list'],
      ['shift', 'report'],
    ])
      await till(...words);
    await till('cash-out', 'list', '--json');
    await till('secret', 'set', TOKEN);
    const exported = await till('journal', 'export');
    expect(exported.out.split('\n').length).toBeGreaterThan(20);

    const spoken = said.map(({ out, err }) => out + err).join('\n');
    const files = filesIn(shop.data);
    expect(files.map((file) => path.basename(file))).toEqual(expect.arrayContaining(['till.db', 'secrets.json']));
    const held = formsOf(TOKEN).flatMap((form) => [
      ...(spoken.includes(form) ? [`${form} was said`] : []),
      ...files.filter((file) => readFileSync(file).includes(form)).map((file) => `${form} is in ${file}`),
    ]);
    expect(held).toEqual([]);
  } finally {
    await echo.close();
    await shop.close();
  }
});
