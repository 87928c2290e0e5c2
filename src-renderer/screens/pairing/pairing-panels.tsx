import type { Fault } from '../../../src-main/core/domain/fault.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { faultWords } from '../../text/words.ts';

export function RunningPanel() {
  const { words } = useTill();
  return (
    <div className="pairing-centre" data-tone="waiting">
      <span className="spinner" />
      <p>{words.pairing.running}</p>
    </div>
  );
}

/** No secret passes through a window (I11): the way to store it is told instead. */
export function TokenPanel({ secret }: Readonly<{ secret: string }>) {
  const { words } = useTill();
  const text = words.pairing;
  return (
    <div className="pairing-words">
      <div className="callout" data-tone="doubt">
        <Icon name="lock" />
        <p>
          <strong>{text.tokenTitle}</strong>
          {text.tokenText}
        </p>
      </div>
      <code className="pairing-code">ventanilla secret set {secret}</code>
      <p>{text.tokenAfter}</p>
    </div>
  );
}

type FailedProps = Readonly<{ fault: Fault; onAgain: () => void; onChange: () => void }>;

export function FailedPanel({ fault, onAgain, onChange }: FailedProps) {
  const { words } = useTill();
  const { title, todo } = faultWords(words, fault);
  return (
    <div className="pairing-words">
      <div className="callout" data-tone="danger" role="alert">
        <Icon name="warning" />
        <p>
          <strong>{title}</strong>
          {todo}
        </p>
      </div>
      <p className="pairing-detail" lang="en">
        {fault.detail}
      </p>
      <div className="pairing-actions">
        <Button size="large" icon="settings" onPress={onChange}>
          {words.pairing.change}
        </Button>
        <Button size="large" tone="primary" icon="sync" onPress={onAgain}>
          {words.pairing.tryAgain}
        </Button>
      </div>
    </div>
  );
}
