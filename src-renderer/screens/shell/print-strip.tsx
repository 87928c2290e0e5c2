/** At the side of every screen: what the printer waits for, and slips that came to nothing, with their cause and the next step. */
import type { SlipView } from '../../../src-main/core/contract/views.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { causeWords, slipName, waitingWords } from '../../text/slip-words.ts';

export function PrintStrip() {
  const { view } = useTill();
  const { queue, offered } = view.printing;
  const [offer] = offered;
  const atPrinter = queue.find(({ waitingFor }) => waitingFor !== undefined);
  if (atPrinter) return <Waiting key={atPrinter.jobId} slip={atPrinter} behind={queue.length - 1} />;
  if (offer) return <Offer key={offer.jobId} slip={offer} />;
  return queue.length > 1 ? <InLine queue={queue} /> : null;
}

/** It goes on by itself: nothing to press but the way out. */
function Waiting({ slip, behind }: Readonly<{ slip: SlipView; behind: number }>) {
  const { words, showTime } = useTill();
  const cancel = useAct('slip.cancel');
  const text = words.slips;
  if (slip.waitingFor === undefined) return null;
  const { title, todo } = waitingWords(words, slip.waitingFor);
  return (
    <section className="notice print-strip" data-tone="doubt">
      <Icon name="printer" />
      <p className="notice-text">
        <strong>{title}</strong>
        <span>{todo}</span>
        <small>
          {slipName(words, slip)}
          {slip.kind === 'qr' && slip.expiresAtMs !== undefined && ` · ${text.until(showTime(slip.expiresAtMs))}`}
          {behind > 0 && ` · ${text.inLine(behind)}`}
        </small>
        {slip.kind === 'qr' && <small>{text.onScreens}</small>}
      </p>
      <Button tone="quiet" isBusy={cancel.isBusy} onPress={() => void cancel.run({ jobId: slip.jobId })}>
        {text.stopWaiting}
      </Button>
    </section>
  );
}

function Offer({ slip }: Readonly<{ slip: SlipView }>) {
  const { words } = useTill();
  const print = useAct('slip.print');
  const seen = useAct('slip.seen');
  const cause = causeWords(words, slip);
  const text = words.slips;
  const { kind, subjectId, jobId } = slip;
  // Of what is in doubt there may be one on paper: the next says COPY (I9).
  const isDoubtful = slip.state === 'unknown';
  return (
    <section className="notice print-strip" data-tone={isDoubtful ? 'doubt' : 'danger'}>
      <Icon name="printer" />
      <p className="notice-text">
        <strong>{cause?.title}</strong>
        <span>{cause?.todo}</span>
        <small>{slipName(words, slip)}</small>
        {kind === 'qr' && <small>{text.onScreens}</small>}
      </p>
      <div className="print-strip-keys">
        <Button tone="quiet" onPress={() => void seen.run({ jobId })}>
          {text.seen}
        </Button>
        <Button isBusy={print.isBusy} onPress={() => void print.run({ kind, subjectId })}>
          {isDoubtful ? text.printCopy : text.printAgain}
        </Button>
      </div>
    </section>
  );
}

function InLine({ queue }: Readonly<{ queue: readonly SlipView[] }>) {
  const { words } = useTill();
  const [first] = queue;
  return (
    <section className="notice print-strip" data-tone="paid">
      <Icon name="printer" />
      <p className="notice-text">
        <strong>{words.slips.printing}</strong>
        <small>
          {first && `${slipName(words, first)} · `}
          {words.slips.inLine(queue.length - 1)}
        </small>
      </p>
    </section>
  );
}
