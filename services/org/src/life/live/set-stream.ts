import { recordAudit } from '@linghang/access'
import { useCase } from '../../work.ts'
import { holdKept } from '../meetings/hold-meeting.ts'
import { fail } from './errors.ts'
import { requirePlaylist } from './live.ts'
import { liveStore } from './store.ts'

export type SetStream = { meetingId: string; liveUrl: string | null; replayUrl: string | null }

/**
 * Where those whose meeting it is can watch it, live and later; neither is wanted, and nothing of who watched is kept.
 * @throws DomainError NOT_FOUND, FORBIDDEN, MEETING_NOT_ANNOUNCED_YET, BAD_INPUT
 */
export const setMeetingStream = useCase('setMeetingStream', async (work, input: SetStream) => {
  const { tx, actor } = work
  const { meetingId } = input
  const { orgId, state, startsAt } = await holdKept(work, meetingId, null)
  if (startsAt === null || state === 'PLANNED') fail('MEETING_NOT_ANNOUNCED_YET', { found: state })
  const liveUrl = requirePlaylist('liveUrl', input.liveUrl)
  const replayUrl = requirePlaylist('replayUrl', input.replayUrl)
  await liveStore.setStream(tx, { meetingId, countyId: actor.countyId, orgId, liveUrl, replayUrl })
  await recordAudit(work, [{ orgId, action: 'meeting.stream-set', subjectType: 'Meeting', subjectId: meetingId }])
  return meetingId
})
