import type { Actor } from '@linghang/access'
import { type Data, dataOf } from '@linghang/harness/ask'
import { askerAt } from '@linghang/harness/asker'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { createDesk, type Desk } from '@linghang/harness/desk'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { samples } from './sample-files.ts'

/** A county of two committees whose branch A1 has voters and offices. */
export type Branch = {
  county: County
  tree: Awaited<ReturnType<typeof seedTwoCommittees>>
  secretary: Actor
  committee: Actor
  sibling: Actor
  voters: string[]
  /** Ids of everybody in the register, by name. */
  ids: Map<string, string>
}

/** @param people rows beyond the voters, each with the branch that it belongs to (A1 unless told otherwise) */
export async function newBranch(people: (Partial<PersonRow> & { at?: 'a1' | 'a2' | 'b1' })[]): Promise<Branch> {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const voterNames = Array.from({ length: 7 }, (_, n) => `表决人${n}`)
  const ids = await seedMembers(county, [
    ...voterNames.map(name => fullMember(county.code, tree.a1.code, { 姓名: name })),
    ...people.map(({ at = 'a1', ...row }) => fullMember(county.code, tree[at].code, row)),
  ])
  const [secretary, committee, sibling] = await Promise.all([
    seedActor(county, 'SECRETARY', tree.a1.id),
    seedActor(county, 'SECRETARY', tree.a.id),
    seedActor(county, 'SECRETARY', tree.a2.id),
  ])
  return { county, tree, secretary, committee, sibling, ids, voters: voterNames.map(name => ids.get(name) as string) }
}

/** Somebody of a branch who holds no office. */
export async function personAt(county: County, branchId: string, memberId: string): Promise<Actor> {
  const { subject } = await seedAccount(county, { keptBy: branchId, memberId })
  return actorOf(county.world, subject)
}

/** What organisations show of development, which is reached through the entity. */
export const ofOrganisation = async (county: County, actor: Actor, id: string, fields: string): Promise<Data> =>
  dataOf(
    await county.world.askUntyped.members(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { ${fields} } } }`,
      { refs: [{ __typename: 'Organisation', id }] },
    ),
  )._entities[0]

export const caseOfMember = async (county: County, actor: Actor, memberId: string): Promise<Data> =>
  dataOf(
    await county.world.ask.members(
      actor,
      'query ($id: ID!) { member(id: $id) { developmentCases { id phase endReason step } } }',
      { id: memberId },
    ),
  ).member?.developmentCases.at(-1)

/** The desk of one case, at the services themselves. */
export async function openDesk({ county, tree, secretary, committee, voters }: Branch, memberId: string) {
  const { id: caseId } = await until(() => caseOfMember(county, county.admin, memberId), 30_000, 'there is a case')
  return createDesk<Actor>({
    ask: actor => askerAt(county.world, actor),
    look: (database, sql, values) => look(database, sql, values),
    ...{ branch: tree.a1.id, committee: tree.a.id, secretary, committeeSecretary: committee, voters, memberId, caseId },
    paper: await samples.pdf(),
  })
}
export type CaseDesk = Desk<Actor>
