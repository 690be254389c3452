import type { EventData } from '@linghang/events'

/** A version of an organisation's standing in the tree, and from which day on it is known. */
export type Place = { orgId: string; version: number; day: string; endedOn: string | null } & Standing
type Standing = { superiorId: string | null; kind: string; unitKind: string | null }

export const placeOf = (
  { id, version, superiorId, kind, unitKind, endedOn }: EventData<'org.organisation.registered.v1'>,
  day: string,
): Place => ({ orgId: id, version, day, superiorId, kind, unitKind: unitKind ?? null, endedOn: endedOn ?? null })

/** From which day on a version makes other sheets, of the organisation and of all above it; null where it makes none. */
export function changedFrom(before: Place | null, after: Place): string | null {
  if (before === null) return after.day
  if (before.endedOn !== after.endedOn)
    return [after.day, before.endedOn ?? after.day, after.endedOn ?? after.day].sort()[0] ?? after.day
  const { superiorId, kind, unitKind } = after
  return before.superiorId === superiorId && before.kind === kind && before.unitKind === unitKind ? null : after.day
}
