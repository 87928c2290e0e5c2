/** Pairing as a technician drives it: look, run, follow, print. One run at a time; what must survive a crash is in the journal alone. */
import { OPEN_STATES } from '../../domain/cash-out.ts';
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import { isExternalId, PAIRING_STEPS } from '../../domain/pairing.ts';
import type {
  Account,
  PairingNetworkId,
  PairingStepName,
  PairRequest,
  PointOfSale,
  Store,
} from '../../domain/pairing.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import { requireSettings } from '../till-parts.ts';
import type { TillContext } from '../till-parts.ts';
import { pairingRecord } from './pairing-record.ts';
import type { PairingRecord } from './pairing-record.ts';
import { printSticker } from './print-sticker.ts';
import type { StickerPrint } from './print-sticker.ts';
import { needed, persist, USUAL_PATIENCE } from './run.ts';
import type { Run } from './run.ts';
import { checkAccount, takeSteps, wantedPosId, wantedStoreId } from './steps.ts';
import type { Paired } from './steps.ts';

export type StepProgress = Readonly<{
  step: PairingStepName;
  state: 'waiting' | 'doing' | 'done' | 'failed';
  detail: string;
}>;

/** Of the run in this program, if there was one. */
export type PairingProgress = Readonly<{ isRunning: boolean; steps: readonly StepProgress[]; fault?: Fault }>;

/** What is there, and what a run with the same request would do. */
export type Look = Readonly<{
  account: Account;
  stores: readonly Store[];
  /** The store that the request means, where it is there. */
  store?: Store;
  wantedStoreId: string;
  /** Of that store. */
  pointsOfSale: readonly PointOfSale[];
  pos?: PointOfSale;
  wantedPosId: string;
}>;

type Running = Promise<Result<Paired, Fault>>;

export interface Pairing {
  /** Whether a usable token is stored under the name that this network's settings (or the request) give. */
  hasToken(network: PairingNetworkId, tokenSecret?: string): boolean;
  record(network: PairingNetworkId): PairingRecord;
  progress(network: PairingNetworkId): PairingProgress;
  /** Asks, makes nothing, changes nothing. */
  look(request: PairRequest): Promise<Result<Look, Fault>>;
  /** Every step; may be repeated at will. */
  run(request: PairRequest, hear?: (progress: StepProgress) => void): Promise<Result<Paired, Fault>>;
  /** The same, for who follows `progress`: answers at once. */
  begin(request: PairRequest): Result<Running, Fault>;
  printSticker(network: PairingNetworkId): Promise<Result<StickerPrint, Fault>>;
  /** The till ends: a run under way ends where it stands, as it would by a power cut, and the next one goes on from there. */
  stop(): void;
  /** The kept picture, PNG. */
  sticker(network: PairingNetworkId): Uint8Array | undefined;
}

const NOT_YET: PairingProgress = {
  isRunning: false,
  steps: PAIRING_STEPS.map((step) => ({ step, state: 'waiting', detail: '' })),
};

export function createPairing(till: TillContext, saved: () => void): Pairing {
  const progress = new Map<PairingNetworkId, PairingProgress>();
  let isStopped = false;

  function tell(network: PairingNetworkId, change: Partial<PairingProgress>, step?: StepProgress): void {
    const before = progress.get(network) ?? NOT_YET;
    const steps = step ? before.steps.map((old) => (old.step === step.step ? step : old)) : before.steps;
    progress.set(network, { ...before, steps, ...change });
    till.touched();
  }

  /** What can be refused at once is; the rest goes on by itself. */
  function start(request: PairRequest, hear?: (step: StepProgress) => void): Result<Running, Fault> {
    const { network } = request;
    if (till.beingPaired.size > 0) return err(fault('pairing.running', 'a pairing is under way already'));
    const open = openCashOuts(till, network);
    if (open) return err(open);
    let now: PairingStepName = 'account';
    const begun = begin(till, request, (step, state, detail) => {
      now = step;
      tell(network, {}, { step, state, detail });
      hear?.({ step, state, detail });
    });
    if (!begun.ok) return begun;
    progress.set(network, { ...NOT_YET, isRunning: true });
    till.beingPaired.add(network);
    return ok(follow(begun.value, () => now, hear));
  }

  async function follow(
    run: Run,
    now: () => PairingStepName,
    hear: ((step: StepProgress) => void) | undefined,
  ): ReturnType<Pairing['run']> {
    const { network } = run.request;
    try {
      const paired = await takeSteps(run);
      if (paired.ok) {
        saved();
        return paired;
      }
      const failed: StepProgress = { step: now(), state: 'failed', detail: paired.error.detail };
      hear?.(failed);
      tell(network, { fault: paired.error }, failed);
      return paired;
    } catch (error) {
      // The store is closed under the run: what it had saved is what the next one finds.
      if (isStopped)
        return err(fault('pairing.in-doubt', 'the till was closed while it was being paired: run it again'));
      const problem = fault('internal', `${now()}: an unexpected failure; the log has the details`);
      tell(network, { fault: problem }, { step: now(), state: 'failed', detail: problem.detail });
      throw error;
    } finally {
      till.beingPaired.delete(network);
      tell(network, { isRunning: false });
      run.wire.close();
    }
  }

  return {
    hasToken: (network, tokenSecret) => hasToken(till, network, tokenSecret),
    record: (network) => pairingRecord(till.store, network),
    progress: (network) => progress.get(network) ?? NOT_YET,
    look: (request) => look(till, request),
    begin: (request) => start(request),
    async run(request, hear) {
      const running = start(request, hear);
      return running.ok ? running.value : running;
    },
    printSticker: (network) => printSticker(till, network),
    stop: () => void (isStopped = true),
    sticker: (network) => stickerOf(till, network),
  };
}

