/** One value of the form: its name, where it is written, and what is said about it while it is. */
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { FieldRule } from '../../../src-main/core/domain/payouts/country-forms.ts';
import type { Verdict } from '../../../src-main/core/domain/payouts/field-checks.ts';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import type { Words } from '../../text/words.ts';
import { inputModeOf, saidOf } from './draft.ts';
import type { Said, Way } from './draft.ts';

export type FieldProps = Readonly<{
  rule: FieldRule;
  way: Way;
  typed: string;
  tidied: string;
  verdict: Verdict;
  wasLeft: boolean;
  onLeave: () => void;
  onType: (typed: string) => void;
}>;

export function fieldLabel(words: Words, { method }: Way, { name, required }: FieldRule): string {
  const text = words.payoutForm;
  const isKey =
    (method.id === 'br-pix-phone' && name === 'phone') ||
    (method.id === 'br-pix-email' && name === 'email') ||
    (method.id === 'br-pix-cpf' && name === 'documentId');
  const plain =
    name === 'bankAccount' && method.account
      ? text.accounts[method.account]
      : name === 'documentId' && method.country === 'BR'
        ? text.cpf
        : text.fields[name];
  if (isKey) return text.pixKey(plain);
  return required ? plain : text.optional(plain);
}

/** Labels of a choice as people say them; unknown ones stay as they are. */
export function choiceLabel(words: Words, name: FieldRule['name'], value: string): string {
  const text = words.payoutForm;
  const known: Readonly<Record<string, string>> = name === 'accountType' ? text.accountTypes : text.documentTypes;
  return known[value] ?? value;
}

/** Never more than one line below a field: nothing moves while somebody types. */
export function FieldFrame({
  field,
  said,
  help,
  labelId,
  children,
}: Readonly<{ field: FieldProps; said: Said; help?: string | undefined; labelId: string; children: ReactNode }>) {
  const { words } = useTill();
  return (
    <div className="payout-field" data-field={field.rule.name} data-said={said.tone}>
      <span id={labelId} className="payout-field-name">
        {fieldLabel(words, field.way, field.rule)}
      </span>
      {children}
      <span id={`${labelId}-said`} className="payout-field-said" aria-live="polite">
        {(said.tone === 'refuse' || said.tone === 'warn') && <Icon name="warning" />}
        {said.tone === 'good' && <Icon name="check" />}
        {saidText(words, said) ?? help}
      </span>
    </div>
  );
}

function saidText(words: Words, said: Said): string | undefined {
  const text = words.payoutForm;
  switch (said.tone) {
    case 'counting':
      return text.typed(said.typed, said.of);
    case 'good':
      return text.good;
    case 'warn':
    case 'refuse':
      return text.problems[said.why];
    default:
      return undefined;
  }
}

export function TextLine(field: FieldProps & Readonly<{ isFirst: boolean }>) {
  const { words } = useTill();
  const { rule, way, typed, tidied, verdict, wasLeft, isFirst } = field;
  const [isFocused, setFocused] = useState(false);
  const labelId = useId();
  const input = useRef<HTMLInputElement>(null);
  const said = saidOf(way.method, rule, tidied, verdict, { isFocused, wasLeft });
  const help =
    rule.name === 'bankAccount' && way.method.account ? words.payoutForm.accountHints[way.method.account] : undefined;
  useEffect(() => {
    if (isFirst && input.current?.value === '') input.current.focus({ preventScroll: true });
  }, [isFirst]);
  return (
    <FieldFrame field={field} said={said} help={help} labelId={labelId}>
      <input
        ref={input}
        className="payout-input"
        type="text"
        inputMode={inputModeOf(way.method, rule.name)}
        autoCapitalize={rule.name === 'firstName' || rule.name === 'lastName' ? 'words' : 'off'}
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        maxLength={255}
        value={typed}
        aria-labelledby={labelId}
        aria-describedby={`${labelId}-said`}
        aria-invalid={said.tone === 'refuse'}
        aria-required={rule.required}
        onChange={(event) => field.onType(event.target.value)}
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false);
          if (typed !== '') field.onLeave();
        }}
      />
    </FieldFrame>
  );
}

/** A few values to choose from; what is not required can be taken back by a second tap. */
export function ChoiceField(field: FieldProps) {
  const { words } = useTill();
  const { rule, way, typed, tidied, verdict, wasLeft } = field;
  const labelId = useId();
  const said = saidOf(way.method, rule, tidied, verdict, { isFocused: false, wasLeft });
  return (
    <FieldFrame field={field} said={said} labelId={labelId}>
      <ToggleButtonGroup
        className="choice-row"
        aria-labelledby={labelId}
        selectionMode="single"
        disallowEmptySelection={rule.required}
        selectedKeys={typed === '' ? [] : [typed]}
        onSelectionChange={(keys) => field.onType(rule.choices?.find((choice) => keys.has(choice)) ?? '')}
      >
        {(rule.choices ?? []).map((choice) => (
          <ToggleButton key={choice} id={choice} className="choice">
            {choiceLabel(words, rule.name, choice)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </FieldFrame>
  );
}
