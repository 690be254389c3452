import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { readOwnNotice } from '../notices/read-notices.ts'
import { criticismLimits } from './criticism.ts'
import { fail } from './errors.ts'
import { criticismStore } from './store.ts'

export type WriteOpinion = { meetingId: string; aboutMemberId: string; text: string }

/**
 * What one has to say of somebody, or of oneself, before a criticism meeting; whom it is about and the branch's secretary read it.
 * @throws DomainError NOT_FOUND, NOT_A_CRITICISM_MEETING, OPINION_NOT_ABOUT_MEMBER, OPINIONS_FULL, BAD_INPUT
 */
export const writeCriticismOpinion = useCase(
  'writeCriticismOpinion',
  async (work, { meetingId, aboutMemberId, text }: WriteOpinion) => {
    const { tx, actor, now, newId } = work
    const notice = (await readOwnNotice(work, meetingId)) ?? fail('NOT_FOUND', { what: toId('Meeting', meetingId) })
    const { kind, state, orgId, memberId } = notice
    if (kind !== 'CRITICISM_MEETING' || state !== 'ANNOUNCED') fail('NOT_A_CRITICISM_MEETING', { kind, found: state })
    if (!(await criticismStore.isTold(tx, actor.countyId, meetingId, aboutMemberId)))
      fail('OPINION_NOT_ABOUT_MEMBER', { memberId: toId('Member', aboutMemberId) })
    const said = requireReason(text, 'text', criticismLimits.opinion)
    const { own, about } = await criticismStore.countOpinions(tx, meetingId, memberId, aboutMemberId)
    if (own >= criticismLimits.opinionsEach) fail('OPINIONS_FULL', { found: own, wanted: criticismLimits.opinionsEach })
    if (about >= criticismLimits.opinionsAbout)
      fail('OPINIONS_FULL', { found: about, wanted: criticismLimits.opinionsAbout })
    await criticismStore.write(tx, {
      ...{ id: newId(), meetingId, countyId: actor.countyId, orgId, aboutMemberId, byMemberId: memberId },
      ...{ text: said, saidAt: now },
    })
    await recordAudit(work, [{ orgId, action: 'criticism.opinion', subjectType: 'Meeting', subjectId: meetingId }])
    return meetingId
  },
  // Who else was told of the meeting a member does not see, and is not told: only whether one person was.
  { rights: 'COUNTY' },
)
