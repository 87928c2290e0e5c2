/**
 * Finds a store or a point of sale by its external id, or makes it: at most one, whatever is lost on the way.
 *
 * The intention is saved before the create leaves. After a lost answer the only way on is to look: found, it is ours; absent for long
 * enough, it was never made. Until one of the two is known nothing is created again, in this run or in a later one.
 */
import type { Fault } from '../../domain/fault.ts';
import { fault } from '../../domain/fault.ts';
import type { PairingEvidence } from '../../domain/pairing.ts';
import { err, ok } from '../../domain/result.ts';
import type { Result } from '../../domain/result.ts';
import type { PairingAnswer } from '../ports/network-pairing.ts';
import type { OpenCreate } from './pairing-record.ts';
import { ASKED_AT_MOST, faultOf, needed, pause, pauseFor, persist, save } from './run.ts';
import type { PairingPatience, Run } from './run.ts';

export type Placed<Thing> = Readonly<{ thing: Thing; how: 'found' | 'made'; evidence: PairingEvidence }>;

export type Kind<Thing> = Readonly<{
  what: 'store' | 'pos';
  /** For people: `store SUC01`. */
  words: (externalId: string) => string;
  search: (externalId: string) => Promise<PairingAnswer<readonly Thing[]>>;
  externalIdOf: (thing: Thing) => string | undefined;
}>;

type Named = Pick<Kind<unknown>, 'what' | 'words'>;

type Found<Thing> =
  | Readonly<{ kind: 'found'; placed: Placed<Thing> }>
  | Readonly<{ kind: 'absent' }>
  | Readonly<{ kind: 'unclear'; fault: Fault }>;

/** Undefined: there is none. What an earlier run may have made is looked for until that is known. */
export async function findPlace<Thing>(
  run: Run,
  kind: Kind<Thing>,
  externalId: string,
  open: OpenCreate | undefined,
): Promise<Result<Placed<Thing> | undefined, Fault>> {
  if (open?.what === kind.what) {
    const looked = await lookFor(run, kind, open.externalId, open.sinceMs + run.patience.arrivesWithinMs);
    if (looked.kind === 'unclear') return err(looked.fault);
    if (looked.kind === 'absent') notMade(run, kind, open.externalId, 'looked for in vain after a lost answer');
    else if (open.externalId === externalId) return ok(looked.placed);
    // Made under an id that nobody asks for now: said in the journal, and left alone.
    else notMade(run, kind, open.externalId, 'it exists; another one is wanted now');
  }
  const searched = await searchOnce(run, kind, externalId);
  if (!searched.ok) return searched;
  return ok(searched.value && { ...searched.value, how: 'found' as const });
}

const TRIES_MAX = 2;

export async function makePlace<Thing>(
  run: Run,
  kind: Kind<Thing>,
  externalId: string,
  create: () => Promise<PairingAnswer<Thing>>,
): Promise<Result<Placed<Thing>, Fault>> {
  const { till } = run;
  for (let tries = 1; ; tries += 1) {
    save(run, { kind: 'creating', what: kind.what, externalId });
    const answer = await createWhenFree(run, create);
    const sinceMs = till.clock.nowMs();
    switch (answer.kind) {
      case 'answered':
        if (kind.externalIdOf(answer.value) === externalId)
          return ok({ thing: answer.value, how: 'made', evidence: answer.evidence });
        break;
      case 'unknown':
        break;
      case 'taken': {
        // Perhaps by an attempt of ours that searches do not show yet.
        const looked = await lookFor(run, kind, externalId, sinceMs);
        if (looked.kind === 'found') return ok({ ...looked.placed, how: 'found' });
        if (looked.kind === 'unclear') return err(looked.fault);
        notMade(run, kind, externalId, answer.code);
        return err(faultOf(run, kind.words(externalId), answer));
      }
      default: {
        notMade(run, kind, externalId, 'cause' in answer ? answer.cause : answer.kind);
        return err(faultOf(run, kind.words(externalId), answer));
      }
    }
    const looked = await lookFor(run, kind, externalId, sinceMs);
    if (looked.kind === 'found') return ok(looked.placed);
    if (looked.kind === 'unclear') return err(looked.fault);
    notMade(run, kind, externalId, 'looked for in vain after a lost answer');
    if (tries >= TRIES_MAX) return err(lost(kind, externalId));
  }
}

/** 423 and 429 did nothing: the same create again is still the first. */
async function createWhenFree<Thing>(
  run: Run,
  create: () => Promise<PairingAnswer<Thing>>,
): Promise<PairingAnswer<Thing>> {
  for (let asked = 1; ; asked += 1) {
    const answer = await create();
    if (answer.kind !== 'busy' || asked >= ASKED_AT_MOST) return answer;
    await pauseFor(run, answer);
  }
}

/** Until it is found, or has been absent long enough since the create left. */
async function lookFor<Thing>(run: Run, kind: Kind<Thing>, externalId: string, sinceMs: number): Promise<Found<Thing>> {
  const { till, patience } = run;
  const untilMs = till.clock.monotonicMs() + stillToWaitMs(till.clock.nowMs() - sinceMs, patience);
  for (;;) {
    const searched = await searchOnce(run, kind, externalId);
    if (searched.ok && searched.value) return { kind: 'found', placed: searched.value };
    if (till.clock.monotonicMs() >= untilMs) {
      if (searched.ok) return { kind: 'absent' };
      return { kind: 'unclear', fault: isOurs(searched.error) ? searched.error : lost(kind, externalId) };
    }
    await pause(run, patience.lookEveryMs);
  }
}

/** Of a clock on the wall that has been set back since, nothing is believed: the whole time is waited again. */
function stillToWaitMs(waitedMs: number, { absentAfterMs, arrivesWithinMs }: PairingPatience): number {
  return waitedMs < -arrivesWithinMs ? absentAfterMs : Math.max(0, absentAfterMs - waitedMs);
}

/** A token that ended meanwhile is what the technician must hear of, not the doubt that comes of it. */
function isOurs({ code }: Fault): boolean {
  return code === 'pairing.token-refused' || code === 'pairing.token-missing';
}

async function searchOnce<Thing>(
  run: Run,
  kind: Kind<Thing>,
  externalId: string,
): Promise<Result<Placed<Thing> | undefined, Fault>> {
  const answer = needed(run, kind.words(externalId), await persist(run, () => kind.search(externalId)));
  if (!answer.ok) return answer;
  const { value, evidence } = answer.value;
  const thing = value.find((candidate) => kind.externalIdOf(candidate) === externalId);
  return ok(thing && { thing, how: 'made', evidence });
}

function notMade(run: Run, { what }: Named, externalId: string, detail: string): void {
  save(run, { kind: 'not-made', what, externalId, detail });
}

function lost({ words }: Named, externalId: string): Fault {
  return fault('pairing.in-doubt', `nobody knows yet whether the ${words(externalId)} was made; run it again to look`, {
    externalId,
  });
}
