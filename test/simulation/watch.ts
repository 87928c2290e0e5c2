/**
 * Looks over the till's shoulder at every commit, with a book of its own, and says at once what must never be (design: invariants I1 to I9).
 * It reads journal entries only, and keeps only what it needs to judge the next one.
 */
import { ARROWS, transition } from '../../src-main/core/domain/cash-out.ts';
import type { CashOut } from '../../src-main/core/domain/cash-out.ts';
import { GENESIS_HASH } from '../../src-main/core/domain/journal-event.ts';
import type { JournalEntry, JournalEvent, SlipRequest } from '../../src-main/core/domain/journal-event.ts';

type Drawer = { cashMinor: number; isOpen: boolean };

export class Watch {
  readonly #say: (breach: string) => void;
  readonly #cashOuts = new Map<string, CashOut>();
  readonly #paid = new Map<string, number>();
  readonly #given = new Set<string>();
  readonly #payouts = new Map<string, { readonly amountMinor: number; shiftId: string }>();
  readonly #drawers = new Map<string, Drawer>();
  readonly #commands = new Map<string, { key: string; path: string; body: string; sent: boolean }>();
  readonly #kinds = new Set<string>();
  readonly #keys = new Map<string, string>();
  readonly #newestAnswerMs = new Map<string, number>();
  #head = { seq: 0, hash: GENESIS_HASH };

  readonly #isPayable: (reference: string) => boolean;

  /** `isPayable`: whether a customer could pay this order right now, as the network has it. */
  constructor(say: (breach: string) => void, isPayable: (reference: string) => boolean) {
    this.#say = say;
    this.#isPayable = isPayable;
  }

  get head(): Readonly<{ seq: number; hash: string }> {
    return this.#head;
  }

  cashOut(id: string): CashOut | undefined {
    return this.#cashOuts.get(id);
  }

  /** Whether these bytes were saved as a command, and as being sent, before they arrived (I3). */
  isSaved(path: string, body: string): boolean {
    for (const command of this.#commands.values()) {
      if (command.path === path && command.body === body && command.sent) return true;
    }
    return false;
  }

