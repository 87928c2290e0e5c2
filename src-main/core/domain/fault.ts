/**
 * Fault: what a person is told when something cannot be done. `code` picks the words on screen; `detail` carries the facts in English;
 * `values` fill the words (already formatted text or numbers). The cause of a technical failure goes to the log only.
 */
export type FaultCode =
  | 'amount.invalid'
  | 'amount.below-minimum'
  | 'amount.above-maximum'
  | 'amount.not-a-step'
  | 'amount.drawer-short'
  | 'cash-out.unknown'
  | 'cash-out.wrong-state'
  | 'cash-out.in-doubt'
  | 'cash-out.not-paid-now'
  | 'cash-out.cannot-check-now'
  | 'cash-out.another-handing-over'
  | 'cash-out.too-late-to-confirm'
  | 'cash-out.return-impossible'
  | 'cash-out.sticker-taken'
  | 'purchase.unsupported'
  | 'purchase.invalid'
  | 'payout.unknown'
  | 'payout.wrong-state'
  | 'payout.in-doubt'
  | 'payout.field-invalid'
  | 'payout.amount-invalid'
  | 'payout.not-possible'
  | 'payout.cannot-check-now'
  | 'payout.another-handing-over'
  | 'payout.replaced'
  | 'supervisor.needed'
  | 'network.unknown'
  | 'network.not-configured'
  | 'network.blocked'
  | 'network.unreachable'
  | 'network.offline'
  | 'network.refused'
  | 'mode.unsupported'
  | 'shift.none-open'
  | 'shift.already-open'
  | 'shift.unknown'
  | 'shift.open-cash-outs'
  | 'count.invalid'
  | 'person.unknown'
  | 'settings.missing'
  | 'settings.invalid'
  | 'slip.not-now'
  | 'slip.failed'
  | 'slip.no-printer'
  | 'case.unknown'
  | 'case.closed'
  | 'case.decision-not-allowed'
  | 'drop.too-large'
  | 'request.invalid'
  | 'storage.newer-than-app'
  | 'storage.failed'
  | 'storage.damaged'
  | 'storage.locked'
  | 'backup.failed'
  | 'backup.unknown'
  | 'pairing.running'
  | 'pairing.token-missing'
  | 'pairing.token-refused'
  | 'pairing.wrong-country'
  | 'pairing.wrong-account'
  | 'pairing.store-missing'
  | 'pairing.pos-taken'
  | 'pairing.refused'
  | 'pairing.in-doubt'
  | 'pairing.open-cash-outs'
  | 'pairing.proof-failed'
  | 'device.not-here'
  | 'device.unknown'
  | 'device.profile-unknown'
  | 'device.line-wrong'
  | 'device.line-taken'
  | 'device.look-failed'
  | 'device.file-invalid'
  | 'device.busy'
  | 'device.not-proven'
  | 'reconcile.running'
  | 'training.only'
  | 'internal';

export type Fault = Readonly<{ code: FaultCode; detail: string; values?: Readonly<Record<string, string | number>> }>;

export function fault(code: FaultCode, detail: string, values?: Readonly<Record<string, string | number>>): Fault {
  return { code, detail, ...(values && { values }) };
}

/** For the few places (opening a database) where a fault must travel as an exception. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly fault: Fault;

  constructor(problem: Fault, options: { cause?: unknown } = {}) {
    super(`${problem.code}: ${problem.detail}`, options);
    this.fault = problem;
  }
}
