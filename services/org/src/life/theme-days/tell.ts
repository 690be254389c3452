import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import type { ThemeDay } from './theme-day.ts'

/** Tells how theme days stand: whether somebody is still to be warned. */
export const tellThemeDays = (work: Work, days: readonly ThemeDay[]): Promise<void> =>
  publish(
    work,
    days.map(({ id, orgId, month, dueOn, closedBy, version }) => ({
      ...({ type: 'org.theme-day.changed.v1', orgId, subject: id } as const),
      data: { id, orgId, month, dueOn, isOpen: closedBy === null, version: Number(version) },
    })),
  )
