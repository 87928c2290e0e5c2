/** First page: through which network, to where, how it is received, and how much. What has one answer is not asked. */
import { useEffect, useState } from 'react';
import type { Currency } from '../../../src-main/core/domain/money.ts';
import { exponentOf, isCurrency, parseAmount } from '../../../src-main/core/domain/money.ts';
import { payoutCurrenciesOf, payoutMethod } from '../../../src-main/core/domain/payouts/country-forms.ts';
import type { PayoutMethod } from '../../../src-main/core/domain/payouts/country-forms.ts';
import { useRateQuery } from '../../bridge/queries.ts';
import { typedMinor } from '../../components/amount-entry.ts';
import { AmountPad } from '../../components/amount-pad.tsx';
import { Button } from '../../components/button.tsx';
import { ChoiceGrid } from '../../components/choice-grid.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';
import { isAmountInLimits, limitsOf, needsRelease } from './draft.ts';
import type { Draft, Way } from './draft.ts';
import { usePayoutMoney } from './use-payout-money.ts';

type StepProps = Readonly<{ draft: Draft; way: Way; change: (over: Partial<Draft>) => void }>;

const KIND_ICONS: Readonly<Record<PayoutMethod['kind'], IconName>> = {
  bank: 'bank',
  pix: 'phone',
  wallet: 'wallet',
  pickup: 'notes',
};

export function WayStep({ draft, way, change }: StepProps) {
  const { words, view } = useTill();
  const text = words.payoutForm;
  const amountMinor = typedMinor(draft.amountText, way.currency);
  const isReady = isAmountInLimits(way, amountMinor) && isServed(way);

  return (
    <>
      <div className="payout-way">
        <div className="payout-choices">
          <NetworkNote way={way} />
          {view.payoutNetworks.length > 1 && (
            <section>
              <h2>{text.network}</h2>
              <ChoiceRow
                label={text.network}
                value={way.network.id}
                choices={view.payoutNetworks.map(({ id }) => ({ value: id, words: networkName(id) }))}
                onChange={(network) => change({ network })}
              />
            </section>
          )}
          {way.countries.length > 1 && (
            <section>
              <h2>{text.country}</h2>
              <ChoiceGrid
                label={text.country}
                value={way.country}
                columns={4}
                choices={way.countries.map((country) => ({ value: country, words: text.countries[country] }))}
                onChange={(country) => change({ country })}
              />
            </section>
          )}
          <section>
            <h2>{text.method}</h2>
            <ChoiceGrid
              label={text.method}
              value={way.method.id}
              columns={way.methods.length > 1 ? 2 : 1}
              choices={way.methods.map((id) => ({
                value: id,
                words: text.methods[id].name,
                hint: text.methods[id].hint,
                icon: KIND_ICONS[payoutMethod(id).kind],
              }))}
              onChange={(method) => change({ method })}
            />
          </section>
          {way.currencies.length > 1 && (
            <section>
              <h2>{text.currency}</h2>
              <ChoiceRow
                label={text.currency}
                value={way.currency}
                choices={way.currencies.map((currency) => ({ value: currency, words: currency }))}
                onChange={(currency) => change({ currency })}
              />
            </section>
          )}
        </div>
        <section className="payout-amount">
          <h2>{text.amount}</h2>
          <AmountPad
            label={text.amount}
            currency={way.currency}
            text={draft.amountText}
            onText={(amountText) => change({ amountText })}
          />
        </section>
      </div>
      <footer className="actions">
        <AmountNote way={way} amountMinor={amountMinor} />
        <span className="actions-gap" />
        <Button
          tone="primary"
          size="huge"
          icon="arrowRight"
          hotkey="F4"
          isDisabled={!isReady}
          onPress={() => change({ step: 'who', currency: way.currency, method: way.method.id, country: way.country })}
        >
          {text.next}
        </Button>
      </footer>
    </>
  );
}

/** A network that refuses this till or does not answer takes nothing new. */
export function isServed({ network }: Way): boolean {
  return network.connection !== 'blocked' && network.connection !== 'offline';
}

