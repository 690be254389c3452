import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember, rows } from '@linghang/harness/people'
import type { World } from '@linghang/harness/world'

export const today = shanghaiDay(new Date())
export const year = Number(today.slice(0, 4))

/** Two committees with three branches and those who owe there, and the year that is fixed. */
export async function createFixing(world?: World, ofYear = year) {
  const county = await createCounty(world)
  const tree = await seedTwoCommittees(county)
  const at = (branch: { code: string }, name: string, category: string, base: string) =>
    fullMember(county.code, branch.code, { 姓名: name, 党费人员类别: category, '党费计算基数（元/月）': base })
  const people = [
    at(tree.a1, '郑月', '按月薪', '5000.01'),
    at(tree.a1, '钱田', '农民', ''),
    at(tree.a1, '孙缺', '按月薪', ''),
    at(tree.a2, '李退', '离退休', '4967'),
    at(tree.b1, '周年', '年薪制', '60000'),
    fullMember(county.code, tree.a1.code, rows.probationary('吴预', `${ofYear - 1}-12-31`)),
    fullMember(county.code, tree.a1.code, rows.applicant('王申', '2024-05-05')),
  ]
  const ids = await seedMembers(county, people)
  await everyoneKnown(county)
  return { county, tree, ids, people, year: ofYear }
}
export type Made = Awaited<ReturnType<typeof createFixing>>
export const begin = ({ county, year }: Made, organisationId: string, more: object = {}, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    `mutation ($input: BeginDuesFixingInput!) { beginDuesFixing(input: $input) { proposed renewed
      fixing { total confirmed checked claimed incomplete monthlyDueFen } } }`,
    { input: { organisationId, year, ...more } },
  )
export const fixingAt = async (
  { county, year }: Made,
  id: string,
  by: Actor = county.admin,
  filter: object | null = null,
) => {
  const answer = await county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $year: Int!, $filter: DuesFixingLineFilter) { _entities(representations: $refs) { ... on Organisation {
      duesFixing(year: $year) { year begunAt total incomplete lines(first: 50, filter: $filter) { totalCount nodes {
        id version year ground fromMonth category baseFen dueFen why state member { id } organisation { id } } } } } } }`,
    { refs: [{ __typename: 'Organisation', id }], year, filter },
  )
  const [found] = dataOf(answer)._entities
  return found?.duesFixing ?? null
}
export const ownFixings = async ({ county, ids, year }: Made, name: string, by: Actor) => {
  const answer = await county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $year: Int!) { _entities(representations: $refs) { ... on Member { duesRecord {
      fixings(year: $year) { id dueFen } } } } }`,
    { refs: [{ __typename: 'Member', id: ids.get(name) as string }], year },
  )
  return dataOf(answer)._entities[0]?.duesRecord?.fixings ?? null
}

/** Somebody who is signed in and holds no office. */
export const memberOf = async ({ county, ids }: Made, name: string, branchId: string): Promise<Actor> => ({
  ...(await seedActor(county, 'AUDITOR', branchId, { memberId: ids.get(name) })),
  grants: [],
})

/** A member's lines of the year, as they see them to whom `by` belongs. */
export const linesOf = async ({ county, ids, year }: Made, name: string, by: Actor = county.admin) => {
  const answer = await county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $year: Int!) { _entities(representations: $refs) { ... on Member { duesRecord {
      fixedFor { id dueFen } fixings(year: $year) { id version state ground fromMonth category baseFen dueFen incomeFen why
        confirmedHow confirmedOn checkedOn explain { dueFen }
        paySlip { kind items { item fen counts } deductions { item fen } } } } } } }`,
    { refs: [{ __typename: 'Member', id: ids.get(name) as string }], year },
  )
  return dataOf(answer)._entities[0]?.duesRecord ?? null
}
/** The one line that somebody has. */
export const lineOf = async (made: Made, name: string, by?: Actor) => {
  const [line] = (await linesOf(made, name, by))?.fixings ?? []
  if (!line) throw new Error(`${name} has no line`)
  return line
}
type Named = { id: string; version: number }
const named = ({ id, version }: Named) => ({ lineId: id, version })
export const correct = ({ county }: Made, line: Named, said: object, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: CorrectDuesBaseInput!) { correctDuesBase(input: $input) { line { id version state dueFen why } } }',
    { input: { ...named(line), category: 'MONTHLY_SALARY' as const, ...said } },
  )
export const confirm = ({ county }: Made, line: Named, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: ConfirmDuesBaseInput!) { confirmDuesBase(input: $input) { line { id version state confirmedHow } } }',
    { input: named(line) },
  )
export const sign = ({ county }: Made, lines: readonly Named[], signedOn: string, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: RecordConfirmedOnPaperInput!) { recordConfirmedOnPaper(input: $input) { recorded } }',
    { input: { lines: lines.map(named), signedOn } },
  )
export const check = ({ county, year }: Made, organisationId: string, by: Actor = county.admin, more: object = {}) =>
  county.world.ask.dues(
    by,
    'mutation ($input: CheckDuesFixingInput!) { checkDuesFixing(input: $input) { checked fixing { total confirmed checked } } }',
    { input: { organisationId, year, ...more } },
  )
export const change = ({ county, ids, year }: Made, name: string, said: object, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    'mutation ($input: ChangeDuesBaseInput!) { changeDuesBase(input: $input) { line { id version state ground fromMonth dueFen why lastDueFen } } }',
    { input: { memberId: ids.get(name) as string, changedOn: `${year}-03-31`, category: 'RETIRED' as const, ...said } },
  )
