import type { ConnectionState } from '../../../src-main/core/contract/views.ts';
import { Keycap } from '../../components/button.tsx';
import type { FunctionKey } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { IconName } from '../../components/icon.tsx';
import { Logo } from '../../components/logo.tsx';
import { isBehindDialog, useKeyDown } from '../../hooks/use-key-down.ts';
import { useTill } from '../../hooks/use-till.ts';
import { networkName } from '../../text/words.ts';
import { useNavigation } from '../navigation.ts';
import type { Place } from '../navigation.ts';
import { connectionsOf, worstConnection } from './connection.ts';
import { Preferences } from './preferences.tsx';
import { useSyncNow } from './use-sync-now.ts';

export function Header() {
  const { view, words } = useTill();
  const caseCount = view.openCases.length;
  return (
    <header className="header">
      <div className="brand">
        <Logo />
        <div className="brand-words">
          <strong>{view.shopName}</strong>
          <span>{view.tillId}</span>
        </div>
      </div>
      <nav className="tabs" aria-label={words.shell.navigation}>
        <Tab place={{ name: 'home' }} icon="notes" hotkey="F2" isCurrentAlso={['cash-out']}>
          {words.shell.newCashOut}
        </Tab>
        {view.payoutNetworks.length > 0 && (
          <Tab place={{ name: 'new-payout' }} icon="send" hotkey="F7" isCurrentAlso={['payout', 'find-payout']}>
            {words.payouts.tab}
          </Tab>
        )}
        <Tab place={{ name: 'today' }} icon="list" hotkey="F10" isCurrentAlso={['payouts']}>
          {words.shell.today}
        </Tab>
        <Tab place={{ name: 'cases' }} icon="flag" hotkey="F6" count={caseCount} isCurrentAlso={['case']}>
          {words.shell.cases}
        </Tab>
        <Tab place={{ name: 'shift' }} icon="drawer" isCurrentAlso={['drop', 'count', 'x-report', 'z-report']}>
          {words.shell.shift}
        </Tab>
      </nav>
      <ConnectionKey />
      <Preferences />
    </header>
  );
}

type TabProps = Readonly<{
  place: Place;
  icon: IconName;
  children: string;
  hotkey?: FunctionKey;
  count?: number;
  isCurrentAlso?: readonly Place['name'][];
}>;

function Tab({ place, icon, children, hotkey, count = 0, isCurrentAlso = [] }: TabProps) {
  const { words } = useTill();
  const { place: current, go } = useNavigation();
  const isCurrent = current.name === place.name || isCurrentAlso.includes(current.name);
  useKeyDown((event) => {
    if (hotkey === undefined || event.key !== hotkey || event.repeat || isBehindDialog(null)) return;
    event.preventDefault();
    go(place);
  });
  return (
    <button
      type="button"
      className="tab"
      aria-current={isCurrent ? 'page' : undefined}
      aria-keyshortcuts={hotkey}
      onClick={() => go(place)}
    >
      <Icon name={icon} />
      <span>{children}</span>
      {count > 0 && (
        <span className="badge" aria-label={words.shell.casesOpen(count)}>
          {count}
        </span>
      )}
      {hotkey !== undefined && <Keycap name={hotkey} />}
    </button>
  );
}

function ConnectionKey() {
  const { view, words, showTime } = useTill();
  const { isBusy, syncNow } = useSyncNow();
  const connections = connectionsOf(view);
  const worst = worstConnection(connections);
  const state = worst?.connection ?? 'unknown';
  const wordOf = (connection: ConnectionState) => ({ unknown: words.shell.unverified, ...words.shell })[connection];
  const since =
    state === 'offline' || state === 'blocked' ? words.shell.since(showTime(worst?.sinceMs ?? 0)) : undefined;
  const said =
    connections.length > 1
      ? connections
          .map(({ id, connection }) => words.payouts.connection(networkName(id), wordOf(connection)))
          .join('. ')
      : wordOf(state);

  return (
    <button
      type="button"
      className="connection"
      data-state={state}
      aria-label={`${said}. ${words.shell.syncNow}`}
      title={words.shell.syncNow}
      aria-disabled={isBusy}
      onClick={() => void syncNow()}
    >
      {connections.length > 1 ? (
        <span className="connection-lines">
          {connections.map(({ id, connection }) => (
            <span key={id} className="connection-line" data-state={connection}>
              <span className="connection-dot" />
              {networkName(id)}
              {connection !== 'online' && <em>{wordOf(connection)}</em>}
            </span>
          ))}
        </span>
      ) : (
        <>
          <span className="connection-dot" />
          <span className="connection-words">
            <span>{wordOf(state)}</span>
            {since !== undefined && <small>{since}</small>}
          </span>
        </>
      )}
      {isBusy ? <span className="spinner" /> : <Icon name="sync" />}
    </button>
  );
}
