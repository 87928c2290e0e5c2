import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { Icon } from '../../components/icon.tsx';
import { countdownText } from '../../hooks/formatting.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';

/** Networks that must hear of the notes in time: how long is left, and what it means when little is. Nothing to show for the others. */
export function ConfirmBy({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words, clockOffsetMs } = useTill();
  const nowMs = useNow(clockOffsetMs);
  if (cashOut.confirmByMs === undefined) return null;
  const leftMs = cashOut.confirmByMs - nowMs;
  const isShort = leftMs < SHORT_MS;
  const network = networkName(cashOut.network);
  return (
    <div className="callout" data-tone={isShort ? 'danger' : 'waiting'}>
      <Icon name="clock" />
      <p>
        <strong>{words.cashOut.confirmLeft(countdownText(leftMs))}</strong>
        <span>{isShort ? words.cashOut.confirmShort : words.cashOut.confirmText(network)}</span>
      </p>
    </div>
  );
}

/** The till opens no hand-over with less than this left. */
const SHORT_MS = 60_000;
