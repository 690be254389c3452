import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)
const month = monthOf(shanghaiDay(new Date()))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [above, keeper, neighbour]: Actor[] = []
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '党员' })])
  above = await seedActor(county, 'LEADER', tree.a.id)
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  neighbour = await seedActor(county, 'SECRETARY', tree.a2.id)
  const memberId = ids.get('党员') as string
  const keep = async (document: string, input: object) =>
    dataOf(await county.world.askUntyped.dues(keeper as Actor, document, { input }))
  for (const months of [-3, -2]) {
    const document =
      'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { category } } }'
    await keep(document, { memberId, through: addMonths(month, months) })
  }
  await keep('mutation ($input: PauseDuesInput!) { pauseDues(input: $input) { record { category } } }', {
    ...{ memberId, kind: 'ABROAD', from: addMonths(month, -1), basis: '出国留学' },
  })
})

const askedOf = async (by: Actor | undefined, of: string = month) => {
  const refs = [{ __typename: 'AskedOfOrganisation', organisationId: tree.a1.id, month: of }]
  const answer = await county.world.askUntyped.dues(
    by as Actor,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on AskedOfOrganisation {
      dues { times fields forms { name times fields askedBy source } } } } }`,
    { refs },
  )
  return dataOf(answer)._entities[0]?.dues ?? null
}

describe('S4-4 what a branch was asked for of its dues in a month', () => {
  test('S4-4 form by form, for the branch and for those above; what the audit says beside a form is the same form', async () => {
    const asked = await askedOf(keeper)
    expect(asked).toEqual({
      ...{ times: 3, fields: 8 },
      forms: [
        { name: 'pauseDues', times: 1, fields: 4, askedBy: 'REGULATION', source: '党费收缴' },
        { name: 'recordDuesPaidThrough', times: 2, fields: 2, askedBy: 'REGULATION', source: '党费收缴' },
      ],
    })
    expect(await askedOf(above)).toEqual(asked)
  })

  test('S4-4 of the month that is asked for, and nothing to a branch beside it', async () => {
    const nothing = { times: 0, fields: 0, forms: [] }
    expect(await askedOf(keeper, addMonths(month, -1))).toEqual(nothing)
    expect(await askedOf(neighbour)).toEqual(nothing)
  })
})
