/**
 * What the mechanics of a printer still have to do, one after the other and each in its time. A movement that is stopped half way leaves
 * on paper what it had done by then.
 */
import type { DeviceTime } from '../device-time.ts';
import type { Cell, Picture } from './paper.ts';

export type Movement =
  | Readonly<{ kind: 'line'; cells: readonly Cell[]; heightDots: number; feedDots: number }>
  | Readonly<{ kind: 'picture'; x: number; picture: Picture }>
  | Readonly<{ kind: 'feed'; dots: number }>
  | Readonly<{ kind: 'cut' }>
  /** Anything that happens in its turn: an answer, a pulse. */
  | Readonly<{ kind: 'act'; lastsMs: number; run: () => void }>;

export type Mechanics = Readonly<{
  /** Without a clock every movement takes no time. */
  time: DeviceTime | undefined;
  /** How many may wait before the firmware has to. */
  ahead: number;
  lastsMs: (movement: Movement) => number;
  /** False where the mechanics stand still: no paper, an open cover, no power. */
  canMove: () => boolean;
  /** False: it could not be done now and stays next in line. */
  perform: (movement: Movement) => boolean;
  /** Does that share of it; answers what is left to be done, if anything of it can be. */
  performPart: (movement: Movement, share: number) => Movement;
  onMoved: () => void;
}>;

type UnderWay = Readonly<{ startMs: number; lastsMs: number; cancel: () => void }>;

export class MovementQueue {
  readonly #mechanics: Mechanics;
  #waiting: Movement[] = [];
  #underWay: UnderWay | undefined;
  #isPerforming = false;

  constructor(mechanics: Mechanics) {
    this.#mechanics = mechanics;
  }

  get isFull(): boolean {
    return this.#waiting.length > this.#mechanics.ahead;
  }

  get isMoving(): boolean {
    return this.#waiting.length > 0;
  }

  add(movement: Movement): void {
    this.#waiting.push(movement);
    this.proceed();
  }

  proceed(): void {
    if (this.#isPerforming || this.#underWay) return;
    const { time, canMove, lastsMs } = this.#mechanics;
    for (let [next] = this.#waiting; next && canMove(); [next] = this.#waiting) {
      const durationMs = time === undefined ? 0 : lastsMs(next);
      if (time !== undefined && durationMs > 0) {
        const cancel = time.after(durationMs, () => this.#finish());
        this.#underWay = { startMs: time.nowMs(), lastsMs: durationMs, cancel };
        return;
      }
      if (!this.#perform(next)) return;
    }
  }

  /** Stops in the middle of a movement: the cover was opened, the power went. */
  interrupt(): void {
    const { time, performPart } = this.#mechanics;
    const [current] = this.#waiting;
    if (!this.#underWay || !time || !current) return;
    const { startMs, lastsMs, cancel } = this.#underWay;
    cancel();
    this.#underWay = undefined;
    this.#waiting[0] = performPart(current, Math.min(1, (time.nowMs() - startMs) / lastsMs));
  }

  clear(): void {
    this.#underWay?.cancel();
    this.#underWay = undefined;
    this.#waiting = [];
  }

  #finish(): void {
    this.#underWay = undefined;
    const [next] = this.#waiting;
    if (next && this.#perform(next)) this.proceed();
  }

  #perform(movement: Movement): boolean {
    this.#isPerforming = true;
    const isDone = this.#mechanics.perform(movement);
    this.#isPerforming = false;
    // What it did may have cleared the line.
    if (isDone && this.#waiting[0] === movement) this.#waiting.shift();
    this.#mechanics.onMoved();
    return isDone;
  }
}
