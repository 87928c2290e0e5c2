import { expect, test } from 'vitest';
import { controlOf, readNotice } from '../../../../src-main/adapters/networks/d24/notice.ts';
import { network, SECRETS } from './bench.ts';

const KEY = { signatureKey: 'your_cashout_api_signature', prefix: 'Be4', suffix: 'Bo7' };
const CONTROL = 'E027870D3E8ADDDB26777903778CF0338116ACD867A58812E0C94953952AA288';

/** As in the documents' sample, with a control that fits. */
const FORM = `date=2020-03-12%2020%3A26%3A11&bank_reference_id=&comments=&external_id=cashoutV35381&control=${CONTROL}&cashout_id=60067&status_reason=`;

test.each([
  ['cashoutID1234', 'DDD345FB66A8053FBB69E0DBCACFDE5F63CA05140C3A2C446B7A0E4118F8BA1D'],
  ['cashoutV35381', CONTROL],
])('the control of %s', (externalId, control) => {
  expect(controlOf(externalId, KEY)).toBe(control);
});

test('a genuine notification names our id; the rest are hints', () => {
  expect(readNotice(FORM, KEY)).toEqual({
    kind: 'genuine',
    externalId: 'cashoutV35381',
    hints: { cashoutId: '60067', date: '2020-03-12 20:26:11', statusReason: '', bankReference: '', comments: '' },
  });
});

test('a control in lower case is the same control', () => {
  expect(readNotice(FORM.replace(CONTROL, CONTROL.toLowerCase()), KEY).kind).toBe('genuine');
});

test.each([
  ['another id', FORM.replace('cashoutV35381', 'cashoutV35382')],
  ['a digit changed', FORM.replace('control=E0', 'control=E1')],
  ['a shorter control', FORM.replace(CONTROL, CONTROL.slice(0, -1))],
  ['a longer control', FORM.replace(CONTROL, `${CONTROL}0`)],
  ['no control', FORM.replace(`control=${CONTROL}&`, '')],
  ['two controls', `${FORM}&control=${CONTROL}`],
  ['letters outside ASCII', FORM.replace('control=E0', 'control=%C3%89%C3%89')],
])('%s: forged', (_what, form) => {
  expect(readNotice(form, KEY)).toEqual({ kind: 'forged' });
});

test.each([
  ['', 'no external_id'],
  ['control=1', 'no external_id'],
  ['{"external_id":"x"}', 'no external_id'],
  [`${FORM}&external_id=other`, 'no single external_id'],
  [FORM.replace('cashoutV35381', 'x'.repeat(101)), 'no single external_id'],
  [`${FORM}&comments=${'x'.repeat(20_000)}`, 'too long'],
])('what is no notification is told apart from a forged one', (form, detail) => {
  expect(readNotice(form, KEY)).toEqual({ kind: 'unreadable', detail });
});

test('nobody can write lines or an id that is none into a hint', () => {
  const form = FORM.replace('60067', 'DROP').replace('comments=', 'comments=a%0D%0Ab%00');
  expect(readNotice(form, KEY)).toMatchObject({ kind: 'genuine', hints: { comments: 'a b' } });
  expect(readNotice(form, KEY)).not.toMatchObject({ hints: { cashoutId: expect.anything() as unknown } });
});

test('the key and the marks around the id are the account’s', () => {
  const control = controlOf('X1', { signatureKey: SECRETS.signatureKey, prefix: 'a', suffix: 'b' });
  const form = `external_id=X1&control=${control}`;
  expect(network({ controlPrefix: 'a', controlSuffix: 'b' }).readNotice(form).kind).toBe('genuine');
  expect(network().readNotice(form).kind).toBe('forged');
});
