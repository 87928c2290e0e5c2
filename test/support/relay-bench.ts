/** A relay on a loopback port, with a shop of two networks' secrets and two tills' keys, over a queue that the test chooses. */
import { createHmac, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { controlOf } from '../../src-main/adapters/networks/d24/notice.ts';
import { readRelayConfig } from '../../src-main/relay/config.ts';
import type { RelayConfig } from '../../src-main/relay/config.ts';
import { makeKey } from '../../src-main/relay/keys.ts';
import type { HintQueue } from '../../src-main/relay/queue.ts';
import { startRelay } from '../../src-main/relay/server.ts';
import type { RelayServer } from '../../src-main/relay/server.ts';

export const MERCADOPAGO_SECRET = 'mp-webhook-secret+never/real==';
export const TUPAY_SECRET = 'tupay-signature-canary-never-real';
export const TILL_KEY = makeKey();
export const OTHER_KEY = makeKey();
export const NORTE_KEY = makeKey();

/** Writes the secrets and answers the configuration file that names them. */
export function relayFile(folder: string, change: object = {}): string {
  const [mercadopago, tupay] = [path.join(folder, 'mercadopago'), path.join(folder, 'tupay')];
  writeFileSync(mercadopago, `${MERCADOPAGO_SECRET}\n`, { mode: 0o600 });
  writeFileSync(tupay, TUPAY_SECRET, { mode: 0o600 });
  const file = {
    listen: '127.0.0.1:0',
    database: { file: path.join(folder, 'relay.db') },
    shops: {
      centro: {
        networks: {
          'mercadopago-orders': { secret: { file: mercadopago } },
          'mercadopago-instore': {},
          tupay: { secret: { file: tupay } },
        },
        tills: { CAJA07: { keySha256: TILL_KEY.keySha256 }, CAJA08: { keySha256: OTHER_KEY.keySha256 } },
      },
      norte: {
        networks: { 'mercadopago-orders': { secret: { file: mercadopago }, unsigned: 'refuse' } },
        tills: { CAJA01: { keySha256: NORTE_KEY.keySha256 } },
      },
    },
    ...change,
  };
  return `// A relay under test\n${JSON.stringify(file)}`;
}

export function relayConfig(folder: string, change: object = {}): RelayConfig {
  const read = readRelayConfig(Buffer.from(relayFile(folder, change)), 'relay.jsonc');
  if (!read.ok) throw new Error(read.error.join('\n'));
  return read.value;
}

export type Said = Readonly<{ level: 'info' | 'warn' | 'error'; message: string; facts: object }>;

export async function openRelay(
  queue: HintQueue,
  config: RelayConfig,
): Promise<RelayServer & Readonly<{ said: readonly Said[] }>> {
  const said: Said[] = [];
  const at =
    (level: Said['level']) =>
    (message: string, facts: object = {}): void =>
      void said.push({ level, message, facts });
  const log = { info: at('info'), warn: at('warn'), error: at('error') };
  return { ...(await startRelay({ config, queue, log })), said };
}

export type MercadoPagoPost = Readonly<{
  orderId: string;
  version?: number;
  secret?: string;
  requestId?: string;
  signedAtMs?: number;
  unsigned?: boolean;
  shop?: string;
}>;

/** A notification as Mercado Pago posts it; answers the status. */
export async function postOrderNotice(relayUrl: string, post: MercadoPagoPost): Promise<number> {
  const { orderId, version = 2, secret = MERCADOPAGO_SECRET, requestId = randomUUID(), shop = 'centro' } = post;
  const ts = post.signedAtMs ?? Date.now();
  const manifest = `id:${orderId.toLowerCase()};request-id:${requestId};ts:${ts};`;
  const v1 = createHmac('sha256', secret).update(manifest).digest('hex');
  const response = await fetch(`${relayUrl}/notify/${shop}/mercadopago-orders?data.id=${orderId}&type=order`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': requestId,
      ...(post.unsigned !== true && { 'x-signature': `ts=${ts},v1=${v1}` }),
    },
    body: JSON.stringify({
      action: 'order.processed',
      type: 'order',
      data: { id: orderId, version, status: 'processed', payer: { email: 'ana.rojas@example.test' } },
    }),
  });
  await response.arrayBuffer();
  return response.status;
}

export async function postPayoutNotice(relayUrl: string, externalId: string, secret = TUPAY_SECRET): Promise<number> {
  const control = controlOf(externalId, { signatureKey: secret, prefix: 'Be4', suffix: 'Bo7' });
  const body = new URLSearchParams({
    date: '2026-03-02 10:00:00',
    comments: 'Ana Rojas',
    external_id: externalId,
    control,
  });
  const response = await fetch(`${relayUrl}/notify/centro/tupay`, { method: 'POST', body });
  await response.arrayBuffer();
  return response.status;
}

const page = z.strictObject({
  cursor: z.string(),
  gap: z.boolean(),
  hints: z.array(
    z.strictObject({
      network: z.string(),
      subjects: z.record(z.string(), z.string()),
      verified: z.boolean(),
      receivedAtMs: z.number(),
    }),
  ),
});
export type Page = z.infer<typeof page>;

export async function askHints(relayUrl: string, key: string, query = ''): Promise<Page> {
  const response = await fetch(`${relayUrl}/hints${query}`, { headers: { authorization: `Bearer ${key}` } });
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  return page.parse(await response.json());
}
