/** Signatures against vectors that were computed apart from this program, in two other languages. */
import { expect, test } from 'vitest';
import { noticeControl, payloadSignature } from '../../../../src-main/simulators/networks/d24/signature.ts';
import { createBench, KEYS, outcomeOf, payoutOf, SIGNATURE } from './payout-bench.ts';

const start = '{"login":"cashout_login","pass":"cashout_pass"';
const VECTORS = [
  [66, `${start},"cashout_id":11954}`, 'db96878e3d4066e680a1dbebc977546276e1427aefbe14ead1b410a76d45cc60'],
  [75, `${start},"external_id":"s2kdfm39494"}`, '45b3e499aeaeb35bb735c27257e7e3102695e8a6348a8e8315f64021e3fb6940'],
  [
    94,
    `${start},"cashout_id":11954,"external_id":"s2kdfm39494"}`,
    'd3007ee2ed7336376082ab524f85e8b201c876c7ebccba173b5cc64570fa1f0d',
  ],
  [
    96,
    `${start},"cashout_id":11954,"external_id":"cashoutID2134"}`,
    '01e4da638f0da100d3756614517093b438b8e69c9b3780f01e05efe1378393a3',
  ],
  [
    85,
    `${start},"cashout_id":97875,"status":"ON_HOLD"}`,
    'd42cf3ef0c1bf11cd9bb8d83c19abed013564f560d6d624ec349f1e4937c5985',
  ],
  [73, `${start},"external_id":"till-ñ-1"}`, '04e4c4d43e25fe85cd90ba4513ca37f01e52d0aed851d099b06618ffcb2d61f3'],
  [77, `${start},"external_id":"till-\\u00f1-1"}`, 'b7075c98c1ec1fc72abe6a02c9f1797d048c373909e80ac449a1d7553d9caebc'],
  [0, '', '8d3e2b061e753c88e401ac8737e6dc7af9e02d590fd1dd4d5e1ded9f4430487c'],
] as const;

test.each(VECTORS)('a body of %i bytes has its known signature', (byteCount, bodyText, signature) => {
  expect(Buffer.byteLength(bodyText)).toBe(byteCount);
  expect(payloadSignature(SIGNATURE, bodyText)).toBe(signature);
});

test.each([
  ['cashoutID1234', 'DDD345FB66A8053FBB69E0DBCACFDE5F63CA05140C3A2C446B7A0E4118F8BA1D'],
  ['cashoutV35381', 'E027870D3E8ADDDB26777903778CF0338116ACD867A58812E0C94953952AA288'],
])('the control word of %s is known', (externalId, control) => {
  expect(noticeControl('your_cashout_api_signature', externalId, { before: 'Be4', after: 'Bo7' })).toBe(control);
});

test('the network takes the known signatures, and 302 answers any other over the same bytes', () => {
  const bench = createBench({ brand: 'onekey' });
  const [, bodyText, signature] = VECTORS[2];
  const ask = (given: string, body: string = bodyText) =>
    outcomeOf(bench.send('POST', '/v3/cashout/status', body, { 'payload-signature': given }));

  expect(ask(signature)).toBe('412/509');
  expect(ask(signature.toUpperCase())).toBe('412/302');
  expect(ask(signature.slice(0, 63))).toBe('412/302');
  expect(ask('')).toBe('412/302');
  expect(ask(signature, bodyText.replace(',', ', '))).toBe('412/302');
});

test('bytes are signed, not meaning: blanks, order and escapes count', () => {
  const bench = createBench();
  const spaced = JSON.stringify(payoutOf('tupay'), null, 4).replaceAll('Rojas', String.raw`Rojas \/ Nu\u00f1ez`);

  expect(outcomeOf(bench.send('POST', '/v3/cashout', spaced))).toBe('200');
});

test('a wrong signature on hold and release is answered with 401, as its page says', () => {
  const bench = createBench();
  const body = { ...KEYS, cashout_id: 1, status: 'ON_HOLD' };

  expect(outcomeOf(bench.send('PUT', '/v3/cashout/status', body, { 'payload-signature': 'no' }))).toBe('401/302');
});
