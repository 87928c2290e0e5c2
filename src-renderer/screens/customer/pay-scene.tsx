import type { CustomerView } from '../../../src-main/core/contract/views.ts';
import { formatMoney, money } from '../../../src-main/core/domain/money.ts';
import { ChargeSum } from '../../components/charge-sum.tsx';
import { Countdown } from '../../components/countdown.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { StickerArt } from '../../components/sticker-art.tsx';
import { useNow } from '../../hooks/use-now.ts';
import type { Words } from '../../text/words.ts';

type PaySceneProps = Readonly<{
  view: Extract<CustomerView, { scene: 'pay' }>;
  words: Words;
  receivedAtMs: number;
}>;

export function PayScene({ view, words, receivedAtMs }: PaySceneProps) {
  const text = words.customer;
  const nowMs = useNow(view.nowMs - receivedAtMs);
  const isSticker = view.qrData === undefined;
  return (
    <section className="customer-pay">
      <div className="customer-pay-words">
        <p className="customer-label">{text.youReceive}</p>
        <p className="customer-amount">{formatMoney(money(view.currency, view.amountMinor))}</p>
        {view.purchaseMinor !== undefined && (
          <ChargeSum
            amountMinor={view.amountMinor}
            purchase={{ totalMinor: view.purchaseMinor }}
            show={(minor) => formatMoney(money(view.currency, minor))}
            words={text.sum}
          />
        )}
        <ol className="steps">
          {text.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <div className="customer-time">
          <Countdown
            leftMs={view.expiresAtMs - nowMs}
            wholeMs={view.lifetimeMs}
            label={text.timeLeft}
            overLabel={text.checking}
          />
          <p>{view.expiresAtMs <= nowMs ? text.checking : text.timeLeft}</p>
        </div>
      </div>
      <div className="customer-code">
        {view.qrData === undefined ? (
          <div className="sticker">
            <StickerArt />
          </div>
        ) : (
          <QrCode text={view.qrData} label={text.scan} />
        )}
        <h1>{isSticker ? text.sticker : text.scan}</h1>
        {isSticker && <p>{text.stickerText}</p>}
      </div>
    </section>
  );
}
