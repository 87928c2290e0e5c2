/** Tries everything that waits right now, and says what came of it. */
import { useAct } from '../../bridge/use-act.ts';
import { useTill } from '../../hooks/use-till.ts';
import { connectionsOf, worstConnection } from './connection.ts';
import { useNotices } from '../../components/notices.tsx';

export function useSyncNow(): Readonly<{ isBusy: boolean; syncNow: () => Promise<void> }> {
  const { view, words } = useTill();
  const { showNote } = useNotices();
  const sync = useAct('sync.now');

  async function syncNow() {
    const waitingBefore = view.commandsWaiting;
    const after = await sync.run({});
    if (!after) return;
    const waiting = after.commandsWaiting;
    const sent = Math.max(0, waitingBefore - waiting);
    const told = sent > 0 ? [words.shell.syncSent(sent)] : [];
    const isOffline = worstConnection(connectionsOf(after))?.connection === 'offline';
    const still = [
      ...(isOffline ? [words.shell.syncOffline] : []),
      ...(waiting > 0 ? [words.shell.syncWaiting(waiting)] : []),
    ];
    if (still.length > 0) showNote({ text: [...told, ...still].join(' '), tone: 'attention' });
    else showNote({ text: [...told, words.shell.syncDone].join(' '), tone: 'good' });
  }

  return { isBusy: sync.isBusy, syncNow };
}
