/** The till for the command line: the production engine, and what a technician at a shell does besides. */
import { isUsableToken } from '../adapters/networks/http/http-client.ts';
import { createHandlers } from '../bridge/handlers.ts';
import { pairedView, pairingLookView } from '../bridge/views/pairing-view.ts';
import { cashOutView } from '../bridge/views/cash-out-view.ts';
import { payoutView } from '../bridge/views/payout-view.ts';
import { slipView } from '../bridge/views/small-views.ts';
import { reconciliationView } from '../bridge/views/reconciliation-view.ts';
import { isBlocked } from '../core/application/syncing/network-health.ts';
import { fault, FaultError } from '../core/domain/fault.ts';
import { NETWORK_IDS } from '../core/domain/network.ts';
import type { NetworkId } from '../core/domain/network.ts';
import { isPayoutNetwork } from '../core/domain/payouts/payout.ts';
import { secretNamesOf } from '../core/domain/settings.ts';
import { err, ok } from '../core/domain/result.ts';
import { warningWords } from '../core/domain/warning.ts';
import type { Settings } from '../core/domain/settings.ts';
import type { QrModules, Shell, TerminalTill } from '../hosts/terminal/terminal-till.ts';
import { loadPrinterProfile } from './devices.ts';
import { composeProduction } from './production.ts';
import type { ComposedTill, ProductionOptions } from './production.ts';

export const openTerminal: Shell['open'] = (place) => openTerminalWith({}, place);

/** `openTerminal` with another way to start the device process. */
export async function openTerminalWith(
  options: Pick<ProductionOptions, 'startDeviceProcess'>,
  place: Parameters<Shell['open']>[0],
): ReturnType<Shell['open']> {
  try {
    return ok(terminalTill(composeProduction({ ...options, ...place })));
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault);
    // The till is not open and keeps no log yet: these words are all there is.
    return err(fault('internal', `the till could not be opened: ${String(error)}`));
  }
}

function terminalTill(composed: ComposedTill): TerminalTill {
  const { till, foundation } = composed;
  const { store, vault, directory } = foundation;
  const { context, sync } = till;
  const check: TerminalTill['checkSettings'] = async (file) => {
    // The reader of settings files is large, and hardly ever asked for.
    const { readSettings, refuseForOpenMoney } = await import('./terminal-settings.ts');
    const read = readSettings(file);
    if (!read.ok) return read;
    const fits = refuseForOpenMoney(store, read.value);
    return fits.ok ? ok(fits.value.settings) : fits;
  };
  return {
    handlers: createHandlers(till),
    dataDirectory: directory.root,
    settings: () => store.settings(),
    checkSettings: check,
    async importSettings(file, source) {
      const read = await check(file);
      if (read.ok) till.changeSettings(read.value, source);
      return read;
    },
    setSecret: (name, value) => setSecret(composed, name, value),
    secretNames: () => vault.names(),
    follow: (until, timeoutMs) => follow(composed, until, timeoutMs),
    show(id) {
      const cashOut = store.cashOut(id);
      return cashOut && cashOutView(context, cashOut);
    },
    showPayout(id) {
      const payout = store.payout(id);
      return payout && payoutView(context, payout, sync.nextCheckAtMs(id));
    },
    isBlocked: (network) => NETWORK_IDS.some((id) => id === network && isBlocked(context, id)),
    unsettledCount: () => sync.unsettledCount(),
    sweep: () => sync.sweep(),
    followSlip: (jobId, hear) => followSlip(composed, jobId, hear),
    settleInterruptedSlips: () => till.printing.settleInterrupted(),
    async lookToPair(request) {
      const look = await till.pairing.look(request);
      return look.ok ? ok(pairingLookView(till, request.network, look.value)) : look;
    },
    async pair(request, hear) {
      const paired = await till.pairing.run(request, hear);
      return paired.ok ? ok(pairedView(till, request.network, paired.value)) : paired;
    },
    reconcile: (day, hear) => reconcile(composed, day, hear),
    async afterwards() {
      await composed.backups.settled();
      return [...context.warnings.values()].map((warning) => `warning: ${warningWords(warning)}`);
    },
    drawQr,
    explain: (error) => explain(composed, error),
    close: () => composed.close(),
  };
}

const USUAL_TOKEN_SECRET = 'mercadopago-token';

