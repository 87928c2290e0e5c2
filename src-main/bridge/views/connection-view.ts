/** How a network stands: blocked until somebody acts, or as it answered last. */
import type { ConnectionState } from '../../core/contract/views.ts';
import type { TillContext } from '../../core/application/till-parts.ts';
import type { NetworkId } from '../../core/domain/network.ts';

export type ConnectionView = Readonly<{ connection: ConnectionState; sinceMs: number; code?: string }>;

export function connectionOf(till: TillContext, id: NetworkId): ConnectionView {
  const blocked = till.store.blockedNetworks().find((candidate) => candidate.network === id);
  if (blocked) return { connection: 'blocked', sinceMs: blocked.sinceMs, code: blocked.code };
  const { state, sinceMs } = till.connections.get(id) ?? { state: 'unknown' as const, sinceMs: till.clock.nowMs() };
  return { connection: state, sinceMs };
}
