/** The till's ear at the relay that its settings name; none there, none open. */
import { createLongPollHints } from '../adapters/networks/hints/long-poll.ts';
import type { HintSource } from '../core/application/ports/hint-source.ts';
import type { HintListener } from '../core/domain/hint.ts';
import type { RelaySettings } from '../core/domain/settings.ts';
import { canonical } from '../core/domain/canonical.ts';
import type { Foundation } from './foundation.ts';

export interface RelayEar {
  start(): void;
  stop(): Promise<void>;
}

/** `listeners`: each hears every hint, and knows by itself which are about its own. */
export function createRelayEar(foundation: Foundation, listeners: readonly HintListener[]): RelayEar {
  const { store, vault, clock, timers, ids, random, log, appVersion } = foundation;
  let source: HintSource | undefined;
  let heard: RelaySettings | undefined;
  let forget: (() => void) | undefined;
  let ending = Promise.resolve();

  function follow(relay: RelaySettings | undefined): void {
    if (canonical(relay ?? null) === canonical(heard ?? null)) return;
    heard = relay;
    const before = source;
    source = undefined;
    if (before) ending = Promise.all([ending, before.stop()]).then(() => undefined);
    if (!relay) return;
    source = open(relay);
    source?.start({
      onHint: (hint) => listeners.forEach((listener) => listener.onHint(hint)),
      onGap: () => listeners.forEach((listener) => listener.onGap()),
    });
  }

  /** A relay that cannot be used must not keep a till from opening. */
  function open(relay: RelaySettings): HintSource | undefined {
    try {
      return longPoll(relay);
    } catch (error) {
      log.error('the relay in the settings cannot be used', { error: String(error) });
      return undefined;
    }
  }

  function longPoll(relay: RelaySettings): HintSource {
    return createLongPollHints({
      ...relay,
      key: () => vault.get(relay.keySecret),
      otherSecrets: () => vault.values(),
      clock,
      timers,
      ids,
      random,
      log,
      version: appVersion,
    });
  }

  return {
    start() {
      if (forget) return;
      follow(store.settings()?.relay);
      forget = store.onCommit((entries) => {
        if (entries.some(({ event }) => event.type === 'settings.changed')) follow(store.settings()?.relay);
      });
    },
    async stop() {
      forget?.();
      forget = undefined;
      follow(undefined);
      await ending;
    },
  };
}
