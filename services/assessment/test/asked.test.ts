import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [keeper, neighbour]: Actor[] = []
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '党员' })])
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  neighbour = await seedActor(county, 'SECRETARY', tree.a2.id)
  const given = { memberId: ids.get('党员') as string, kind: 'HONOUR', day: today, evidence: '区委 2026 年第 12 号' }
  const hand = async (mutation: string, input: object) =>
    dataOf(await county.world.askUntyped.assessment(keeper as Actor, mutation, { input }))
  const attributes = [{ key: 'level', value: 'COUNTY' }]
  const { recordFact } = await hand(
    'mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { id } } }',
    {
      ...{ ...given, attributes },
    },
  )
  await hand('mutation ($input: CorrectFactInput!) { correctFact(input: $input) { fact { id } } }', {
    ...{ id: recordFact.fact.id, day: today, attributes, evidence: '区委 2026 年第 13 号', reason: '文号有误' },
  })
})

const askedOf = async (by: Actor | undefined) => {
  const refs = [{ __typename: 'AskedOfOrganisation', organisationId: tree.a1.id, month: monthOf(today) }]
  const answer = await county.world.askUntyped.assessment(
    by as Actor,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on AskedOfOrganisation {
      assessment { times fields picked known forms { name times fields picked known offered askedBy source } } } } }`,
    { refs },
  )
  return dataOf(answer)._entities[0]?.assessment ?? null
}

describe('S4-4 what a branch was asked for so that it is scored', () => {
  test('S4-4 what was written, what was only picked and what the program knew, by whom it is wanted', async () => {
    const { forms, ...all } = await askedOf(keeper)
    const wanted = { times: 1, picked: 0, askedBy: 'COUNTY', source: '县级决定的考核办法' }
    expect(forms).toMatchObject([
      { ...wanted, name: 'recordFact', fields: 3, known: 0, offered: 4 },
      // Which fact is corrected the program knows.
      { ...wanted, name: 'correctFact', fields: 3, known: 1 },
    ])
    expect(all).toEqual({ times: 2, fields: 6, picked: 0, known: 1 })
    expect(await askedOf(neighbour)).toEqual({ times: 0, fields: 0, picked: 0, known: 0, forms: [] })
  })
})
