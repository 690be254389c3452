import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { contentOf, holdKept } from '../meetings/hold-meeting.ts'
import { isDue } from '../meetings/meeting.ts'
import { readOwnNotice } from '../notices/read-notices.ts'
import { type Graded, requireAppraisable } from './appraisal.ts'
import { fail } from './errors.ts'
import { appraisalStore } from './store.ts'

const selfMost = 5_000
const mutualMost = 2_000

/** What one says of oneself before the appraisal; until it has been held. @throws DomainError NOT_FOUND, NOT_AN_APPRAISAL, BAD_INPUT */
export const writeSelfReview = useCase(
  'writeSelfReview',
  async (work, { meetingId, text }: { meetingId: string; text: string }) => {
    const { tx, actor } = work
    const notice = (await readOwnNotice(work, meetingId)) ?? fail('NOT_FOUND', { what: toId('Meeting', meetingId) })
    const { kind, state, orgId, memberId } = notice
    if (kind !== 'APPRAISAL_MEETING' || state !== 'ANNOUNCED') fail('NOT_AN_APPRAISAL', { kind, found: state })
    const said = requireReason(text, 'text', selfMost)
    await appraisalStore.writeSelf(tx, { meetingId, countyId: actor.countyId, orgId, memberId }, said)
    await recordAudit(work, [{ orgId, action: 'appraisal.self-review', subjectType: 'Meeting', subjectId: meetingId }])
    return meetingId
  },
)

export type RecordAppraisal = { meetingId: string; memberId: string; said: Graded }

/**
 * What the others said, the counts of the test and the committee's grade of one person, or why there is none. More than a
 * third excellent is warned of and not refused.
 * @throws DomainError NOT_FOUND, FORBIDDEN, NOT_AN_APPRAISAL, APPRAISAL_CLOSED and as `requireAppraisable`
 */
export const recordAppraisal = useCase(
  'recordAppraisal',
  async (work, { meetingId, memberId, said }: RecordAppraisal) => {
    const { tx, actor } = work
    const meeting = await holdKept(work, meetingId, null)
    const { kind, state, orgId } = meeting
    if (state === 'CLOSED') fail('APPRAISAL_CLOSED')
    if (kind !== 'APPRAISAL_MEETING' || state !== 'DRAFT') fail('NOT_AN_APPRAISAL', { kind, found: state })
    const { people } = await contentOf(work, meeting)
    const voters = people.filter(person => isDue(person) && person.attendance === 'PRESENT').length
    const found = people.find(person => person.memberId === memberId)
    requireAppraisable(memberId, found, said, voters)
    const leftOutReason = said.leftOutReason && requireReason(said.leftOutReason, 'leftOutReason')
    const mutual = said.mutual && requireReason(said.mutual, 'mutual', mutualMost)
    const key = { meetingId, countyId: actor.countyId, orgId, memberId }
    await appraisalStore.writeGraded(tx, key, { ...said, leftOutReason, mutual })
    await recordAudit(work, [{ orgId, action: 'appraisal.recorded', subjectType: 'Meeting', subjectId: meetingId }])
    return meetingId
  },
)
