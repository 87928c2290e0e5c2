/** The payout commands at a desk without a machine: the real program, and a till that answers what a test tells it to and writes down what it was asked. */
import type { Handlers } from '../../../src-main/core/contract/contract.ts';
import type { PayoutView } from '../../../src-main/core/contract/payout-contract.ts';
import { err, ok } from '../../../src-main/core/domain/result.ts';
import { fault } from '../../../src-main/core/domain/fault.ts';
import type { FaultCode } from '../../../src-main/core/domain/fault.ts';
import { runProgram } from '../../../src-main/hosts/terminal/program.ts';
import type { Shell, TerminalTill } from '../../../src-main/hosts/terminal/terminal-till.ts';

export const ID = '01K9ZZ7H4Q2V8D6M3N5P7R9T1W';
const NOON_MS = Date.UTC(2026, 0, 31, 12);

export const PENDING: PayoutView = {
  id: ID,
  state: 'pending',
  network: 'tupay',
  country: 'PE',
  method: 'pe-bank',
  currency: 'PEN',
  amountMinor: 25_050,
  externalId: `CAJA01${ID}`,
  voucher: 'VPCAJA0101K9ZZ7H4Q2V8D6M3N5P7R9T1WX',
  cashoutId: '8405147',
  beneficiary: { firstName: 'A.', lastName: 'R.', documentType: 'DNI', documentId: '••••43', bankAccount: '••••6813' },
  cashierName: 'Rosa',
  shiftId: 's1',
  requestedAtMs: NOON_MS,
  createdOnHold: false,
  cancelAsked: false,
  reversed: false,
  surfaced: false,
  notesInstead: 'cancel-first',
  checkFailing: false,
  cases: [],
  slips: [],
  actions: ['refresh', 'cancel', 'hold', 'print'],
};

export type Said = Readonly<{ exit: number; out: string; err: string }>;

export type Desk = Readonly<{
  /** Every call that reached the till, in order. */
  calls: { name: string; request: unknown }[];
  /** How the payout stands; each look moves on to the next until the last. */
  standings: PayoutView[];
  /** What a person types when asked. */
  typed: string[];
  answers: Partial<Record<keyof Handlers, unknown>>;
  refusals: Partial<Record<keyof Handlers, FaultCode>>;
  files: Record<string, unknown>;
  isOpened(): boolean;
  run(...words: readonly string[]): Promise<Said>;
}>;

export function openDesk(first: PayoutView = PENDING): Desk {
  const calls: Desk['calls'] = [];
  const standings: PayoutView[] = [first];
  const typed: string[] = [];
  const answers: Desk['answers'] = {};
  const refusals: Desk['refusals'] = {};
  const files: Desk['files'] = {};
  let isOpened = false;
  const look = (): PayoutView | undefined => standings[0];

  const handlers = new Proxy({} as Handlers, {
    get: (_target, name: keyof Handlers) => (request: unknown) => {
      calls.push({ name, request });
      const code = refusals[name];
      return Promise.resolve(code ? err(fault(code, `the till says ${code}`)) : ok(answers[name] ?? look()));
    },
  });
  const till: Partial<TerminalTill> = {
    handlers,
    settings: () => undefined,
    showPayout: (id) => (id === ID ? look() : undefined),
    isBlocked: () => false,
    follow(until) {
      while (!until() && standings.length > 1) standings.shift();
      return Promise.resolve(until());
    },
    afterwards: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };

  async function run(...words: readonly string[]): Promise<Said> {
    let [out, error] = ['', ''];
    const shell: Partial<Shell> = {
      version: '0.0.0',
      open() {
        isOpened = true;
        return Promise.resolve(ok(till as TerminalTill));
      },
      readJson: (file) =>
        Promise.resolve(
          Object.hasOwn(files, file) ? ok(files[file]) : err(`cannot read ${file}: there is no such file`),
        ),
      ask: () => Promise.resolve(typed.shift()),
      out: (text) => void (out += text),
      errorOut: (text) => void (error += text),
    };
    const exit = await runProgram(words, shell as Shell);
    return { exit, out, err: error };
  }
  return { calls, standings, typed, answers, refusals, files, isOpened: () => isOpened, run };
}
