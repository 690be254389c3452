import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { requireKept } from '../../structure/organisations/administration.ts'
import { organisationOf } from '../../structure/organisations/read-organisations.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { closing, type JointActivity, type JointKind, type JointParty, jointLimits, requireParties } from './joint.ts'
import { jointStore } from './store.ts'

export type PlanJoint = {
  orgId: string
  kind: JointKind
  title: string
  heldOn: string
  place: string | null
  items: string[]
  inviteCodes: string[]
}

/**
 * Plans an activity with other organisations of the county, which it invites by their codes; the host takes part.
 * @returns its id @throws DomainError NOT_FOUND, FORBIDDEN, JOINT_PARTIES_BOUNDED, JOINT_WITH_ITSELF, BAD_INPUT
 */
export const planJointActivity = useCase('planJointActivity', async (work, input: PlanJoint): Promise<string> => {
  const { tx, actor, newId } = work
  const { orgId, kind, heldOn } = input
  const what = toId('Organisation', orgId)
  await requireKept(work, orgId, what)
  const host = (await organisationOf(work, orgId)) ?? fail('NOT_FOUND', { what })
  const codes = input.inviteCodes.map(code => code.trim()).slice(0, jointLimits.invited + 1)
  const found = await jointStore.toInvite(tx, codes)
  const unknown = codes.find(code => !found.some(one => one.code === code))
  if (unknown !== undefined) fail('NOT_FOUND', { what: unknown })
  requireParties(orgId, found)
  if (input.items.length > jointLimits.items)
    fail('BAD_INPUT', {
      ...{ field: 'items', found: input.items.length },
      ...{ wanted: `at most ${jointLimits.items}`, wantedZh: `最多 ${jointLimits.items} 项` },
    })
  const activity: JointActivity = {
    ...{ id: newId(), orgId, hostName: host.name, kind, heldOn, state: 'OPEN' },
    title: requireReason(input.title, 'title', jointLimits.title),
    place: input.place === null ? null : requireReason(input.place, 'place', jointLimits.place),
    items: input.items.map(item => requireReason(item, 'items', jointLimits.item)),
    ...{ due: null, present: null, closedOn: null },
  }
  const none = { declineReason: null, meetingId: null, due: null, present: null }
  const parties: JointParty[] = [
    { activityId: activity.id, participantId: orgId, name: host.name, answer: 'ACCEPTED', ...none },
    ...found.map(
      ({ id, name }): JointParty => ({
        ...{ activityId: activity.id, participantId: id, name, answer: 'INVITED', ...none },
      }),
    ),
  ]
  await jointStore.insert(tx, actor.countyId, activity, parties)
  await recordAudit(work, [
    { orgId, action: 'joint-activity.planned', subjectType: 'JointActivity', subjectId: activity.id },
  ])
  return activity.id
})

/**
 * The host closes it: when each that takes part has given its list, or its day has passed.
 * @throws DomainError NOT_FOUND, FORBIDDEN, JOINT_ACTIVITY_CLOSED, JOINT_LISTS_MISSING
 */
export const closeJointActivity = useCase(
  'closeJointActivity',
  async (work, { id }: { id: string }): Promise<string> => {
    const { tx, actor, today } = work
    const what = toId('JointActivity', id)
    const activity = (await jointStore.lock(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what })
    await requireKept(work, activity.orgId, what)
    const counted = closing(activity, await jointStore.lockParties(tx, id), today)
    await jointStore.close(tx, id, { ...counted, closedOn: today })
    const { orgId } = activity
    await recordAudit(work, [{ orgId, action: 'joint-activity.closed', subjectType: 'JointActivity', subjectId: id }])
    return id
  },
)
