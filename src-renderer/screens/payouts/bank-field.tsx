/** The bank, from the network's list with a search; typed as a code where the list cannot be had. */
import { useEffect, useId, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { BankView } from '../../../src-main/core/contract/payout-contract.ts';
import { useBanksQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { banksLike } from './bank-search.ts';
import { saidOf } from './draft.ts';
import { FieldFrame, TextLine } from './form-field.tsx';
import type { FieldProps } from './form-field.tsx';

type BankFieldProps = FieldProps &
  Readonly<{ bankName: string | undefined; onBank: (code: string, name: string) => void }>;

export function BankField({ bankName, onBank, ...field }: BankFieldProps) {
  const { words } = useTill();
  const { rule, way, tidied, verdict, wasLeft } = field;
  const labelId = useId();
  const [isChoosing, setChoosing] = useState(false);
  const banks = useBanksQuery(way.network.banks ? { network: way.network.id, country: way.country } : undefined);
  if (!way.network.banks || banks.isError || banks.data?.length === 0) return <TextLine {...field} isFirst={false} />;

  const said = saidOf(way.method, rule, tidied, verdict, { isFocused: false, wasLeft });
  const known = banks.data?.find(({ code }) => code === tidied);
  return (
    <FieldFrame
      field={field}
      said={said}
      help={banks.isPending ? words.payoutForm.banksAsking : undefined}
      labelId={labelId}
    >
      <button
        type="button"
        className="payout-input payout-bank"
        aria-labelledby={`${labelId} ${labelId}-value`}
        aria-describedby={`${labelId}-said`}
        data-empty={tidied === ''}
        onClick={() => setChoosing(true)}
      >
        <span id={`${labelId}-value`}>{known?.name ?? bankName ?? words.payoutForm.chooseBank}</span>
        {tidied !== '' && <small className="code">{tidied}</small>}
        <Icon name="search" />
      </button>
      <Sheet title={words.payoutForm.bankTitle} isOpen={isChoosing} onClose={() => setChoosing(false)}>
        <BankChooser
          banks={banks.data}
          onClose={() => setChoosing(false)}
          onChoose={({ code, name }) => {
            setChoosing(false);
            onBank(code, name);
          }}
        />
      </Sheet>
    </FieldFrame>
  );
}

function BankChooser({
  banks,
  onChoose,
  onClose,
}: Readonly<{
  banks: readonly BankView[] | undefined;
  onChoose: (bank: BankView) => void;
  onClose: () => void;
}>) {
  const { words } = useTill();
  const text = words.payoutForm;
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState('');
  useEffect(() => input.current?.focus(), []);
  const found = banksLike(banks ?? [], search);
  const [first] = found;

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter' && first && first.licensed !== false && search.trim() !== '') {
      event.preventDefault();
      onChoose(first);
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      event.currentTarget.closest('.sheet')?.querySelector<HTMLElement>('.bank')?.focus();
    }
  }

  return (
    <>
      <input
        ref={input}
        className="payout-input"
        type="text"
        aria-label={text.bankSearch}
        placeholder={text.bankSearch}
        autoComplete="off"
        spellCheck={false}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <ul className="banks">
        {found.map((bank) => (
          <li key={bank.code}>
            <button
              type="button"
              className="bank"
              aria-disabled={bank.licensed === false}
              onClick={() => bank.licensed !== false && onChoose(bank)}
            >
              <span>{bank.name}</span>
              {bank.licensed === false && <small>{text.bankUnlicensed}</small>}
              <span className="code">{bank.code}</span>
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="today-nothing">{banks ? text.bankNone : text.banksAsking}</li>}
      </ul>
      <div className="sheet-actions">
        <Button size="large" onPress={onClose}>
          {words.shell.back}
        </Button>
      </div>
    </>
  );
}
