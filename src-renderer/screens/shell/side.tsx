/** Beside every screen: what is open, never hidden, and what ended last. */
import type { CashOutView } from '../../../src-main/core/contract/views.ts';
import { isEnded } from '../../../src-main/core/domain/cash-out.ts';
import { useCashOutListQuery } from '../../bridge/queries.ts';
import { Icon } from '../../components/icon.tsx';
import { NoteArea } from '../../components/notices.tsx';
import { StatePill } from '../../components/state-pill.tsx';
import { toneOf } from '../../components/state-tone.ts';
import { countdownText, startOfDayMs } from '../../hooks/formatting.ts';
import { useNow } from '../../hooks/use-now.ts';
import { useTill } from '../../hooks/use-till.ts';
import { stateWord } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import { PayoutRail } from '../payouts/open-payouts.tsx';
import { DrawerStrip } from './drawer-strip.tsx';
import { PrintStrip } from './print-strip.tsx';
import { Warnings } from './warnings.tsx';
import { CashOutDetail } from '../today/cash-out-detail.tsx';

const LATEST = 12;

export function Side() {
  const { view, words } = useTill();
  const { place } = useNavigation();
  const open = view.openCashOuts;
  return (
    <aside className="side">
      <section className="rail" aria-label={words.cashOut.inProgress}>
        <h2 className="side-title">
          {words.cashOut.inProgress}
          {open.length > 0 && <span className="side-count">{open.length}</span>}
        </h2>
        {open.length === 0 ? (
          <p className="side-empty">{words.cashOut.nothingInProgress}</p>
        ) : (
          <ul className="rail-list" data-many={open.length > 3}>
            {open.map((cashOut) => (
              <li key={cashOut.id}>
                <OpenCard cashOut={cashOut} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <PayoutRail />
      <Warnings />
      {place.name === 'today' ? <TodayDetail id={place.id} /> : <Latest />}
      <div className="side-notices">
        <output>
          <DrawerStrip />
          <PrintStrip />
        </output>
        <NoteArea words={words} />
      </div>
    </aside>
  );
}

function OpenCard({ cashOut }: Readonly<{ cashOut: CashOutView }>) {
  const { words, showMoney, showTime, clockOffsetMs } = useTill();
  const { place, go } = useNavigation();
  const nowMs = useNow(clockOffsetMs);
  const isCurrent = place.name === 'cash-out' && place.id === cashOut.id;
  const leftMs =
    cashOut.state === 'awaiting_payment' && cashOut.expiresAtMs !== undefined ? cashOut.expiresAtMs - nowMs : undefined;
  return (
    <button
      type="button"
      className="open-card"
      data-id={cashOut.id}
      data-tone={toneOf(cashOut)}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={() => go({ name: 'cash-out', id: cashOut.id })}
    >
      <span className="open-card-amount">{showMoney(cashOut.amountMinor, cashOut.currency)}</span>
      <span className="open-card-time" data-countdown={leftMs !== undefined}>
        {leftMs === undefined ? showTime(cashOut.requestedAtMs) : countdownText(leftMs)}
      </span>
      <StatePill cashOut={cashOut} />
      {cashOut.cases.length > 0 && (
        <span className="open-card-case" title={words.shell.cases}>
          <Icon name="flag" />
        </span>
      )}
    </button>
  );
}

/** The list itself fills the main room; what it is about stands here. */
function TodayDetail({ id }: Readonly<{ id: string | undefined }>) {
  const { view, words } = useTill();
  const list = useCashOutListQuery(startOfDayMs(view.nowMs, view.timeZone));
  const selected = list.data?.find((cashOut) => cashOut.id === id);
  if (selected) return <CashOutDetail key={selected.id} cashOut={selected} />;
  return <p className="side-empty">{words.records.chooseOne}</p>;
}

function Latest() {
  const { view, words, showMoney, showTime } = useTill();
  const { go } = useNavigation();
  const list = useCashOutListQuery(startOfDayMs(view.nowMs, view.timeZone));
  const ended = (list.data ?? [])
    .filter(({ state }) => isEnded(state))
    .toSorted((left, right) => (right.endedAtMs ?? 0) - (left.endedAtMs ?? 0));
  return (
    <section className="latest" aria-label={words.cashOut.earlierToday}>
      <h2 className="side-title">{words.cashOut.earlierToday}</h2>
      {ended.length === 0 && !list.isPending && <p className="side-empty">{words.cashOut.nothingToday}</p>}
      <ul className="latest-list">
        {ended.slice(0, LATEST).map((cashOut) => (
          <li key={cashOut.id}>
            <button type="button" className="latest-row" onClick={() => go({ name: 'today', id: cashOut.id })}>
              <span className="latest-time">{showTime(cashOut.endedAtMs ?? cashOut.requestedAtMs)}</span>
              <span className="latest-amount">{showMoney(cashOut.amountMinor, cashOut.currency)}</span>
              <span className="latest-state" data-tone={toneOf(cashOut)}>
                {stateWord(words, cashOut.state)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
