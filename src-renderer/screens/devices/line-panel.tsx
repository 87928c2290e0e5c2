/** A connection typed by hand: for pseudo-terminals, adapters without a name, and networks that may not be scanned. */
import { useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { LINES_OF_ROLE } from '../../../src-main/core/domain/devices/device-rules.ts';
import type { DeviceRole, LineAddress, LineKind } from '../../../src-main/core/domain/devices/device.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceGrid } from '../../components/choice-grid.tsx';
import { useTill } from '../../hooks/use-till.ts';

type LineProps = Readonly<{ role: DeviceRole; onLine: (line: LineAddress) => void; onBack: () => void }>;
/** USB addresses are numbers that only looking finds out. */
type TypedKind = Exclude<LineKind, 'usb'>;

const RAW_PORT = '9100';
const USUAL_BAUD_RATE = 9_600;

export function LinePanel({ role, onLine, onBack }: LineProps) {
  const { words } = useTill();
  const text = words.devices;
  const kinds = LINES_OF_ROLE[role].filter((kind): kind is TypedKind => kind !== 'usb');
  const [kind, setKind] = useState<TypedKind>(kinds.includes('serial') ? 'serial' : 'tcp');
  const [typed, setTyped] = useState({ text: '', port: RAW_PORT });
  const line = lineOf(kind, typed.text.trim(), typed.port.trim());
  const label = { tcp: text.lineFields.host, spooler: text.lineFields.queue, folder: text.lineFields.folder };
  const hint: Readonly<Partial<Record<TypedKind, string>>> = text.pathHint;
  return (
    <div className="pairing-form">
      <div className="pairing-choices">
        <h2>{text.lineTitle}</h2>
        <ChoiceGrid
          label={text.lineTitle}
          columns={2}
          value={kind}
          choices={kinds.map((value) => ({ value, words: text.lineKinds[value] }))}
          onChange={setKind}
        />
        <div className="device-line-fields">
          <TextField
            className="field"
            value={typed.text}
            onChange={(value) => setTyped((before) => ({ ...before, text: value }))}
            maxLength={220}
          >
            <Label>{kind in label ? label[kind as keyof typeof label] : text.lineFields.path}</Label>
            <Input placeholder={kind === 'tcp' ? '192.168.1.50' : (hint[kind] ?? '')} />
          </TextField>
          {kind === 'tcp' && (
            <TextField
              className="field device-port"
              value={typed.port}
              onChange={(port) => setTyped((before) => ({ ...before, port }))}
              maxLength={5}
            >
              <Label>{text.lineFields.port}</Label>
              <Input inputMode="numeric" />
            </TextField>
          )}
        </div>
      </div>
      <div className="device-actions">
        <Button tone="quiet" icon="arrowLeft" onPress={onBack}>
          {words.shell.back}
        </Button>
        <Button tone="primary" icon="arrowRight" isDisabled={!line} onPress={() => line && onLine(line)}>
          {text.lineNext}
        </Button>
      </div>
    </div>
  );
}

/** Undefined while something is missing or cannot be an address. */
function lineOf(kind: TypedKind, text: string, portText: string): LineAddress | undefined {
  if (text === '') return undefined;
  switch (kind) {
    case 'serial':
      return { kind, path: text, baudRate: USUAL_BAUD_RATE, flow: 'none' };
    case 'tcp': {
      const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
      return port >= 1 && port <= 65_535 && /^[A-Za-z0-9.:_-]+$/.test(text) ? { kind, host: text, port } : undefined;
    }
    case 'spooler':
      return { kind, queue: text };
    default:
      return { kind, path: text };
  }
}
