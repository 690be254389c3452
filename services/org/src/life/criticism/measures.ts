import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { requireKept } from '../../structure/organisations/administration.ts'
import { useCase } from '../../work.ts'
import { tellFollowUp } from '../follow-ups/tell-follow-up.ts'
import { contentOf, holdKept } from '../meetings/hold-meeting.ts'
import { criticismLimits } from './criticism.ts'
import { fail } from './errors.ts'
import { criticismStore } from './store.ts'

export type AddMeasure = { meetingId: string; memberId: string | null; problem: string; measure: string; dueOn: string }

/**
 * What is to be mended after a criticism meeting, and by when.
 * @throws DomainError NOT_FOUND, FORBIDDEN, NOT_A_CRITICISM_MEETING, OPINION_NOT_ABOUT_MEMBER, MEASURES_FULL, MEASURE_DUE_IN_PAST, BAD_INPUT
 */
export const addCriticismMeasure = useCase('addCriticismMeasure', async (work, input: AddMeasure) => {
  const { tx, actor, today, newId } = work
  const { meetingId, memberId, dueOn } = input
  const meeting = await holdKept(work, meetingId, null)
  const { kind, state, orgId } = meeting
  if (kind !== 'CRITICISM_MEETING' || !(state === 'DRAFT' || state === 'CLOSED'))
    fail('NOT_A_CRITICISM_MEETING', { kind, found: state })
  if (dueOn < today) fail('MEASURE_DUE_IN_PAST', { found: dueOn, wanted: today })
  const { people } = await contentOf(work, meeting)
  if (memberId !== null && !people.some(person => person.memberId === memberId))
    fail('OPINION_NOT_ABOUT_MEMBER', { memberId: toId('Member', memberId) })
  const found = (await criticismStore.measures(tx, [meetingId])).length
  if (found >= criticismLimits.measures) fail('MEASURES_FULL', { found, wanted: criticismLimits.measures })
  const written = {
    ...{ id: newId(), meetingId, orgId, memberId, dueOn, doneOn: null, outcome: null },
    problem: requireReason(input.problem, 'problem', criticismLimits.problem),
    measure: requireReason(input.measure, 'measure', criticismLimits.measure),
  }
  await criticismStore.addMeasure(tx, { ...written, countyId: actor.countyId })
  await tellFollowUp(work, orgId)
  await recordAudit(work, [{ orgId, action: 'criticism.measure-added', subjectType: 'Meeting', subjectId: meetingId }])
  return meetingId
})

/** A measure is done, with what came of it. @throws DomainError NOT_FOUND, FORBIDDEN, MEASURE_DONE, BAD_INPUT */
export const finishCriticismMeasure = useCase(
  'finishCriticismMeasure',
  async (work, { id, outcome }: { id: string; outcome: string }) => {
    const { tx, actor, today } = work
    const what = toId('CriticismMeasure', id)
    const measure = (await criticismStore.lockMeasure(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what })
    const { orgId, meetingId, doneOn } = measure
    await requireKept(work, orgId, what)
    if (doneOn !== null) fail('MEASURE_DONE', { found: doneOn })
    await criticismStore.finish(tx, id, today, requireReason(outcome, 'outcome', criticismLimits.problem))
    await tellFollowUp(work, orgId)
    await recordAudit(work, [{ orgId, action: 'criticism.measure-done', subjectType: 'Meeting', subjectId: meetingId }])
    return meetingId
  },
)
