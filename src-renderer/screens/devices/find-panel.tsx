import { useState } from 'react';
import type { DevicesView, DiscoveryView, FoundLineView } from '../../../src-main/core/contract/device-views.ts';
import { canCarry } from '../../../src-main/core/domain/devices/device-rules.ts';
import type { DeviceRole } from '../../../src-main/core/domain/devices/device.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';

type FindProps = Readonly<{
  view: DevicesView;
  role: DeviceRole;
  onFound: (found: FoundLineView) => void;
  onByHand: () => void;
  onImport: () => void;
  onBack: (() => void) | undefined;
}>;

/** What this machine sees; the shop's network only when somebody asks for it. */
export function FindPanel(props: FindProps) {
  const { words } = useTill();
  const text = words.devices;
  const discover = useAct('devices.discover');
  const [found, setFound] = useState<DiscoveryView>();
  const look = async (network: 'none' | 'scan') => {
    const seen = await discover.run({ network });
    if (seen) setFound(seen);
  };
  return (
    <div className="pairing-form">
      <div className="pairing-choices">
        {found ? (
          <Found {...props} found={found} />
        ) : (
          <Before {...props} onLook={() => void look('none')} isBusy={discover.isBusy} />
        )}
      </div>
      <div className="device-actions">
        {found && (
          <>
            <Button icon="sync" isBusy={discover.isBusy} onPress={() => void look('none')}>
              {text.findAgain}
            </Button>
            <Button icon="search" isBusy={discover.isBusy} onPress={() => void look('scan')}>
              {text.findNetwork}
            </Button>
          </>
        )}
        <Button icon="settings" onPress={props.onByHand}>
          {text.byHand}
        </Button>
        <Button icon="qr" onPress={props.onImport}>
          {text.fromFile}
        </Button>
        {props.onBack && (
          <Button tone="quiet" icon="arrowLeft" onPress={props.onBack}>
            {words.shell.back}
          </Button>
        )}
      </div>
    </div>
  );
}

function Before({ view, role, onLook, isBusy }: FindProps & Readonly<{ onLook: () => void; isBusy: boolean }>) {
  const { words } = useTill();
  const text = words.devices;
  return (
    <div className="pairing-words device-before">
      <h2>{text.findTitle}</h2>
      <p>{text.findText}</p>
      <Button size="huge" tone="primary" icon="search" isBusy={isBusy} onPress={onLook}>
        {text.find}
      </Button>
      <p className="pairing-note">
        {role === 'printer' && view.spoolFolder !== undefined ? text.slipsToFolder(view.spoolFolder) : text.screensDo}
      </p>
    </div>
  );
}

function Found({ view, role, found, onFound }: FindProps & Readonly<{ found: DiscoveryView }>) {
  const { words } = useTill();
  const text = words.devices;
  const lines = found.lines.filter(({ line }) => canCarry(role, line));
  return (
    <>
      <h2>{lines.length > 0 ? text.foundTitle : text.foundNone}</h2>
      <ul className="people">
        {lines.map((one) => (
          <li key={one.lineText}>
            <button type="button" className="person pairing-choice" onClick={() => onFound(one)}>
              {one.label}
              <small>{noteOf(one)}</small>
            </button>
          </li>
        ))}
      </ul>
      {found.problems.map(({ step, detail }) => (
        <div key={`${step} ${detail}`} className="callout" data-tone="doubt">
          <Icon name="warning" />
          <p>
            {text.partProblem(step)}
            <span lang="en">{detail}</span>
          </p>
        </div>
      ))}
    </>
  );

  function noteOf({ lineText, suggested, pairedAs }: FoundLineView): string {
    const profile = view.profiles.find(({ id }) => id === suggested?.profileId);
    return [
      lineText,
      ...(pairedAs === undefined ? [] : [text.alreadyPaired]),
      ...(profile ? [text.asSuggested(profile.name)] : []),
    ].join(' · ');
  }
}
