/** Devices, for the technician: each role with its state at the left; looking, trying and pairing at the right. */
import { useState } from 'react';
import type { DevicesView } from '../../../src-main/core/contract/device-views.ts';
import { DEVICE_ROLES } from '../../../src-main/core/domain/devices/device.ts';
import type { DeviceRole } from '../../../src-main/core/domain/devices/device.ts';
import { useDevicesQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';
import { deviceFace, ROLE_ICONS } from './device-face.ts';
import { RolePanel } from './role-panel.tsx';

export function DevicesScreen() {
  const { words } = useTill();
  const { go } = useNavigation();
  const { data } = useDevicesQuery();
  const [role, choose] = useState<DeviceRole>('printer');
  const text = words.devices;
  return (
    <div className="pairing devices">
      <header className="main-top">
        <div>
          <h1>{text.title}</h1>
          <p>{text.intro}</p>
        </div>
        <Button tone="quiet" icon="arrowLeft" hotkey="Escape" onPress={() => go({ name: 'home' })}>
          {words.shell.back}
        </Button>
      </header>
      {data ? (
        <div className="pairing-body">
          <Roles view={data} chosen={role} onChoose={choose} />
          <section className="pairing-panel" aria-label={text.roles[role]}>
            {data.canPair ? <RolePanel key={role} view={data} role={role} /> : <Practice />}
          </section>
        </div>
      ) : (
        <span className="spinner pairing-loading" />
      )}
    </div>
  );
}

function Practice() {
  const { words } = useTill();
  return (
    <div className="pairing-words">
      <div className="callout" data-tone="training">
        <Icon name="lock" />
        <p>{words.devices.practice}</p>
      </div>
    </div>
  );
}

type RolesProps = Readonly<{ view: DevicesView; chosen: DeviceRole; onChoose: (role: DeviceRole) => void }>;

function Roles({ view, chosen, onChoose }: RolesProps) {
  const { words } = useTill();
  const text = words.devices;
  return (
    <ul className="device-roles" aria-label={text.rolesTitle}>
      {DEVICE_ROLES.map((role) => {
        const device = view.devices.find((one) => one.role === role);
        const face = deviceFace(words, device);
        return (
          <li key={role}>
            <button
              type="button"
              className="device-role"
              aria-pressed={role === chosen}
              data-role={role}
              onClick={() => onChoose(role)}
            >
              <Icon name={ROLE_ICONS[role]} />
              <span>
                <strong>{text.roles[role]}</strong>
                {device && <small>{device.name}</small>}
                <small className="device-state" data-tone={face.tone}>
                  {face.words}
                </small>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