/** Before the customer gives any details: will it work at all? */
export function NetworkNote({ way }: Readonly<{ way: Way }>) {
  const { network } = way;
  const { words } = useTill();
  if (isServed(way)) return null;
  const isBlocked = network.connection === 'blocked';
  const name = networkName(network.id);
  return (
    <div className="callout" role="alert" data-tone={isBlocked ? 'danger' : 'doubt'}>
      <Icon name={isBlocked ? 'lock' : 'cloudOff'} />
      <p>
        <strong>{isBlocked ? words.shell.blockedTitle(name) : words.shell.offlineTitle(name)}</strong>
        <span>{isBlocked ? words.payouts.blockedText(network.code ?? '') : words.payouts.offlineText}</span>
      </p>
    </div>
  );
}

/** Two lines at most: limits or what is wrong with them, and what follows from the amount. */
function AmountNote({ way, amountMinor }: Readonly<{ way: Way; amountMinor: number }>) {
  const { words } = useTill();
  const showMoney = usePayoutMoney();
  const text = words.payoutForm;
  const limits = limitsOf(way);
  const show = (minor: number) => showMoney(minor, way.currency);
  const isShort = limits !== undefined && amountMinor > 0 && amountMinor < limits.minMinor;
  const isOver = limits !== undefined && amountMinor > limits.maxMinor;
  return (
    <div className="payout-note">
      {limits && (
        <p data-tone={isShort || isOver ? 'danger' : undefined}>
          {isShort
            ? words.cashOut.amountTooSmall(show(limits.minMinor))
            : isOver
              ? words.cashOut.amountTooLarge(show(limits.maxMinor))
              : text.limits(show(limits.minMinor), show(limits.maxMinor))}
        </p>
      )}
      {limits?.releaseAboveMinor !== undefined && amountMinor === 0 && (
        <p>{text.releaseAbove(show(limits.releaseAboveMinor))}</p>
      )}
      {needsRelease(way, amountMinor) && !isOver ? (
        <p data-tone="doubt">{text.needsRelease}</p>
      ) : (
        <RateNote way={way} amountMinor={amountMinor} />
      )}
    </div>
  );
}

const TYPING_PAUSE_MS = 500;

/** Dollars that the network converts: roughly what arrives. For orientation only. */
export function RateNote({ way, amountMinor }: Readonly<{ way: Way; amountMinor: number }>) {
  const { words } = useTill();
  const showMoney = usePayoutMoney();
  const text = words.payoutForm;
  const [settledMinor, setSettledMinor] = useState(amountMinor);
  useEffect(() => {
    const timer = setTimeout(() => setSettledMinor(amountMinor), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [amountMinor]);
  const isConverted = way.currency === 'USD' && payoutCurrenciesOf(way.country)[0] !== 'USD';
  const isAsked = isConverted && way.network.exchangeRate && settledMinor > 0;
  const rate = useRateQuery(
    isAsked ? { network: way.network.id, country: way.country, usdMinor: settledMinor } : undefined,
  );
  if (!isAsked || amountMinor === 0) return null;
  if (rate.isError) return <p>{text.rateMissing}</p>;
  if (!rate.data || settledMinor !== amountMinor) return <p>{text.rateAsking}</p>;
  return <p>{text.rate(convertedText(rate.data.converted, rate.data.currency, showMoney))}</p>;
}

/** Money of a currency that the till knows, else the network's own figures. */
function convertedText(
  converted: string,
  currency: string,
  showMoney: (minor: number, currency: Currency) => string,
): string {
  const parsed = isCurrency(currency) ? parseAmount(roundedDown(converted, currency), currency) : undefined;
  return parsed?.ok ? showMoney(parsed.value.minor, parsed.value.currency) : `${converted}\u00a0${currency}`;
}

/** As many decimals as the currency has; a promise to a customer is never rounded up. */
function roundedDown(decimal: string, currency: Currency): string {
  const [whole = '', decimals = ''] = decimal.split('.');
  const places = exponentOf(currency);
  return places === 0 ? whole : `${whole}.${decimals.padEnd(places, '0').slice(0, places)}`;
}
