/** What somebody must see to although nothing is refused by it: one line at the side, and more at a tap. */
import { useState } from 'react';
import type { TillView } from '../../../src-main/core/contract/views.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { spanText } from '../../hooks/formatting.ts';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';
import type { Words } from '../../text/words.ts';

type Warning = TillView['warnings'][number];
type Told = Readonly<{ icon: IconName; title: string; text: string; todo: string; detail?: string }>;

export function Warnings() {
  const { view, words } = useTill();
  if (view.warnings.length === 0) return null;
  return (
    <section className="warnings" aria-label={words.shell.warnings}>
      {view.warnings.map((warning) => (
        <WarningKey key={nameOf(warning)} warning={warning} />
      ))}
    </section>
  );
}

function nameOf(warning: Warning): string {
  return warning.kind === 'clock' ? `clock ${warning.network}` : warning.kind;
}

function WarningKey({ warning }: Readonly<{ warning: Warning }>) {
  const { words, showTime } = useTill();
  const [isOpen, setOpen] = useState(false);
  const { icon, title, text, todo, detail } = tell(warning, words);
  return (
    <>
      <button type="button" className="warning-key" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name={icon} />
        <span>{title}</span>
      </button>
      <Sheet title={title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p className="sheet-text">{text}</p>
        <p>{todo}</p>
        <p className="warning-detail">
          {[words.shell.noticed(showTime(warning.sinceMs)), ...(detail === undefined ? [] : [detail])].join(' ')}
        </p>
        <div className="sheet-actions">
          <span />
          <Button tone="primary" size="large" onPress={() => setOpen(false)}>
            {words.shell.understood}
          </Button>
        </div>
      </Sheet>
    </>
  );
}

function tell(warning: Warning, words: Words): Told {
  const text = words.shell;
  if (warning.kind === 'clock') {
    const by = spanText(Math.abs(warning.offByMs));
    return {
      icon: 'clock',
      title: warning.offByMs > 0 ? text.clockAhead(by) : text.clockBehind(by),
      text: text.clockText(networkName(warning.network)),
      todo: text.clockTodo,
    };
  }
  const isMissing = warning.reason === 'not-made';
  return {
    icon: 'safe',
    title: isMissing ? text.backupFailed : text.copyMissing,
    text: isMissing ? text.backupFailedText : text.copyMissingText,
    todo: isMissing ? text.backupFailedTodo : text.copyMissingTodo,
    detail: text.forTechnician(warning.detail),
  };
}
