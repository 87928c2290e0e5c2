import { useDeviceFileQuery } from '../../bridge/queries.ts';
import { Button } from '../../components/button.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useTill } from '../../hooks/use-till.ts';

/** The device as a code that another till's scanner reads, and as text. */
export function CarrySheet({ deviceId, onClose }: Readonly<{ deviceId: string; onClose: () => void }>) {
  const { words } = useTill();
  const text = words.devices;
  const { data } = useDeviceFileQuery(deviceId);
  return (
    <Sheet title={text.carryTitle} isOpen onClose={onClose}>
      <p className="sheet-text">{text.carryText}</p>
      {data?.qrData !== undefined && (
        <div className="device-code">
          <QrCode text={data.qrData} label={data.fileName} />
        </div>
      )}
      {data && <code className="pairing-code device-file">{data.text}</code>}
      <div className="sheet-actions">
        <Button size="large" tone="primary" onPress={onClose}>
          {text.done}
        </Button>
      </div>
    </Sheet>
  );
}
