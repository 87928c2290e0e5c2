import { expect, test } from 'vitest';
import { bytesToSend, jsonText, payloadSignature } from '../../../../src-main/adapters/networks/d24/signed-body.ts';

const CREDENTIALS = { login: 'cashout_login', pass: 'cashout_pass' };

/** Computed in two other languages; key `cashout_secret_key`. The hashes printed in the networks' documents fit none of their bodies. */
test.each([
  ['{"cashout_id":11954}', 66, 'db96878e3d4066e680a1dbebc977546276e1427aefbe14ead1b410a76d45cc60'],
  ['{"external_id":"s2kdfm39494"}', 75, '45b3e499aeaeb35bb735c27257e7e3102695e8a6348a8e8315f64021e3fb6940'],
  [
    '{"cashout_id":11954,"external_id":"s2kdfm39494"}',
    94,
    'd3007ee2ed7336376082ab524f85e8b201c876c7ebccba173b5cc64570fa1f0d',
  ],
  [
    '{"cashout_id":11954,"external_id":"cashoutID2134"}',
    96,
    '01e4da638f0da100d3756614517093b438b8e69c9b3780f01e05efe1378393a3',
  ],
  ['{"cashout_id":97875,"status":"ON_HOLD"}', 85, 'd42cf3ef0c1bf11cd9bb8d83c19abed013564f560d6d624ec349f1e4937c5985'],
  ['{"external_id":"till-ñ-1"}', 73, '04e4c4d43e25fe85cd90ba4513ca37f01e52d0aed851d099b06618ffcb2d61f3'],
  ['{"external_id":"till-\\u00f1-1"}', 77, 'b7075c98c1ec1fc72abe6a02c9f1797d048c373909e80ac449a1d7553d9caebc'],
])('%s with login and pass is %d bytes and has its signature', (frozen, length, signature) => {
  const bytes = bytesToSend(frozen, CREDENTIALS);
  expect([bytes.length, payloadSignature(bytes, 'cashout_secret_key')]).toEqual([length, signature]);
});

test('an empty body is signed like any other', () => {
  expect(payloadSignature(new Uint8Array(), 'cashout_secret_key')).toBe(
    '8d3e2b061e753c88e401ac8737e6dc7af9e02d590fd1dd4d5e1ded9f4430487c',
  );
});

test('numbers go out as they are written, and only numbers go out as numbers', () => {
  expect(jsonText([['amount', { digits: '250.5' }]])).toBe('{"amount":250.5}');
  expect(
    jsonText([
      ['a', 'ñ"\\'],
      ['b', false],
      ['c', { digits: '0.01' }],
    ]),
  ).toBe('{"a":"ñ\\"\\\\","b":false,"c":0.01}');
  for (const digits of ['', '01', '1.', '.5', '1e3', '-1', 'NaN', '1,5']) {
    expect(() => jsonText([['amount', { digits }]])).toThrow(/not a JSON number/);
  }
});
