/** Second page: the customer's details, as the country and the way ask for them. */
import { useRef, useState } from 'react';
import type { FieldName } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { Button } from '../../components/button.tsx';
import { useKeyDown } from '../../hooks/use-key-down.ts';
import { useTill } from '../../hooks/use-till.ts';
import { BankField } from './bank-field.tsx';
import { fieldsWith, readForm } from './draft.ts';
import type { Draft, Way } from './draft.ts';
import { ChoiceField, TextLine } from './form-field.tsx';
import type { FieldProps } from './form-field.tsx';

type StepProps = Readonly<{ draft: Draft; way: Way; change: (over: Partial<Draft>) => void }>;

export function WhoStep({ draft, way, change }: StepProps) {
  const { words } = useTill();
  const text = words.payoutForm;
  const area = useRef<HTMLDivElement>(null);
  const [left, setLeft] = useState<ReadonlySet<FieldName>>(new Set());
  const [isAsked, setAsked] = useState(false);
  const { form, verdicts } = readForm(draft, way.method);
  const refused = fieldsWith(verdicts, 'refuse');

  function toReview() {
    if (refused.length === 0) {
      change({ step: 'review' });
      return;
    }
    setAsked(true);
    area.current?.querySelector<HTMLElement>(`[data-field="${refused[0]}"] :is(input, button)`)?.focus();
  }

  // Scanners and quick fingers end each field with Enter.
  useKeyDown((event) => {
    const { target } = event;
    if (event.key !== 'Enter' || event.isComposing || !(target instanceof HTMLInputElement)) return;
    if (!area.current?.contains(target)) return;
    event.preventDefault();
    const stops = [...area.current.querySelectorAll<HTMLElement>('input, .payout-bank')];
    const next = stops[stops.indexOf(target) + 1];
    if (next) next.focus();
    else toReview();
  });

  const fields = way.method.fields.map((rule): FieldProps => ({
    rule,
    way,
    typed: draft.typed[rule.name] ?? '',
    tidied: form[rule.name] ?? '',
    verdict: verdicts.get(rule.name) ?? { verdict: 'ok' },
    wasLeft: isAsked || left.has(rule.name),
    onLeave: () => setLeft((before) => new Set(before).add(rule.name)),
    onType: (typed) => change({ typed: { ...draft.typed, [rule.name]: typed } }),
  }));

  return (
    <>
      <div className="payout-who" ref={area}>
        {fields.map((field) =>
          field.rule.name === 'bankCode' ? (
            <BankField
              key="bankCode"
              {...field}
              bankName={draft.bankName}
              onBank={(code, bankName) => change({ typed: { ...draft.typed, bankCode: code }, bankName })}
            />
          ) : field.rule.choices ? (
            <ChoiceField key={field.rule.name} {...field} />
          ) : (
            <TextLine key={field.rule.name} {...field} isFirst={field.rule.name === 'firstName'} />
          ),
        )}
      </div>
      <footer className="actions">
        <Button size="large" icon="arrowLeft" hotkey="Escape" onPress={() => change({ step: 'way' })}>
          {words.shell.back}
        </Button>
        <span className="actions-gap" />
        {isAsked && refused.length > 0 && <p className="payout-fix">{text.fixFirst(refused.length)}</p>}
        <Button tone="primary" size="huge" icon="arrowRight" hotkey="F4" onPress={toReview}>
          {text.toReview}
        </Button>
      </footer>
    </>
  );
}
