import { useState } from 'react';
import { Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import { useArmed } from '../hooks/use-armed.ts';
import { useTill } from '../hooks/use-till.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Sheet } from './sheet.tsx';

export type Approval = Readonly<{ supervisorCode: number; reason: string; number: string }>;

type SupervisorSheetProps = Readonly<{
  title: string;
  text: string;
  /** Ready reasons, where the record wants one. */
  reasons?: readonly string[];
  /** A number that may be typed, digits only. */
  numberLabel?: string | undefined;
  confirm: string;
  isOpen: boolean;
  isBusy: boolean;
  onClose: () => void;
  onApprove: (approval: Approval) => void;
}>;

/** Two steps on purpose: a supervisor chooses their own name, then confirms. */
export function SupervisorSheet(props: SupervisorSheetProps) {
  return (
    <Sheet title={props.title} isOpen={props.isOpen} onClose={props.onClose}>
      {props.isOpen && <SupervisorForm {...props} />}
    </Sheet>
  );
}

function SupervisorForm(props: SupervisorSheetProps) {
  const { title, text, reasons, numberLabel, confirm, isBusy, onClose, onApprove } = props;
  const { view, words } = useTill();
  const supervisors = view.people.filter(({ role }) => role === 'supervisor');
  const [code, setCode] = useState<number>();
  const [reason, setReason] = useState<string>();
  const [number, setNumber] = useState('');
  const isArmed = useArmed(title);
  const isReady = code !== undefined && (!reasons || reason !== undefined);
  return (
    <>
      <p className="sheet-text">{supervisors.length === 0 ? words.payouts.noSupervisor : text}</p>
      <ul className="people">
        {supervisors.map((person) => (
          <li key={person.code}>
            <button
              type="button"
              className="person"
              aria-pressed={person.code === code}
              onClick={() => setCode(person.code)}
            >
              <Icon name={person.code === code ? 'check' : 'person'} />
              <span>
                <strong>{person.name}</strong>
                <small>{words.shifts.roles[person.role]}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {reasons && (
        <RadioGroup className="reasons" aria-label={title} value={reason ?? null} onChange={setReason}>
          {reasons.map((choice) => (
            <Radio key={choice} value={choice} className="reason">
              <span className="reason-mark" />
              {choice}
            </Radio>
          ))}
        </RadioGroup>
      )}
      {numberLabel !== undefined && (
        <TextField
          className="field"
          inputMode="numeric"
          maxLength={18}
          value={number}
          onChange={(typed) => setNumber(typed.replaceAll(/\D/g, ''))}
        >
          <Label>{numberLabel}</Label>
          <Input />
        </TextField>
      )}
      <div className="sheet-actions">
        <Button size="large" onPress={onClose}>
          {words.cashOut.keepGoing}
        </Button>
        <Button
          size="large"
          tone="primary"
          isBusy={isBusy}
          isDisabled={!isReady || !isArmed}
          onPress={() => code !== undefined && onApprove({ supervisorCode: code, reason: reason ?? '', number })}
        >
          {confirm}
        </Button>
      </div>
    </>
  );
}
