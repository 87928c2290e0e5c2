/** `reconcile`: the till's books beside the networks'. Exit codes: 0 all agree, 1 findings, 3 not everything could be asked. */
import type { ReconciliationView } from '../../core/contract/reconciliation-contract.ts';
import { err, ok } from '../../core/domain/result.ts';
import type { FindingKind } from '../../core/domain/reconciliation.ts';
import { answered, EXIT, failed, usage } from './answer.ts';
import type { ExitCode, Plan } from './answer.ts';
import { facts } from './layout.ts';
import { requireSettings } from './shift-commands.ts';
import { speakerFor } from './speaker.ts';
import type { Speaker } from './speaker.ts';
import { count } from './text.ts';

export type ReconcileOptions = Readonly<{ day?: string; last?: boolean }>;

export function reconcileCommand({ day, last }: ReconcileOptions): Plan {
  if (day !== undefined && last === true) return err(usage('--last shows what is there; --day asks anew'));
  if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) return err(usage('--day is a date: YYYY-MM-DD'));
  return ok(async (till, { note }) => {
    const settings = requireSettings(till);
    if (!settings.ok) return failed(settings.error);
    const speaker = speakerFor(till);
    if (last === true) {
      const shown = await till.handlers['reconcile.last']({});
      if (!shown.ok) return failed(shown.error);
      const { last: ended } = shown.value;
      if (!ended) return { exit: EXIT.done, value: {}, text: 'This till was never reconciled.' };
      return { exit: exitOf(ended), value: ended, text: reconciliationText(ended, speaker) };
    }
    // What waits goes first: a confirmation that is still here would look like a difference.
    await till.sweep();
    const result = await till.reconcile(day, (asked, total) => note(`${asked} of ${total} asked`));
    return answered(result, (view) => reconciliationText(view, speaker), exitOf);
  });
}

function exitOf({ findings, unanswered }: ReconciliationView): ExitCode {
  if (findings.length > unanswered) return EXIT.refused;
  return unanswered > 0 ? EXIT.inDoubt : EXIT.done;
}

const FINDING_WORDS: Readonly<Record<FindingKind, string>> = {
  'paid-not-given': 'paid, not given',
  'given-not-paid': 'given, not paid',
  'returned-and-given': 'returned and given',
  'not-at-till': 'unknown to this till',
  'not-at-network': 'unknown to the network',
  'amount-differs': 'another amount',
  'returned-late': 'came back from the bank',
  'cannot-tell': 'cannot tell',
};

/** `41 agree, 1 paid, not given` as a heading, then each finding. */
export function reconciliationText(view: ReconciliationView, speaker: Speaker): string {
  const { day, fromMs, toMs, agree, counts, findings, endedAtMs, listed } = view;
  const found = counts.map(({ kind, count: number }) => `${number} ${FINDING_WORDS[kind]}`);
  return facts(`Reconciliation: ${[`${agree} agree`, ...found].join('; ')}`, [
    ['compared', day ?? `${speaker.time(fromMs)} to ${speaker.time(toMs)}, and what is open`],
    ['ended', speaker.time(endedAtMs)],
    ['lists', listed.length === 0 ? undefined : `${listed.join(', ')}: looked through`],
    ['unanswered', view.unanswered === 0 ? undefined : `${count(view.unanswered, 'question')}: asked again later`],
    [
      'findings',
      findings.map(({ kind, cashOutId, payoutId, reference, amountMinor, currency, detail }) => {
        const subject = cashOutId ?? payoutId ?? reference ?? '';
        const amount = amountMinor === undefined || !currency ? '' : ` ${speaker.money(amountMinor, currency)}`;
        return `${FINDING_WORDS[kind]}: ${subject}${amount} (${detail})`;
      }),
    ],
  ]);
}
