import { useState } from 'react';
import { Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import { useArmed } from '../hooks/use-armed.ts';
import { useTill } from '../hooks/use-till.ts';
import { Button } from './button.tsx';
import { Sheet } from './sheet.tsx';

type ReasonSheetProps = Readonly<{
  title: string;
  text?: string;
  reasons: readonly string[];
  confirm: string;
  tone: 'danger' | 'primary';
  isOpen: boolean;
  isBusy: boolean;
  onClose: () => void;
  onReason: (reason: string) => void;
}>;

/** Two steps on purpose: a reason is chosen, then confirmed. Ready reasons, because many tills have no keyboard. */
export function ReasonSheet(props: ReasonSheetProps) {
  return (
    <Sheet title={props.title} isOpen={props.isOpen} onClose={props.onClose}>
      {props.isOpen && <ReasonForm {...props} />}
    </Sheet>
  );
}

function ReasonForm({ title, text, reasons, confirm, tone, isBusy, onClose, onReason }: ReasonSheetProps) {
  const { words } = useTill();
  const [reason, setReason] = useState<string>();
  const [detail, setDetail] = useState('');
  const isArmed = useArmed(title);
  return (
    <>
      {text !== undefined && <p className="sheet-text">{text}</p>}
      <RadioGroup className="reasons" aria-label={title} value={reason ?? null} onChange={setReason}>
        {reasons.map((words_) => (
          <Radio key={words_} value={words_} className="reason">
            <span className="reason-mark" />
            {words_}
          </Radio>
        ))}
      </RadioGroup>
      <TextField className="field" value={detail} onChange={setDetail} maxLength={120}>
        <Label>{words.cashOut.reasonDetail}</Label>
        <Input />
      </TextField>
      <div className="sheet-actions">
        <Button size="large" onPress={onClose}>
          {words.cashOut.keepGoing}
        </Button>
        <Button
          size="large"
          tone={tone}
          isBusy={isBusy}
          isDisabled={reason === undefined || !isArmed}
          onPress={() => onReason(detail.trim() === '' ? `${reason}` : `${reason}: ${detail.trim()}`)}
        >
          {confirm}
        </Button>
      </div>
    </>
  );
}
