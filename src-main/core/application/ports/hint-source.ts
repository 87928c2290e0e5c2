/**
 * Where a till hears that it is worth asking a network: a relay with a public address. It may be slow, wrong, forged or away; a till that
 * hears nothing asks at its own rhythm, and a till that hears nonsense asks in vain.
 */
import type { HintListener } from '../../domain/hint.ts';

export interface HintSource {
  /** Listens until it is stopped, and waits out whatever fails. Once. */
  start(listener: HintListener): void;
  /** Resolves when nothing is on the line any more. */
  stop(): Promise<void>;
}
