import { recordAudit, whenTaken } from '@linghang/access'
import { groupCitation, isBranch } from '@linghang/rulebook'
import { requireReason, toId } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { holdKept } from '../organisations/hold-organisation.ts'
import { fail } from './errors.ts'
import type { PartyGroup } from './group.ts'
import { groupStore } from './store.ts'

const { article, source } = groupCitation
const cited = { article, source }
const peopleAtMost = 100
const nameAtMost = 50

const audited = (work: Work, action: string, { id, orgId }: PartyGroup) =>
  recordAudit(work, [{ orgId, action, subjectType: 'PartyGroup', subjectId: id }])

/**
 * Whether these may be a group: members of the branch, in no other group, the leader one of them.
 * @throws DomainError GROUP_MEMBER_NOT_OF_BRANCH, GROUP_MEMBER_IN_ANOTHER, GROUP_LEADER_NOT_OF_GROUP, BAD_INPUT
 */
async function requireMembers(work: Work, group: PartyGroup, memberIds: readonly string[]): Promise<void> {
  const { tx, today } = work
  if (memberIds.length > peopleAtMost || new Set(memberIds).size < memberIds.length)
    fail('BAD_INPUT', {
      ...{ field: 'memberIds', found: memberIds.length },
      wanted: `at most ${peopleAtMost} people, each once`,
      wantedZh: `最多 ${peopleAtMost} 人，每人一次`,
    })
  const belonging = await groupStore.membersOfBranch(tx, group.orgId, today, memberIds)
  const stranger = memberIds.find(id => !belonging.has(id))
  if (stranger !== undefined) fail('GROUP_MEMBER_NOT_OF_BRANCH', { memberId: toId('Member', stranger), ...cited })
  const elsewhere = (await groupStore.groupsOf(tx, memberIds)).find(({ groupId }) => groupId !== group.id)
  if (elsewhere)
    fail('GROUP_MEMBER_IN_ANOTHER', { memberId: toId('Member', elsewhere.memberId), found: elsewhere.name })
  if (group.leaderId !== null && !memberIds.includes(group.leaderId))
    fail('GROUP_LEADER_NOT_OF_GROUP', { found: toId('Member', group.leaderId), ...cited })
}

const joining = (work: Work, { id: groupId, orgId }: PartyGroup, memberIds: readonly string[]) =>
  memberIds.map(memberId => ({
    ...{ id: work.newId(), orgId, groupId, memberId, fromOn: work.today, untilOn: null },
  }))

export type FormGroup = { orgId: string; name: string; memberIds: string[]; leaderId: string | null }

/**
 * Forms a party group of a branch that the actor keeps.
 * @throws DomainError NOT_FOUND, BAD_INPUT, GROUPS_ARE_OF_BRANCHES, GROUP_NAME_TAKEN and all of `requireMembers`
 */
export const formPartyGroup = useCase('formPartyGroup', async (work, input: FormGroup) => {
  const { tx, actor, today } = work
  // Held, so that two groups of a branch come one after the other and the second sees whom the first took.
  const { kind } = await holdKept(work, input.orgId)
  if (!isBranch(kind)) fail('GROUPS_ARE_OF_BRANCHES', { found: kind, ...cited })
  const group: PartyGroup = {
    ...{ id: work.newId(), orgId: input.orgId, name: requireReason(input.name, 'name', nameAtMost) },
    ...{ leaderId: input.leaderId, formedOn: today, endedOn: null, endReason: null, revision: 1 },
  }
  await requireMembers(work, group, input.memberIds)
  await groupStore
    .insert(tx, actor.countyId, group)
    .catch(whenTaken(() => fail('GROUP_NAME_TAKEN', { name: group.name })))
  await groupStore.join(tx, actor.countyId, joining(work, group, input.memberIds))
  await audited(work, 'party-group.formed', group)
  return group.id
})

/** A group that goes on, of a branch that the actor keeps, both held. @throws DomainError NOT_FOUND, GROUP_ENDED */
async function holdGroup(work: Work, id: string): Promise<PartyGroup> {
  const missing = () => fail('NOT_FOUND', { what: `PartyGroup:${id}` })
  const [found] = await groupStore.byIds(work.tx, work.actor.countyId, [id])
  if (!found || !(await work.supervision.kept([found.orgId])).has(found.orgId)) return missing()
  await holdKept(work, found.orgId)
  const group = (await groupStore.lock(work.tx, work.actor.countyId, id)) ?? missing()
  if (group.endedOn !== null) fail('GROUP_ENDED', { found: group.endedOn })
  return group
}

/** What is left out stays; a leader may be taken from the group by null. */
export type ChangeGroup = { id: string; name?: string; memberIds?: string[]; leaderId?: string | null }

/** @throws DomainError NOT_FOUND, BAD_INPUT, GROUP_ENDED, GROUP_NAME_TAKEN and all of `requireMembers` */
export const changePartyGroup = useCase('changePartyGroup', async (work, input: ChangeGroup) => {
  const { tx, actor, today } = work
  const before = await holdGroup(work, input.id)
  const members = (await groupStore.membersOn(tx, [before.id], today)).get(before.id) ?? []
  const memberIds = input.memberIds ?? members
  const name = input.name === undefined ? before.name : requireReason(input.name, 'name', nameAtMost)
  const { leaderId = before.leaderId } = input
  await requireMembers(work, { ...before, leaderId }, memberIds)
  await groupStore.update(tx, before, { name, leaderId }).catch(whenTaken(() => fail('GROUP_NAME_TAKEN', { name })))
  const [leaving, coming] = [
    members.filter(id => !memberIds.includes(id)),
    memberIds.filter(id => !members.includes(id)),
  ]
  await groupStore.leave(tx, before.id, leaving, today)
  await groupStore.join(tx, actor.countyId, joining(work, before, coming))
  await audited(work, 'party-group.changed', before)
  return before.id
})

/** Ends a group, which stays as history; its people are in none. @throws DomainError NOT_FOUND, GROUP_ENDED, BAD_INPUT */
export const endPartyGroup = useCase('endPartyGroup', async (work, input: { id: string; reason: string }) => {
  const { tx, today } = work
  const reason = requireReason(input.reason)
  const before = await holdGroup(work, input.id)
  const members = (await groupStore.membersOn(tx, [before.id], today)).get(before.id) ?? []
  await groupStore.leave(tx, before.id, members, today)
  await groupStore.update(tx, before, { endedOn: today, endReason: reason })
  await audited(work, 'party-group.ended', before)
  return before.id
})
