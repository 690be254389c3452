import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import type { ThemeDay } from './theme-day.ts'

/**
 * Tells how theme days stand: whether somebody is still to be warned.
 * @param heldOn of those that were held, by their meetings
 */
export const tellThemeDays = (
  work: Work,
  days: readonly ThemeDay[],
  heldOn: ReadonlyMap<string, string> = new Map(),
): Promise<void> =>
  publish(
    work,
    days.map(({ id, orgId, month, dueOn, closedBy, meetingId, version }) => ({
      ...({ type: 'org.theme-day.changed.v1', orgId, subject: id } as const),
      data: {
        ...{ id, orgId, month, dueOn, isOpen: closedBy === null, closedBy, version: Number(version) },
        heldOn: (meetingId !== null && heldOn.get(meetingId)) || null,
      },
    })),
  )
