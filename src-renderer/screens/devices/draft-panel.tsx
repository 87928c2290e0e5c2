/** What it is: the model, and how fast the line is. The till asks the device itself meanwhile, and suggests. */
import { useEffect, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import type { DeviceProfileView, DevicesView } from '../../../src-main/core/contract/device-views.ts';
import type { DeviceRole, LineAddress } from '../../../src-main/core/domain/devices/device.ts';
import { lineText } from '../../../src-main/core/domain/devices/device.ts';
import type { DeviceDraft } from '../../../src-main/core/domain/devices/try-out.ts';
import { useIdentifiedQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceGrid } from '../../components/choice-grid.tsx';
import { ChoiceRow } from '../../components/choice-row.tsx';
import { useTill } from '../../hooks/use-till.ts';
import type { Start } from './role-panel.tsx';

type DraftProps = Readonly<{
  view: DevicesView;
  role: DeviceRole;
  start: Start;
  onDraft: (draft: DeviceDraft) => void;
  onBack: () => void;
}>;

const NAME_LENGTH_MAX = 60;

export function DraftPanel({ view, role, start, onDraft, onBack }: DraftProps) {
  const { words } = useTill();
  const text = words.devices;
  const profiles = view.profiles.filter((profile) => profile.role === role);
  const [line, setLine] = useState(start.line);
  const [chosen, choose] = useState(start.profileId);
  const [named, setNamed] = useState(start.label);
  // A scanner speaks when somebody scans, a display never: only printers are asked.
  const identified = useIdentifiedQuery(role === 'printer' && start.id === undefined ? start.line : undefined).data;
  const suggested = identified?.suggested?.role === role ? identified.suggested.profileId : undefined;
  const profile = profiles.find(({ id }) => id === (chosen ?? suggested)) ?? profiles[0];
  const name = (named ?? profile?.name ?? '').trim().slice(0, NAME_LENGTH_MAX);
  useUsualSpeed(profile, start, setLine);
  if (!profile) return null;
  return (
    <div className="pairing-form">
      <div className="pairing-choices">
        <h2>{text.draftTitle}</h2>
        <p className="pairing-note">
          {identified?.model === undefined ? text.draftText : text.identified(identified.model)}
        </p>
        <div className="device-profiles">
          <ChoiceGrid
            label={text.draftTitle}
            columns={2}
            value={profile.id}
            choices={profiles.map((one) => ({ value: one.id, words: one.name, ...hintOf(one) }))}
            onChange={choose}
          />
        </div>
        {line.kind === 'serial' && <SerialSettings line={line} onChange={setLine} />}
        <TextField className="field" value={named ?? profile.name} onChange={setNamed} maxLength={NAME_LENGTH_MAX}>
          <Label>{`${text.name} · ${lineText(line)}`}</Label>
          <Input />
        </TextField>
      </div>
      <div className="device-actions">
        <Button tone="quiet" icon="arrowLeft" onPress={onBack}>
          {words.shell.back}
        </Button>
        <Button
          tone="primary"
          icon="check"
          isDisabled={name === ''}
          onPress={() =>
            onDraft({
              role,
              name,
              profileId: profile.id,
              line,
              ...(start.identity && { identity: start.identity }),
            })
          }
        >
          {text.begin}
        </Button>
      </div>
    </div>
  );

  function hintOf({ columns, isExperimental }: DeviceProfileView): { hint?: string } {
    if (isExperimental) return { hint: text.experimental };
    return columns === undefined ? {} : { hint: text.columns(columns) };
  }
}

/** A new line begins at the speed that the model leaves the factory with. */
function useUsualSpeed(
  profile: DeviceProfileView | undefined,
  start: Start,
  setLine: (change: (line: LineAddress) => LineAddress) => void,
): void {
  const baudRate = profile?.usualBaudRate;
  const isKnown = start.isSpeedKnown === true;
  useEffect(() => {
    if (isKnown || baudRate === undefined) return;
    setLine((line) => (line.kind === 'serial' ? { ...line, baudRate } : line));
  }, [isKnown, baudRate, setLine]);
}

type SerialLine = Extract<LineAddress, { kind: 'serial' }>;

const BAUD_RATES = [2_400, 9_600, 19_200, 38_400, 57_600, 115_200];
const FLOWS = ['none', 'rts-cts', 'xon-xoff'] as const;

function SerialSettings({ line, onChange }: Readonly<{ line: SerialLine; onChange: (line: SerialLine) => void }>) {
  const { words } = useTill();
  const text = words.devices;
  return (
    <div className="device-serial">
      <h2>{text.speed}</h2>
      <ChoiceRow
        label={text.speed}
        value={String(line.baudRate)}
        choices={BAUD_RATES.map((rate) => ({ value: String(rate), words: String(rate) }))}
        onChange={(rate) => onChange({ ...line, baudRate: Number(rate) })}
      />
      <h2>{text.flow}</h2>
      <ChoiceRow
        label={text.flow}
        value={line.flow}
        choices={FLOWS.map((value) => ({ value, words: text.flows[value] }))}
        onChange={(flow) => onChange({ ...line, flow })}
      />
    </div>
  );
}