  see(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      if (entry.seq !== this.#head.seq + 1 || entry.prevHash !== this.#head.hash) {
        this.#say(`I4: entry ${entry.seq} does not follow ${this.#head.seq}`);
      }
      this.#head = { seq: entry.seq, hash: entry.hash };
      this.#judge(entry.event, entry.atMs);
    }
  }

  #judge(event: JournalEvent, atMs: number): void {
    switch (event.type) {
      case 'shift.opened':
        this.#drawers.set(event.shiftId, { cashMinor: event.floatMinor, isOpen: true });
        return;
      case 'shift.dropped':
        return this.#takeOut(event.shiftId, event.amountMinor, 'a drop');
      case 'shift.closed':
        return this.#closeDrawer(event);
      case 'cash-out.requested':
        if (this.#cashOuts.has(event.terms.id)) this.#say(`I6: ${event.terms.id} is requested twice`);
        this.#cashOuts.set(event.terms.id, { ...event.terms, state: 'requested', cancelAsked: false });
        return;
      case 'cash-out.step':
        return this.#step(event, atMs);
      case 'payout.requested':
        this.#payouts.set(event.terms.id, { amountMinor: event.terms.amountMinor, shiftId: '' });
        return;
      case 'payout.step':
        return this.#payoutStep(event);
      case 'command.enqueued':
        return this.#enqueue(event);
      case 'command.step': {
        const command = this.#commands.get(event.commandId);
        if (!command) this.#say(`I3: a step of ${event.commandId}, which was never saved`);
        else if (event.step.type === 'sending') command.sent = true;
        return;
      }
      default:
        return;
    }
  }

  #step({ cashOutId, step }: Extract<JournalEvent, { type: 'cash-out.step' }>, atMs: number): void {
    const before = this.#cashOuts.get(cashOutId);
    if (!before) return this.#say(`I6: ${step.type} of ${cashOutId}, which nobody asked for`);
    const after = transition(before, step, atMs);
    if (!after.ok || !ARROWS[before.state].includes(after.value.state)) {
      return this.#say(`I6: ${cashOutId}: ${step.type} while ${before.state}`);
    }
    this.#cashOuts.set(cashOutId, after.value);
    const saidMs = ('evidence' in step && step.evidence?.orderUpdatedAtMs) || 0;
    if (saidMs > 0 && saidMs < (this.#newestAnswerMs.get(cashOutId) ?? 0)) {
      this.#say(`I6: ${cashOutId}: ${step.type} by an answer older than the one before`);
    }
    this.#newestAnswerMs.set(cashOutId, Math.max(saidMs, this.#newestAnswerMs.get(cashOutId) ?? 0));
    if ((step.type === 'cancelled' || step.type === 'expired') && this.#isPayable(before.externalReference)) {
      this.#say(`I2: ${cashOutId} is ${step.type} here, and can still be paid over there`);
    }
    if (step.type === 'paid') this.#paid.set(cashOutId, step.payment.amountMinor);
    if (step.type === 'dispensed') this.#dispense(after.value);
  }

  #dispense(cashOut: CashOut): void {
    const { id, amountMinor } = cashOut;
    if (this.#given.has(id)) this.#say(`I1: ${id} is dispensed a second time`);
    const { purchase } = cashOut;
    const wanted = amountMinor + (purchase?.totalMinor ?? 0);
    if (this.#paid.get(id) !== wanted) this.#say(`I1: ${id} is dispensed without having been paid in full`);
    this.#given.add(id);
    this.#takeOut('payingShiftId' in cashOut ? cashOut.payingShiftId : '', amountMinor, id);
  }

  #payoutStep({ payoutId, step }: Extract<JournalEvent, { type: 'payout.step' }>): void {
    const payout = this.#payouts.get(payoutId);
    if (!payout) return this.#say(`I6: ${step.type} of ${payoutId}, which nobody asked for`);
    if (step.type === 'notes-started') payout.shiftId = step.shiftId;
    if (step.type !== 'replaced-by-notes') return;
    if (this.#given.has(payoutId)) this.#say(`I1: notes in place of ${payoutId} a second time`);
    this.#given.add(payoutId);
    this.#takeOut(payout.shiftId, payout.amountMinor, payoutId);
  }

  #takeOut(shiftId: string, amountMinor: number, what: string): void {
    const drawer = this.#drawers.get(shiftId);
    if (!drawer?.isOpen) return this.#say(`I5: ${what} from a drawer that is not open`);
    drawer.cashMinor -= amountMinor;
    if (drawer.cashMinor < 0) this.#say(`I5: the drawer is ${drawer.cashMinor} after ${what}`);
    if (!Number.isSafeInteger(drawer.cashMinor)) this.#say(`I5: ${what} is no whole amount`);
  }

  #closeDrawer(event: Extract<JournalEvent, { type: 'shift.closed' }>): void {
    const drawer = this.#drawers.get(event.shiftId);
    if (drawer?.cashMinor !== event.expectedMinor) {
      this.#say(`I5: the close expects ${event.expectedMinor}, the drawer should hold ${drawer?.cashMinor}`);
    }
    if (drawer) drawer.isOpen = false;
  }

  #enqueue({ command }: Extract<JournalEvent, { type: 'command.enqueued' }>): void {
    const { id, cashOutId, kind, idempotencyKey: key, request } = command;
    if (this.#keys.has(key)) this.#say(`I3: two commands with one key`);
    if (this.#kinds.has(`${cashOutId} ${kind}`)) this.#say(`I3: a second ${kind} of ${cashOutId}`);
    this.#keys.set(key, id);
    this.#kinds.add(`${cashOutId} ${kind}`);
    this.#commands.set(id, { key, path: request.path, body: request.body, sent: false });
  }

  /** What arrived over there with this key must be what was saved here, and saved as being sent, before it came (I3). */
  arrived(arrival: Readonly<{ key: string | undefined; path: string; body: string }>): void {
    const { key, path, body } = arrival;
    if (key === undefined) {
      if (!this.isSaved(path, body)) this.#say(`I3: ${path} arrived, which was never saved as being sent`);
      return;
    }
    const command = this.#commands.get(this.#keys.get(key) ?? '');
    if (!command?.sent) this.#say(`I3: ${path} arrived with a key that was not saved as being sent`);
    else if (command.path !== path || command.body !== body)
      this.#say(`I3: ${path} arrived with other bytes than saved`);
  }

  slipName(slip: SlipRequest): string {
    const state = this.#cashOuts.get(slip.subjectId)?.state ?? '';
    return `${slip.kind} ${slip.subjectId} ${slip.kind === 'receipt' ? state : ''} copy ${slip.copy}`;
  }
}
