/** A device as another till exported it: pasted, or typed in by the scanner. Nothing is paired before it was tried here. */
import { useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import type { DeviceRole } from '../../../src-main/core/domain/devices/device.ts';
import type { DeviceDraft } from '../../../src-main/core/domain/devices/try-out.ts';
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';

type ImportProps = Readonly<{ role: DeviceRole; onDraft: (draft: DeviceDraft) => void; onBack: () => void }>;

export function ImportPanel({ role, onDraft, onBack }: ImportProps) {
  const { words } = useTill();
  const text = words.devices;
  const reading = useAct('devices.import');
  const [typed, setTyped] = useState('');
  const [other, setOther] = useState<DeviceRole>();

  async function read() {
    const imported = await reading.run({ text: typed });
    if (!imported) return;
    if (imported.device.role === role) onDraft(imported.device);
    else setOther(imported.device.role);
  }

  return (
    <div className="pairing-form">
      <div className="pairing-choices">
        <h2>{text.importTitle}</h2>
        <p className="pairing-note">{text.importText}</p>
        <TextField
          className="field"
          value={typed}
          onChange={(value) => {
            setTyped(value);
            setOther(undefined);
          }}
          maxLength={8_192}
        >
          <Label>{text.importField}</Label>
          <TextArea className="device-text" rows={7} spellCheck={false} />
        </TextField>
        {other !== undefined && (
          <div className="callout" data-tone="doubt" role="alert">
            <Icon name="warning" />
            <p>{text.importOther(text.roles[other])}</p>
          </div>
        )}
      </div>
      <div className="device-actions">
        <Button tone="quiet" icon="arrowLeft" onPress={onBack}>
          {words.shell.back}
        </Button>
        <Button
          tone="primary"
          icon="arrowRight"
          isBusy={reading.isBusy}
          isDisabled={typed.trim() === ''}
          onPress={() => void read()}
        >
          {text.importNext}
        </Button>
      </div>
    </div>
  );
}
