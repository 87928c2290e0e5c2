/** A shop that pays out, with a command line and nothing else: real processes, a real data directory, real HTTP to the simulated network. */
import { z } from 'zod';
import { createD24Engine } from '../../../src-main/simulators/networks/d24/engine.ts';
import type { D24Engine } from '../../../src-main/simulators/networks/d24/engine.ts';
import { createD24Server } from '../../../src-main/simulators/networks/d24/server.ts';
import type { D24Settings } from '../../../src-main/simulators/networks/d24/settings.ts';
import { openShop, worked } from './shop.ts';
import type { Said, Shop } from './shop.ts';

export type Brand = 'tupay' | 'onekey';

/** `network`: the far side of the payouts. */
export type PayoutShop = Shop & Readonly<{ brand: Brand; network: D24Engine; payoutUrl: string }>;

/** What must never be seen where it has no business: invented, and like nothing else that a till writes. */
export const PERSON = {
  firstName: 'Zoraida',
  lastName: 'Quispe Ñahui',
  documentType: 'DNI',
  documentId: '71594743',
  bankAccount: '00219300153895206813',
  accountType: 'S',
  phone: '51987654321',
  email: 'zoraida.quispe@example.com',
};
export const BRAZILIAN = {
  firstName: 'Jacinto',
  lastName: 'Conceição',
  documentId: '52998224725',
  phone: '+5511987654321',
};

export const SECRETS = {
  login: 'canary-login-7f3a',
  pass: 'canary-pass-91be',
  signature: 'canary-signature-c0de',
};

export async function openPayoutShop(brand: Brand, settings: Partial<D24Settings> = {}): Promise<PayoutShop> {
  const shop = await openShop();
  const network = createD24Engine({ seed: 11, nowMs: () => Date.now(), brand, settings: { ...SECRETS, ...settings } });
  const server = await createD24Server(network, { port: 0 });
  return {
    ...shop,
    brand,
    network,
    payoutUrl: server.baseUrl,
    async close() {
      await server.close();
      await shop.close();
    },
  };
}

/** A till that is ready for a customer: limits, keys, people, and a shift with 5000 in the drawer. */
export async function openForPayouts(shop: PayoutShop, more: object = {}): Promise<void> {
  worked(await shop.till('settings', 'import', settingsFile(shop, more)));
  for (const [name, value] of Object.entries(SECRETS))
    worked(await shop.tillHears(value, 'secret', 'set', `${shop.brand}-${name}`));
  worked(await shop.till('shift', 'open', '--float', '5000', '--cashier', '1042'));
}

export function settingsFile(shop: PayoutShop, more: object = {}): string {
  const currency = shop.brand === 'tupay' ? 'PEN' : 'BRL';
  const network = {
    baseUrl: shop.payoutUrl,
    limits: { [currency]: { min: '1', max: '3000', ...(shop.brand === 'onekey' && { releaseAbove: '1000' }) } },
    ...more,
  };
  const people = [
    { code: 1042, name: 'Rosa Núñez', role: 'cashier' },
    { code: 7, name: 'Marta Ibáñez', role: 'supervisor' },
  ];
  return shop.file('till.json', JSON.stringify({ people, networks: { [shop.brand]: network } }));
}

/** Sends a payout with its form on standard input. */
export function startPayout(shop: PayoutShop, ...more: readonly string[]): Promise<Said> {
  const [method, form] = shop.brand === 'tupay' ? ['pe-bank', PERSON] : ['br-pix-phone', BRAZILIAN];
  const amount = more.includes('--amount') ? [] : ['--amount', '250.50'];
  const words = [
    'payout',
    'start',
    '--network',
    shop.brand,
    '--method',
    method,
    ...amount,
    '--form',
    '-',
    '--json',
    ...more,
  ];
  return shop.tillHears(JSON.stringify(form), ...words);
}

const payout = z.object({
  id: z.string(),
  state: z.string(),
  externalId: z.string(),
  voucher: z.string(),
  cashoutId: z.string().optional(),
  currency: z.string(),
  amountMinor: z.number(),
  beneficiary: z.record(z.string(), z.string()),
  code: z.string().optional(),
  rejection: z.object({ code: z.number().optional(), hint: z.string() }).optional(),
  reversed: z.boolean(),
  notesInstead: z.string(),
  notesSinceMs: z.number().optional(),
  replacement: z.object({ by: z.string(), payoutId: z.string().optional() }).optional(),
  doubt: z.object({ command: z.string(), attempts: z.number(), needsPerson: z.boolean() }).optional(),
  cases: z.array(z.object({ kind: z.string() })),
  actions: z.array(z.string()),
});
export type PrintedPayout = z.infer<typeof payout>;

export function payoutIn(said: Said): PrintedPayout {
  return payout.parse(JSON.parse(said.out));
}

export function payoutsIn(said: Said): readonly PrintedPayout[] {
  return z.array(payout).parse(JSON.parse(said.out));
}

/** Questions about a payout are no sooner than five seconds after one another. */
export async function refreshed(shop: PayoutShop, id: string, wanted: string): Promise<PrintedPayout> {
  for (let turn = 0; turn < 12; turn += 1) {
    const view = payoutIn(worked(await shop.till('payout', 'refresh', id, '--json')));
    if (view.state === wanted) return view;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`${id} did not become ${wanted}`);
}
