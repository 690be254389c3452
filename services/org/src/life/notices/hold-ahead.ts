import { shanghaiDay } from '@linghang/access'
import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { holdKept } from '../meetings/hold-meeting.ts'
import { isAhead, type Meeting, type MeetingContent } from '../meetings/meeting.ts'
import { fail } from './errors.ts'
import type { Told } from './store.ts'

const words = {
  changed: { wanted: 'changed', wantedZh: '改期、改地点、改议题' },
  announced: { wanted: 'announced', wantedZh: '发通知' },
  cancelled: { wanted: 'cancelled', wantedZh: '取消' },
  held: { wanted: 'recorded as held', wantedZh: '登记召开' },
} as const

/** A meeting that is still to be held, held until the transaction ends. @throws DomainError MEETING_NOT_AHEAD and as `holdKept` */
export async function holdAhead(
  work: Work,
  { id, revision }: { id: string; revision: number | null },
  to: keyof typeof words,
): Promise<Meeting & { startsAt: Date }> {
  const meeting = await holdKept(work, id, revision)
  const { startsAt, state } = meeting
  if (!isAhead(state) || startsAt === null) return fail('MEETING_NOT_AHEAD', { found: state, ...words[to] })
  return { ...meeting, startsAt }
}

/** What those due are told of a meeting. */
export const toldOf = (
  { kind, cancelReason }: Meeting,
  { place, items }: Pick<MeetingContent, 'place' | 'items'>,
  startsAt: Date,
): Told => ({
  ...{ kind, state: 'ANNOUNCED', startsAt, place, cancelReason },
  agenda: items.map(({ title }) => title),
})

/** Tells others how a meeting that was announced stands: its day, and no agenda. */
export const publishAnnounced = (
  work: Work,
  { id, orgId, kind, revision }: Meeting,
  startsAt: Date,
  state: Told['state'],
): Promise<void> =>
  publish(work, [
    {
      ...({ type: 'org.meeting.announced.v1', orgId, subject: id } as const),
      data: { id, orgId, kind, state, day: shanghaiDay(startsAt), startsAt: startsAt.toISOString(), version: revision },
    },
  ])
