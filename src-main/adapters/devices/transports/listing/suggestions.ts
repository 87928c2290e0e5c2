/** What an id on the bus or a name suggests (`assets/devices/known-ids.json`). A suggestion only: pairing decides. */
import { z } from 'zod';
import table from '../../../../../assets/devices/known-ids.json' with { type: 'json' };
import { DEVICE_ROLES } from '../../../../core/domain/devices/device.ts';
import type { DeviceIdentity, FoundLine } from '../../../../core/domain/devices/device.ts';

const hex = z.string().regex(/^[0-9a-f]{4}$/);
const role = z.enum(DEVICE_ROLES);
const tableSchema = z.strictObject({
  note: z.string(),
  sources: z.record(z.string(), z.string()),
  ids: z.array(
    z.strictObject({
      vendorId: hex,
      productId: hex,
      label: z.string().min(1),
      /** Absent: an adapter, behind which anything may be. */
      role: role.exactOptional(),
      profileId: z.string().exactOptional(),
      source: z.string(),
    }),
  ),
  /** The first that fits, so that longer names stand before their beginnings. */
  names: z.array(z.strictObject({ contains: z.string().min(3), role, profileId: z.string() })),
});

/** Throws for a table that cannot be read: it is part of the program. */
export const KNOWN_DEVICES = tableSchema.parse(table);

type Known = Readonly<{ label?: string; suggested?: NonNullable<FoundLine['suggested']> }>;

/** `name`: what the device or its queue calls itself; a model in it says more than an id. */
export function suggest(identity: DeviceIdentity | undefined, name: string | undefined): Known {
  const byName = KNOWN_DEVICES.names.find(({ contains }) => name?.toLowerCase().includes(contains.toLowerCase()));
  const byId = KNOWN_DEVICES.ids.find(
    ({ vendorId, productId }) =>
      Number.parseInt(vendorId, 16) === identity?.vendorId && Number.parseInt(productId, 16) === identity.productId,
  );
  const suggested = byName ?? byId;
  const label = name ?? byId?.label;
  return {
    ...(label !== undefined && { label }),
    ...(suggested?.role !== undefined &&
      suggested.profileId !== undefined && { suggested: { role: suggested.role, profileId: suggested.profileId } }),
  };
}
