import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { toldStore } from './told-store.ts'

/** Tells who came to closed meetings, and of an appraisal what it has found; nothing of meetings that are not closed. */
export async function tellAttendance(work: Work, meetingIds: readonly string[]): Promise<void> {
  const told = await toldStore.tell(work.tx, work.actor.countyId, meetingIds)
  await publish(
    work,
    told.flatMap(({ grades, ...came }) => {
      const { id, orgId, heldOn, version } = came
      return [
        { type: 'org.attendance.told.v1' as const, orgId, subject: id, data: came },
        ...(grades === null
          ? []
          : [
              {
                ...{ type: 'org.appraisal.closed.v1' as const, orgId, subject: id },
                data: { id, orgId, heldOn, grades, version },
              },
            ]),
      ]
    }),
  )
}

const batch = 200

/**
 * Tells of meetings that were closed before it was told who came, or by a release that does not tell it; some of them.
 * @param after the last one of those before
 * @returns the last of these; null where there are no more
 */
export async function tellUntold(work: Work, after: string | null): Promise<string | null> {
  const ids = await toldStore.untold(work.tx, work.actor.countyId, after, batch)
  if (ids.length > 0) await tellAttendance(work, ids)
  return ids.length === batch ? (ids.at(-1) ?? null) : null
}
