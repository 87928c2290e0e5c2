/** Pairing, for the technician: the steps at the left with their live state, what to do now at the right. */
import { useState } from 'react';
import { usePairingQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { INTERFACE_NAMES } from '../../../src-main/core/domain/pairing.ts';
import type { PairingNetworkId } from '../../../src-main/core/domain/pairing.ts';
import type { PairingView } from '../../../src-main/core/contract/pairing-views.ts';
import { useNavigation } from '../navigation.ts';
import { FailedPanel, RunningPanel, TokenPanel } from './pairing-panels.tsx';
import { PairedPanel } from './paired-panel.tsx';
import { pairingNetworks } from './pairing-networks.ts';
import { PairingSteps } from './pairing-steps.tsx';
import { PlacesPanel } from './places-panel.tsx';
import { usePairingPlan } from './use-pairing-plan.ts';

export function PairingScreen() {
  const { view, words } = useTill();
  const { go } = useNavigation();
  const networks = pairingNetworks(view.networks);
  const [chosen, setChosen] = useState<PairingNetworkId>();
  const network = chosen ?? networks[0];
  const text = words.pairing;
  return (
    <div className="pairing">
      <header className="main-top">
        <div>
          <h1>{text.title}</h1>
          <p>{text.intro(view.tillId)}</p>
        </div>
        <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'home' })}>
          {words.shell.back}
        </Button>
      </header>
      {network !== undefined && networks.length > 1 && (
        <ChoiceRow
          label={text.network}
          value={network}
          choices={networks.map((value) => ({ value, words: INTERFACE_NAMES[value] }))}
          onChange={setChosen}
        />
      )}
      {network !== undefined && <NetworkPairing key={network} network={network} />}
    </div>
  );
}

function NetworkPairing({ network }: Readonly<{ network: PairingNetworkId }>) {
  const { data } = usePairingQuery(network);
  const [isChanging, setChanging] = useState(false);
  if (!data) return <span className="spinner pairing-loading" />;
  return (
    <div className="pairing-body">
      <PairingSteps view={data} />
      <section className="pairing-panel">
        <CurrentPanel view={data} isChanging={isChanging} onChanging={setChanging} />
      </section>
    </div>
  );
}

type PanelProps = Readonly<{ view: PairingView; isChanging: boolean; onChanging: (isChanging: boolean) => void }>;

function CurrentPanel({ view, isChanging, onChanging }: PanelProps) {
  const plan = usePairingPlan(view.network);
  const start = async (reason?: string) => {
    onChanging(false);
    await plan.start(reason);
  };
  if (view.isRunning || plan.isStarting) return <RunningPanel />;
  if (!view.hasToken) return <TokenPanel secret={view.tokenSecret} />;
  if (view.fault && !isChanging) {
    return <FailedPanel fault={view.fault} onAgain={() => void start()} onChange={() => onChanging(true)} />;
  }
  if (view.savedAtMs !== undefined && !isChanging) {
    return <PairedPanel view={view} onAgain={() => void start()} onChange={() => onChanging(true)} />;
  }
  return <PlacesPanel plan={plan} onStart={(reason) => void start(reason)} />;
}
