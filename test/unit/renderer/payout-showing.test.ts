import { expect, test } from 'vitest';
import { LOCALES } from '../../../src-main/core/domain/locale.ts';
import { PAYOUT_METHODS } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { REJECTION_HINTS } from '../../../src-main/core/domain/payouts/payout-fact.ts';
import { PAYOUT_STATES } from '../../../src-main/core/domain/payouts/payout.ts';
import { byUrgency, faceOf, toneOfFace } from '../../../src-renderer/screens/payouts/payout-tone.ts';
import { connectionsOf, worstConnection } from '../../../src-renderer/screens/shell/connection.ts';
import { declineFamily, faceWord, hintWords, reviewWords } from '../../../src-renderer/text/payout-words.ts';
import { WORDS } from '../../../src-renderer/text/words.ts';
import { openPayoutView, payoutNetworkView, payoutView } from '../../window/renderer/support/payout-views.ts';
import { tillView } from '../../window/renderer/support/views.ts';

test('notes being counted come first, then what a person must decide, then the oldest of the rest', () => {
  const lines = [
    openPayoutView('pending', { id: 'young', requestedAtMs: 3 }),
    openPayoutView('delivered', { id: 'old', requestedAtMs: 1 }),
    openPayoutView('rejected', { id: 'person', requestedAtMs: 4, needsPerson: true }),
    openPayoutView('rejected', { id: 'counting', requestedAtMs: 5, notesSinceMs: 6 }),
  ];
  expect(byUrgency(lines).map(({ id }) => id)).toEqual(['counting', 'person', 'old', 'young']);
});

test('only what has arrived is green; doubt and what does not fit outshine the state', () => {
  expect(PAYOUT_STATES.filter((state) => ['paid', 'done'].includes(toneOfFace(state)))).toEqual(['completed']);
  const doubt = { command: 'create', attempts: 1, lastOutcome: '', nextAttemptAtMs: 0, needsPerson: false } as const;
  expect(faceOf(payoutView('requested', { doubt }))).toBe('in-doubt');
  expect(faceOf(payoutView('completed', { review: { why: '', sinceMs: 0 } }))).toBe('to-review');
  expect(faceOf(payoutView('rejected', { reversed: true }))).toBe('returned');
  expect(faceOf(payoutView('pending', { cancelAsked: true }))).toBe('cancelling');
  expect(faceOf(payoutView('cancelled', { cancelAsked: true }))).toBe('cancelled');
  expect(faceOf(payoutView('delivered', { method: 'co-efecty' }))).toBe('ready');
  expect(faceOf(payoutView('rejected', { notesSinceMs: 1 }))).toBe('giving-notes');
});

test.each([
  ['300', 'data'],
  ['303', 'bank'],
  ['514', 'funds'],
  ['504', 'person'],
  ['508', 'limit'],
  ['541', 'contact'],
  ['533', 'amount'],
  ['539', 'unavailable'],
  ['519', 'configuration'],
  ['cancelled-before-it-left', 'withdrawn'],
  ['network-unreachable', 'unreachable'],
  ['999', 'other'],
  ['', 'other'],
] as const)('a creation refused with “%s” is told as %s', (code, family) => {
  expect(declineFamily(code)).toBe(family);
});

test('no advice about an empty account or a blocked person says to send again', () => {
  for (const language of LOCALES) {
    const { declines, hints } = WORDS[language].payouts;
    for (const text of [declines.funds, declines.person, hints.supervisor, hints.support]) {
      expect(text).not.toMatch(/de nuevo|de novo|again/i);
    }
  }
});

test('every rejection code and every face has its words in each language', () => {
  for (const language of LOCALES) {
    const words = WORDS[language];
    for (const hint of Object.values(REJECTION_HINTS)) expect(hintWords(words, hint).length).toBeGreaterThan(10);
    for (const state of PAYOUT_STATES) expect(faceWord(words, state).length).toBeGreaterThan(2);
    for (const { id } of PAYOUT_METHODS) expect(words.payoutForm.methods[id].name).not.toBe('');
  }
});

test('what the record says in English of a contradiction is told in the cashier’s language, or not at all', () => {
  expect(reviewWords(WORDS.es, 'the network says completed of what was cancelled')).toBe(
    'Dice «Pagado» de lo que estaba «Cancelado».',
  );
  expect(reviewWords(WORDS.es, 'the network denies a payout it had')).toBe(WORDS.es.payouts.reviewVanished);
  expect(reviewWords(WORDS.pt, 'the network calls it 8405147 and 8405148')).toBe(WORDS.pt.payouts.reviewTwoNumbers);
  expect(reviewWords(WORDS.es, 'the network says 7 Frozen')).toBe(WORDS.es.payouts.reviewUnclear);
  expect(reviewWords(WORDS.es, 'something new')).toBeUndefined();
});

test('the header names each payout network beside the cash-out networks, and shows the worst of all', () => {
  const view = tillView({ payoutNetworks: [payoutNetworkView({ connection: 'blocked' })] });
  expect(connectionsOf(view).map(({ id, connection }) => [id, connection])).toEqual([
    ['mercadopago-orders', 'online'],
    ['tupay', 'blocked'],
  ]);
  expect(worstConnection(connectionsOf(view))?.id).toBe('tupay');
  expect(connectionsOf(tillView())).toHaveLength(1);
});
