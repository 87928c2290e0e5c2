import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { Countdown } from '../../components/countdown.tsx';
import { Icon } from '../../components/icon.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { StickerArt } from '../../components/sticker-art.tsx';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { CheckFailing } from './stage-body.tsx';

export function AwaitingPayment({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words, clockOffsetMs } = useTill();
  const nowMs = useNow(clockOffsetMs);
  const text = words.cashOut;
  const { qrData, expiresAtMs } = cashOut;
  const isStatic = qrData === undefined;
  return (
    <section className="stage-body awaiting">
      <div className="awaiting-code">
        {isStatic ? (
          <div className="sticker">
            <StickerArt />
          </div>
        ) : (
          <QrCode text={qrData} label={text.awaitingQr} />
        )}
      </div>
      <div className="awaiting-words">
        <div className="awaiting-time">
          {expiresAtMs !== undefined && (
            <Countdown
              leftMs={expiresAtMs - nowMs}
              wholeMs={expiresAtMs - cashOut.requestedAtMs}
              label={text.timeLeft}
              overLabel={text.timeOver}
            />
          )}
          <div>
            <h2>{isStatic ? text.staticTitle : text.awaitingTitle}</h2>
            <p>{expiresAtMs !== undefined && expiresAtMs <= nowMs ? text.timeOver : text.timeLeft}</p>
          </div>
        </div>
        {isStatic ? (
          <p className="awaiting-text">{text.staticText}</p>
        ) : (
          <ol className="steps">
            {text.awaitingSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        )}
        {cashOut.mode === 'hybrid' && <p className="awaiting-text">{text.hybridNote}</p>}
        {cashOut.checkFailing ? (
          <CheckFailing />
        ) : (
          <p className="awaiting-guard">
            <Icon name="phone" />
            {text.doNotTrustPhone}
          </p>
        )}
      </div>
    </section>
  );
}