/** A new token may be the cure of a blocked network: the next call tries it. */
function setSecret({ foundation }: ComposedTill, name: string, value: string): ReturnType<TerminalTill['setSecret']> {
  const { store, vault } = foundation;
  if (value !== '' && isTokenName(store.settings(), name) && !isUsableToken(value)) {
    const detail = `the secret ${name} holds something that no access token has (a space, an accent, a line break): copy it again`;
    return err(fault('request.invalid', detail, { field: 'value' }));
  }
  try {
    vault.set(name, value);
    const networks: Settings['networks'] = store.settings()?.networks ?? {};
    const isUsedBy = (id: NetworkId): boolean => {
      const network = networks[id];
      return network !== undefined && secretNamesOf(network).includes(name);
    };
    const blocked = store
      .blockedNetworks()
      .filter(({ code, network }) => code === 'unauthorized' || (isPayoutNetwork(network) && isUsedBy(network)));
    if (blocked.length > 0) store.commit(blocked.map(({ network }) => ({ type: 'network.unblocked', v: 1, network })));
    return ok(undefined);
  } catch (error) {
    if (error instanceof FaultError) return err(error.fault);
    throw error;
  }
}

/** Without settings there is one name only that will be a token's. */
function isTokenName(settings: Settings | undefined, name: string): boolean {
  const { 'mercadopago-orders': orders, 'mercadopago-instore': instore } = settings?.networks ?? {};
  const isToken = [orders, instore].some((network) => network?.tokenSecret === name);
  return name === USUAL_TOKEN_SECRET || settings?.relay?.keySecret === name || isToken;
}

/** Runs the sync loop until the condition holds or the time is up. */
async function follow(
  { till, foundation, ear }: ComposedTill,
  until: () => boolean,
  timeoutMs: number,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const check = (): void => {
    if (until()) resolve(true);
  };
  const unsubscribe = till.onChange(check);
  const cancel = foundation.timers.after(timeoutMs, () => resolve(until()));
  try {
    if (until()) return true;
    till.sync.start();
    ear.start();
    return await promise;
  } finally {
    cancel();
    unsubscribe();
    await ear.stop();
    await till.sync.stop();
  }
}

async function followSlip(
  { till }: ComposedTill,
  jobId: string,
  hear: Parameters<TerminalTill['followSlip']>[1],
): ReturnType<TerminalTill['followSlip']> {
  let said: string | undefined;
  const tell = (): void => {
    const why = till.context.printerWaits?.why;
    if (why && why !== said) hear(why);
    said = why;
  };
  const unsubscribe = till.onChange(tell);
  try {
    tell();
    return slipView(till.context, await till.printing.finished(jobId));
  } finally {
    unsubscribe();
  }
}

const SAID_EVERY = 10;

async function reconcile(
  { till }: ComposedTill,
  day: string | undefined,
  hear: (asked: number, total: number) => void,
): ReturnType<TerminalTill['reconcile']> {
  let said = 0;
  const unsubscribe = till.onChange(() => {
    const { asked, total } = till.reconciler.progress ?? { asked: 0, total: 0 };
    if (asked < said + SAID_EVERY) return;
    said = asked;
    hear(asked, total);
  });
  try {
    const begun = till.reconciler.begin({ trigger: 'person', ...(day !== undefined && { day }) });
    if (!begun.ok) return begun;
    const ended = await begun.value;
    return ended ? ok(reconciliationView(ended)) : err(fault('internal', 'the reconciliation was cut off'));
  } finally {
    unsubscribe();
  }
}

/** The same symbol as on paper, from the network's own bytes (I7). */
async function drawQr(data: string): Promise<QrModules | undefined> {
  const { qrSymbol } = await import('../adapters/devices/printers/qr-symbol.ts');
  const symbol = qrSymbol(data, loadPrinterProfile('generic-80mm'));
  return symbol.ok ? symbol.value : undefined;
}

/** The stack goes to the log, which takes secrets out; the person gets one line that holds none either (I11). */
function explain({ foundation }: ComposedTill, error: unknown): string {
  const words = error instanceof FaultError ? error.fault.detail : String(error);
  foundation.log.error('a command failed', { error: error instanceof Error ? (error.stack ?? words) : words });
  const values = foundation.vault.values().filter((value) => value !== '');
  return values.reduce((text, value) => text.replaceAll(value, '[secret]'), words);
}
