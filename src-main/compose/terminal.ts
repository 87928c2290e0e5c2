/** The till for the command line: the production engine, and what a technician at a shell does besides. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createJournal } from '../adapters/storage/journal.ts';
import type { Verification } from '../adapters/storage/journal.ts';
import { readPlacedJson } from '../adapters/system/settings-text.ts';
import { createHandlers } from '../bridge/handlers.ts';
import { cashOutView } from '../bridge/views/cash-out-view.ts';
import { caseView } from '../bridge/views/small-views.ts';
import { readSettingsFile } from '../core/contract/settings-file.ts';
import { FaultError } from '../core/domain/fault.ts';
import type { Result } from '../core/domain/result.ts';
import { err, ok } from '../core/domain/result.ts';
import type { Settings } from '../core/domain/settings.ts';
import type { PlacedProblem, Shell, TerminalTill, Verdict } from '../hosts/terminal/terminal-till.ts';
import { isPrinterProfile } from './devices.ts';
import { composeProduction } from './production.ts';
import type { ComposedTill } from './production.ts';

export const openTerminal: Shell['open'] = async ({ dataDirectory }) => {
  try {
    return ok(terminalTill(composeProduction(dataDirectory === undefined ? {} : { dataDirectory })));
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault);
    throw error;
  }
};

function terminalTill(composed: ComposedTill): TerminalTill {
  const { till, foundation } = composed;
  const { store, vault, db } = foundation;
  const { context, sync } = till;
  const journal = createJournal(db);
  return {
    handlers: createHandlers(till),
    settings: () => store.settings(),
    importSettings(text, source) {
      const read = readSettings(text);
      if (read.ok) till.changeSettings(read.value, source);
      return read;
    },
    setSecret: (name, value) => setSecret(composed, name, value),
    secretNames: () => vault.names(),
    cases: () => store.openCases().map(caseView),
    follow: (until, timeoutMs) => follow(composed, until, timeoutMs),
    show(id) {
      const cashOut = store.cashOut(id);
      return cashOut && cashOutView(context, cashOut);
    },
    unsettledCount: () => sync.unsettledCount(),
    sweep: () => sync.sweep(),
    verifyJournal: (fromSeq) => verdictOf(journal.verify(fromSeq)),
    exportJournal: (fromSeq) => journal.exportLines(fromSeq),
    close: () => composed.close(),
  };
}

function verdictOf(verification: Verification): Verdict {
  if (verification.sound) return { ok: true, entries: verification.checked, head: verification.head };
  const { seq, kind, detail } = verification;
  return { ok: false, badSeq: seq, reason: `${kind}: ${detail}` };
}

function readSettings(text: string): Result<Settings, readonly PlacedProblem[]> {
  const json = readPlacedJson(text);
  if (!json.ok) return err(json.error.map((problem) => ({ path: [], ...problem })));
  const read = readSettingsFile(json.value.value);
  if (!read.ok) return err(read.error.map((problem) => ({ ...problem, ...json.value.placeOf(problem.path) })));
  const { printerProfile } = read.value;
  if (isPrinterProfile(printerProfile)) return read;
  const keys = ['printer', 'profile'];
  return err([{ path: keys, message: `there is no printer profile "${printerProfile}"`, ...json.value.placeOf(keys) }]);
}

/** A new token may be the cure of a blocked network: the next call tries it. */
function setSecret({ foundation }: ComposedTill, name: string, value: string): ReturnType<TerminalTill['setSecret']> {
  try {
    foundation.vault.set(name, value);
    const { store } = foundation;
    const blocked = store.blockedNetworks().filter(({ code }) => code === 'unauthorized');
    store.commit(blocked.map(({ network }) => ({ type: 'network.unblocked', v: 1, network })));
    return ok(undefined);
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault);
    throw error;
  }
}

/** Runs the sync loop until the condition holds or the time is up. */
async function follow({ till, foundation }: ComposedTill, until: () => boolean, timeoutMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const check = (): void => {
    if (until()) resolve(true);
  };
  const unsubscribe = till.onChange(check);
  const cancel = foundation.timers.after(timeoutMs, () => resolve(until()));
  try {
    check();
    if (!until()) till.sync.start();
    return await promise;
  } finally {
    cancel();
    unsubscribe();
    await till.sync.stop();
  }
}

/** The shell of this machine. */
export const MACHINE_SHELL: Shell = {
  open: openTerminal,
  readFile: (path) => attempt(() => readFileSync(path, 'utf8')),
  writeFile: (path, lines) =>
    attempt(() => {
      writeFileSync(path, [...lines].map((line) => `${line}\n`).join(''));
      return undefined;
    }),
  async readInput() {
    const chunks: string[] = [];
    process.stdin.setEncoding('utf8');
    for await (const chunk of process.stdin) chunks.push(String(chunk));
    return chunks.join('');
  },
  out: (text) => void process.stdout.write(text),
  errorOut: (text) => void process.stderr.write(text),
};

function attempt<Value>(run: () => Value): Result<Value, string> {
  try {
    return ok(run());
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
