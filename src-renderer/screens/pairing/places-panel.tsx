/** Choosing: stores and points of sale that are there, or the address of a store that is not. */
import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { ReasonSheet } from '../../components/reason-sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { ADDRESS_FIELDS } from './use-pairing-plan.ts';
import type { PairingPlan } from './use-pairing-plan.ts';

type PlacesProps = Readonly<{ plan: PairingPlan; onStart: (reason?: string) => void }>;

export function PlacesPanel({ plan, onStart }: PlacesProps) {
  const { words } = useTill();
  const text = words.pairing;
  const [isAsking, setAsking] = useState(false);
  if (!plan.look) {
    return (
      <div className="pairing-words">
        <h2>{text.lookTitle}</h2>
        <p>{text.lookText}</p>
        <Button size="huge" tone="primary" icon="qr" isBusy={plan.isLooking} onPress={() => void plan.lookAround()}>
          {text.look}
        </Button>
      </div>
    );
  }
  const isForeign = plan.pos !== undefined && !plan.pos.isOfThisTill;
  return (
    <div className="pairing-form">
      <div className="pairing-choices">
        {plan.look.stores.length === 0 ? <AddressForm plan={plan} /> : <Places plan={plan} />}
      </div>
      <Button
        size="huge"
        tone="primary"
        icon="check"
        isDisabled={!plan.isReady}
        onPress={() => (isForeign && plan.reason === undefined ? setAsking(true) : onStart())}
      >
        {text.start}
      </Button>
      <ReasonSheet
        title={text.takeOverTitle}
        text={text.takeOverText}
        reasons={text.takeOverReasons}
        confirm={text.takeOver}
        tone="danger"
        isOpen={isAsking}
        isBusy={false}
        onClose={() => setAsking(false)}
        onReason={(reason) => {
          setAsking(false);
          onStart(reason);
        }}
      />
    </div>
  );
}

function Places({ plan }: Readonly<{ plan: PairingPlan }>) {
  const { words } = useTill();
  const text = words.pairing;
  const { look } = plan;
  if (!look) return null;
  const others = look.pointsOfSale.filter(({ id, externalId }) => id !== look.posId && isUsable(externalId));
  return (
    <>
      <h2>{text.chooseStore}</h2>
      <ul className="people">
        {look.stores.map(({ id, name, address, externalId }) => (
          <Choice
            key={id}
            name={name}
            note={address ?? externalId ?? id}
            isChosen={id === look.storeId}
            onChoose={() => void plan.lookAround(id)}
          />
        ))}
      </ul>
      {look.storeId !== undefined && (
        <>
          <h2>{text.choosePos}</h2>
          <ul className="people">
            <Choice
              name={text.ownPos(look.wantedPosId)}
              note={look.posId === undefined ? text.newPos : text.isThere}
              isChosen={plan.pos === undefined}
              onChoose={() => plan.choosePos(undefined)}
            />
            {others.map((pos) => (
              <Choice
                key={pos.id}
                name={`${pos.name} · ${pos.externalId ?? ''}`}
                note={pos.isOfThisTill ? text.isThere : text.otherTill}
                isChosen={plan.pos?.id === pos.id}
                onChoose={() => plan.choosePos(pos)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

type ChoiceProps = Readonly<{ name: string; note: string; isChosen: boolean; onChoose: () => void }>;

function Choice({ name, note, isChosen, onChoose }: ChoiceProps) {
  return (
    <li>
      <button type="button" className="person pairing-choice" aria-pressed={isChosen} onClick={onChoose}>
        {name}
        <small>{note}</small>
      </button>
    </li>
  );
}

/** Made by hand elsewhere, an external id may hold signs that orders cannot name. */
function isUsable(externalId: string | undefined): boolean {
  return externalId !== undefined && /^[A-Za-z0-9]{1,40}$/.test(externalId);
}

function AddressForm({ plan }: Readonly<{ plan: PairingPlan }>) {
  const { words } = useTill();
  const text = words.pairing;
  return (
    <>
      <h2>{text.newStoreTitle}</h2>
      <p className="pairing-note">{text.newStoreText}</p>
      <div className="pairing-fields">
        {ADDRESS_FIELDS.map((field) => (
          <TextField
            key={field}
            className={`field pairing-field-${field}`}
            value={plan.typed[field]}
            onChange={(typed) => plan.type(field, typed)}
            maxLength={field === 'name' ? 44 : 80}
          >
            <Label>{text.fields[field]}</Label>
            <Input {...(field === 'latitude' || field === 'longitude' ? { inputMode: 'decimal' } : {})} />
          </TextField>
        ))}
      </div>
    </>
  );
}