function stickerOf(till: TillContext, network: PairingNetworkId): Uint8Array | undefined {
  const kept = pairingRecord(till.store, network).sticker;
  return kept && till.pairing?.pictures.read(kept.sha256);
}

function hasToken(till: TillContext, network: PairingNetworkId, tokenSecret: string | undefined): boolean {
  const own = till.store.settings()?.networks[network];
  if (!own || !till.pairing) return false;
  const wire = till.pairing.connect({ baseUrl: own.baseUrl, tokenSecret: tokenSecret ?? own.tokenSecret });
  const has = wire.hasToken();
  wire.close();
  return has;
}

async function look(till: TillContext, request: PairRequest): Promise<Result<Look, Fault>> {
  const begun = begin(till, request, () => undefined);
  if (!begun.ok) return begun;
  try {
    return await lookAround(begun.value);
  } finally {
    begun.value.wire.close();
  }
}

function begin(till: TillContext, request: PairRequest, report: Run['report']): Result<Run, Fault> {
  const settings = requireSettings(till);
  if (!settings.ok) return settings;
  const own = settings.value.networks[request.network];
  if (!own) {
    const words = `the settings have no network ${request.network}`;
    return err(fault('network.not-configured', words, { network: request.network }));
  }
  if (!till.pairing) return err(fault('network.not-configured', 'this till cannot be paired'));
  const wrong = [request.store.externalId, request.pos.externalId].find((id) => id !== undefined && !isExternalId(id));
  if (wrong !== undefined)
    return err(fault('request.invalid', 'an external id has 1 to 40 letters and digits, and nothing else'));
  const tokenSecret = request.tokenSecret ?? own.tokenSecret;
  const { connect, pictures, patience = USUAL_PATIENCE } = till.pairing;
  const wire = connect({ baseUrl: own.baseUrl, tokenSecret });
  return ok({ till, request, settings: settings.value, own, tokenSecret, wire, pictures, patience, report });
}

/**
 * An order under way names the point of sale that it was made on: with another one its answers would no longer fit. One that waits on a
 * sticker stands where the test order may have to wait, whichever interface it came through.
 */
function openCashOuts({ store }: TillContext, network: PairingNetworkId): Fault | undefined {
  const open = store
    .cashOutsIn(OPEN_STATES)
    .filter((cashOut) => cashOut.network === network || cashOut.mode !== 'dynamic');
  if (open.length === 0) return undefined;
  const words = `${open.length} cash-outs are still open: settle them first`;
  return fault('pairing.open-cash-outs', words, { count: open.length });
}

/** Account first: a wrong token is said before anything else is asked. Nothing is written, not even in the journal. */
async function lookAround(run: Run): Promise<Result<Look, Fault>> {
  const { wire, request } = run;
  const account = await checkAccount({ ...run, isDry: true });
  if (!account.ok) return account;
  const listed = needed(run, 'stores', await persist(run, () => wire.stores(account.value.userId)));
  if (!listed.ok) return listed;
  const stores = listed.value.value;
  const storeId = wantedStoreId(run);
  const store = stores.find(({ id, externalId }) =>
    request.store.id === undefined ? externalId === storeId : id === request.store.id,
  );
  const assumed: Store = store ?? { id: '', name: '', externalId: storeId };
  const posId = wantedPosId(run, assumed);
  const posList =
    store && needed(run, 'points of sale', await persist(run, () => wire.pointsOfSale({ storeId: store.id })));
  if (posList && !posList.ok) return posList;
  const pointsOfSale = posList?.value.value ?? [];
  const pos = pointsOfSale.find(({ externalId }) => externalId === posId);
  return ok({
    account: account.value,
    stores,
    ...(store && { store }),
    wantedStoreId: storeId,
    pointsOfSale,
    ...(pos && { pos }),
    wantedPosId: posId,
  });
}
