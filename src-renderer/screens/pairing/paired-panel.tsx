import type { PairingView } from '../../../src-main/core/contract/pairing-views.ts';
import { useStickerQuery } from '../../bridge/queries.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useNotices } from '../../components/notices.tsx';
import { useTill } from '../../hooks/use-till.ts';

type PairedProps = Readonly<{ view: PairingView; onAgain: () => void; onChange: () => void }>;

export function PairedPanel({ view, onAgain, onChange }: PairedProps) {
  const { words, showDateTime } = useTill();
  const text = words.pairing;
  return (
    <div className="pairing-words">
      <div className="callout" data-tone="paid">
        <Icon name="check" />
        <p>
          <strong>{text.doneTitle}</strong>
          {view.savedAtMs !== undefined && text.doneSince(showDateTime(view.savedAtMs))}
        </p>
      </div>
      {view.stickerSha256 !== undefined && <Sticker view={view} sha256={view.stickerSha256} />}
      <div className="pairing-actions">
        <Button icon="settings" onPress={onChange}>
          {text.change}
        </Button>
        <Button icon="sync" onPress={onAgain}>
          {text.again}
        </Button>
      </div>
    </div>
  );
}

function Sticker({ view, sha256 }: Readonly<{ view: PairingView; sha256: string }>) {
  const { words } = useTill();
  const { showNote } = useNotices();
  const { data } = useStickerQuery(view.network, sha256);
  const print = useAct('pairing.print-sticker');
  const text = words.pairing;

  async function printNow() {
    const slip = await print.run({ network: view.network });
    if (!slip) return;
    const isOut = slip.state !== 'refused' && slip.state !== 'unknown';
    showNote({ text: isOut ? text.printed : text.notPrinted, tone: isOut ? 'good' : 'attention' });
  }

  return (
    <section className="pairing-sticker" aria-label={text.stickerTitle}>
      <div className="pairing-picture">
        {data?.picture !== undefined && <img src={data.picture} alt={text.stickerTitle} />}
      </div>
      <div className="pairing-sticker-words">
        <h2>{text.stickerTitle}</h2>
        <p>{view.mode === 'dynamic' ? text.stickerDynamic : text.stickerStatic}</p>
        <Button icon="printer" isBusy={print.isBusy} onPress={() => void printNow()}>
          {text.printSticker}
        </Button>
      </div>
    </section>
  );
}
