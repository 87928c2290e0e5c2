/** Samples of the networks' own documents that are not what they seem: refused, or kept unknown; never repaired. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checksumOf } from '../../../../src-main/adapters/networks/mercadopago-shared/emv-qr.ts';
import type { Terms } from '../../../../src-main/core/domain/cash-out.ts';
import type { PayoutNetworkId } from '../../../../src-main/core/domain/payouts/payout.ts';
import type { Country } from '../../../../src-main/core/domain/settings.ts';
import { fixture, KEY, network, send } from '../d24/bench.ts';
import * as instore from '../mercadopago-instore/bench.ts';
import * as orders from '../mercadopago-orders/bench.ts';
import { startRawServer, wire } from '../raw-server.ts';
import type { RawServer } from '../raw-server.ts';

/** Lengths and checksum are wrong, in the pages of the Orders API. */
const QR_OF_THE_ORDERS =
  '00020101021226580014br.gov.bcb.qr01368ee55a9c-7db3-41e0-a8cd-fbff4d4765b5204000053039865802BR5925PABLO JOSE DE OLIVEIRA CA6009SAO PAULO61088051040062070503***630442E4';
/** A name that is shorter than it says, in the reference of the one-time codes. */
const QR_OF_THE_INSTORE =
  '00020101021243650016COM.MERCADOLIBRE02013063638f1192a-5fd1-4180-a180-8bcae3556bc35204000053039865802BR5925IZABEL AAAA DE MELO6007BARUERI62070503***63040B6D';
/** Argentina: valid, dynamic, and without an amount. */
const QR_OF_ARGENTINA =
  '00020101021243650016com.mercadolibre020130636261ba79b-e543-41c7-b71a-cec05c18e72b50120008326594305204970053030325802AR5904Test6004CABA63041094';

const BAD_CODES: readonly (readonly [string, string])[] = [
  ['the Orders API’s example of a code', QR_OF_THE_ORDERS],
  ['the same with the backslashes of its page', QR_OF_THE_ORDERS.replace('***', String.raw`\*\*\*`)],
  ['the same with the checksum that its bytes have', `${QR_OF_THE_ORDERS.slice(0, -4)}6958`],
  ['the one-time codes’ example', QR_OF_THE_INSTORE],
  ['the same with the checksum that its bytes have', `${QR_OF_THE_INSTORE.slice(0, -4)}6EAA`],
];

const CHECKS = {
  'mercadopago-orders': (country: Country, terms: Partial<Terms>, qrData: string, qrValidation: 'strict' | 'warn') =>
    orders.till({ country, qrValidation }).checkQr({ ...orders.TERMS, ...terms }, qrData).verdict,
  'mercadopago-instore': (country: Country, terms: Partial<Terms>, qrData: string, qrValidation: 'strict' | 'warn') =>
    instore.till({ country, qrValidation }).checkQr({ ...instore.TERMS, ...terms }, qrData).verdict,
} as const;
const PAYMENT_IDS = ['mercadopago-orders', 'mercadopago-instore'] as const;

test.each(PAYMENT_IDS.flatMap((id) => BAD_CODES.map(([what, qrData]) => [id, what, qrData] as const)))(
  '%s: %s is never shown where codes are checked strictly, and nowhere taken for good',
  (id, _what, qrData) => {
    expect(CHECKS[id]('BR', { currency: 'BRL' }, qrData, 'strict')).toBe('block');
    expect(CHECKS[id]('BR', { currency: 'BRL' }, qrData, 'warn')).not.toBe('good');
  },
);

test('the checksums of those examples are not what is printed', () => {
  const computed = [QR_OF_THE_ORDERS, QR_OF_THE_INSTORE].map((qrData) => checksumOf(qrData.slice(0, -4)));
  expect(computed).toEqual(['6958', '6EAA']);
});

test.each(PAYMENT_IDS)('%s: Argentina’s example has no amount, and is good for any', (id) => {
  for (const amountMinor of [1, 2_000_000]) {
    expect(CHECKS[id]('AR', { currency: 'ARS', amountMinor }, QR_OF_ARGENTINA, 'strict')).toBe('good');
  }
});

let reply = '';
let server: RawServer;
beforeAll(async () => {
  server = await startRawServer((_seen, socket) => void socket.end(reply));
});
afterAll(() => server.close());

const BAD_ANSWERS = [
  'two-documents',
  'two-documents-zero',
  'completed-without-commas',
  'rejected-without-commas',
  'update-with-blank-in-name',
];
const BRANDS: readonly PayoutNetworkId[] = ['tupay', 'onekey'];

test.each(BRANDS.flatMap((brand) => BAD_ANSWERS.map((sample) => [brand, sample] as const)))(
  '%s: the sample "%s" proves nothing, whatever it answers',
  async (brand, sample) => {
    reply = wire(200, fixture(`answers/${sample}.txt`), { Connection: 'close' });
    const till = network({ baseUrl: server.baseUrl, hold: true }, { brand });
    expect(await till.read(KEY)).toMatchObject({ kind: 'unreadable', detail: 'not-json' });
    expect(await till.read({ externalId: KEY.externalId })).toMatchObject({ kind: 'unreadable', detail: 'not-json' });
    for (const command of ['create', 'cancel', 'hold', 'release'] as const) {
      expect(await send(till, command)).toMatchObject({ kind: 'unknown', cause: 'not-json' });
    }
    till.close();
  },
);

test.each(BRANDS)('%s: the sample of a refused customer lacks a comma, and so refuses nobody', async (brand) => {
  reply = wire(400, fixture('answers/refusal-without-comma.txt'), { Connection: 'close' });
  const till = network({ baseUrl: server.baseUrl }, { brand });
  expect(await send(till, 'create')).toMatchObject({ kind: 'unknown', cause: 'http-400' });
  till.close();
});
