import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createTransact, shanghaiDay, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import type {
  CorrectFactInput,
  DecideExemptionInput,
  EndExemptionInput,
  RecordFactInput,
  WithdrawFactInput,
} from '@linghang/harness/generated/assessment'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { exemptionStore } from '../src/facts/exemptions/store.ts'
import type { Tx } from '../src/work.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const lastWeek = addDays(today, -7)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let memberId: string
let secretary: Actor
let other: Actor
let own: Actor
const pool = createPool(databaseUrl(surroundings(), 'assessment'), { max: 2, applicationName: 'recorded-test' })
const prisma = new PrismaClient({ adapter: createAdapter(pool) })

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const people = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '甲一' })])
  memberId = people.get('甲一') as string
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
  other = await seedActor(county, 'SECRETARY', tree.a2.id)
  own = { ...secretary, grants: [], memberId: uuidOf(memberId), memberOrgId: uuidOf(tree.a1.id) }
  await until(
    async () =>
      (await look('assessment', 'select 1 from member_stay where member_id = $1', [uuidOf(memberId)])).length > 0,
    30_000,
  )
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
})

const given = (changes: Partial<RecordFactInput> = {}): RecordFactInput => ({
  ...{ memberId, kind: 'HONOUR', day: lastWeek, attributes: [{ key: 'level', value: 'COUNTY' }] },
  ...{ evidence: '区委组织部 2026 年第 12 号', ...changes },
})
const record = (input: RecordFactInput, by = secretary) =>
  county.world.ask.assessment(
    by,
    'mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { id version kind quantity withdrawn evidence } } }',
    { input },
  )
const correct = (input: CorrectFactInput, by = secretary) =>
  county.world.ask.assessment(
    by,
    'mutation ($input: CorrectFactInput!) { correctFact(input: $input) { fact { version versions { version reason } } } }',
    { input },
  )
const withdraw = (input: WithdrawFactInput, by = secretary) =>
  county.world.ask.assessment(
    by,
    'mutation ($input: WithdrawFactInput!) { withdrawFact(input: $input) { fact { version withdrawn } } }',
    { input },
  )
const factsOf = async (by: Actor) =>
  entityOf(
    await county.world.ask.assessment(
      by,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { facts(kind: HONOUR) { totalCount nodes {
        kind day quantity attributes { key value } organisation { id } sourceType sourceVersion
        source { __typename ... on RecordedFact { id evidence } } } } } } }`,
      { refs: [{ __typename: 'Member', id: memberId }] },
    ),
  ).facts
const versioned = (version: number) =>
  until(async () => {
    const { nodes } = await factsOf(secretary)
    return nodes.some(({ sourceVersion }) => sourceVersion === version) ? nodes : null
  }, 30_000)

describe('S0-20 what no service knows is written down with its evidence', () => {
  test('S0-20 it becomes a fact that leads to what it rests on, for the office and the person; corrected and taken back', async () => {
    const { fact } = dataOf(await record(given({ quantity: 1.5 }))).recordFact
    expect(fact).toMatchObject({ version: 1, kind: 'HONOUR', quantity: 1.5, withdrawn: false })
    const id = fact?.id as string
    const seen = {
      ...{ kind: 'HONOUR', day: lastWeek, quantity: 1.5, attributes: [{ key: 'level', value: 'COUNTY' }] },
      ...{ organisation: { id: tree.a1.id }, sourceType: 'RecordedFact', sourceVersion: 1 },
      source: { __typename: 'RecordedFact', id, evidence: '区委组织部 2026 年第 12 号' },
    }
    expect(await versioned(1)).toEqual([seen])
    expect(await factsOf(own)).toEqual({ totalCount: 1, nodes: [seen] })
    expect(await factsOf(other)).toEqual({ totalCount: 0, nodes: [] })

    const said = { id, day: today, attributes: [{ key: 'level', value: 'CITY' }], evidence: '市委 2026 年第 3 号' }
    const corrected = dataOf(await correct({ ...said, reason: '级别登记有误' })).correctFact.fact
    expect(corrected).toEqual({
      ...{
        version: 2,
        versions: [
          { version: 2, reason: '级别登记有误' },
          { version: 1, reason: null },
        ],
      },
    })
    expect(await versioned(2)).toMatchObject([{ day: today, attributes: [{ value: 'CITY' }], quantity: 1 }])

    expect(dataOf(await withdraw({ id, reason: '表彰已撤销' })).withdrawFact.fact).toEqual({
      ...{ version: 3, withdrawn: true },
    })
    await until(async () => (await factsOf(secretary)).totalCount === 0, 30_000)
    expect(codesOf(await withdraw({ id, reason: '表彰已撤销' }))).toEqual(['FACT_WITHDRAWN'])
    expect(codesOf(await correct({ ...said, reason: '级别登记有误' }))).toEqual(['FACT_WITHDRAWN'])
  })

  test('S0-20 by whoever keeps the organisation; of whom the kind is, on a day that has been, with its evidence', async () => {
    expect(codesOf(await record(given(), other))).toEqual(['NOT_FOUND'])
    expect(codesOf(await record(given(), await seedActor(county, 'LEADER', tree.a1.id)))).toEqual(['FORBIDDEN'])
    expect(codesOf(await record(given(), own))).toEqual(['NOT_FOUND'])
    expect(codesOf(await record(given({ organisationId: tree.a1.id })))).toEqual(['FACT_OF_NOBODY'])
    expect(codesOf(await record(given({ kind: 'BUSINESS_RESULT', attributes: [] })))).toEqual(['FACT_OF_NOBODY'])
    expect(codesOf(await record(given({ day: addDays(today, 1) })))).toEqual(['BAD_INPUT'])
    expect(codesOf(await record(given({ evidence: ' ' })))).toEqual(['BAD_INPUT'])
    expect(codesOf(await record(given({ attributes: [{ key: 'likes', value: '9' }] })))).toEqual([
      'FACT_SAYS_OTHERWISE',
    ])
    const banned = await county.world.askUntyped.assessment(
      secretary,
      'mutation ($input: RecordFactInput!) { recordFact(input: $input) { fact { id } } }',
      { input: { ...given(), kind: 'LOGIN' } },
    )
    expect(banned.errors.length).toBeGreaterThan(0)
    expect(banned.data).toBeFalsy()
    const organisation = given({ kind: 'BUSINESS_RESULT', attributes: [], quantity: 92.5, memberId: undefined })
    expect(codesOf(await record({ ...organisation, organisationId: tree.a1.id }))).toEqual([])
    expect(codesOf(await record({ ...organisation, organisationId: tree.a2.id }))).toEqual(['NOT_FOUND'])
  })
})

describe('R10 who is not counted as the others are', () => {
  const decide = (input: Partial<DecideExemptionInput> = {}, by = secretary) =>
    county.world.ask.assessment(
      by,
      'mutation ($input: DecideExemptionInput!) { decideExemption(input: $input) { exemption { id reason from until } } }',
      {
        input: {
          ...{ memberId, reason: 'OLD', from: lastWeek, decidedOn: lastWeek, basis: '支部党员大会 2026 年第 9 号' },
          ...input,
        },
      },
    )
  const end = (input: EndExemptionInput, by = secretary) =>
    county.world.ask.assessment(
      by,
      'mutation ($input: EndExemptionInput!) { endExemption(input: $input) { exemption { until endReason } } }',
      { input },
    )
  const at = (from: string, to: string) =>
    createTransact<Tx>(prisma)(systemActor(county.id), tx =>
      exemptionStore.exemptionsAt(tx, county.id, [uuidOf(memberId)], from, to),
    )

  test('R10 is decided by the branch and ends on its day', async () => {
    const { exemption } = dataOf(await decide()).decideExemption
    expect(exemption).toMatchObject({ reason: 'OLD', from: lastWeek, until: null })
    const id = exemption?.id as string
    expect(await at(addDays(lastWeek, -9), addDays(lastWeek, -1))).toEqual(new Map())
    const standing = { reason: 'OLD', from: lastWeek, until: null }
    expect(await at(addDays(lastWeek, -9), lastWeek)).toEqual(new Map([[uuidOf(memberId), [standing]]]))
    expect(codesOf(await decide())).toEqual(['EXEMPTION_STANDS'])
    expect(codesOf(await decide({ reason: 'ILL' }, other))).toEqual(['NOT_FOUND'])
    expect(codesOf(await end({ id, until: today, reason: '本人申请' }, other))).toEqual(['NOT_FOUND'])
    expect(codesOf(await end({ id, until: addDays(lastWeek, -1), reason: '本人申请' }))).toEqual(['BAD_INPUT'])
    expect(dataOf(await end({ id, until: today, reason: '本人申请' })).endExemption.exemption).toEqual({
      ...{ until: today, endReason: '本人申请' },
    })
    expect(codesOf(await end({ id, until: today, reason: '本人申请' }))).toEqual(['EXEMPTION_OVER'])
    expect(await at(addDays(today, 1), addDays(today, 9))).toEqual(new Map())
    const exemptions = async (by: Actor) =>
      entityOf(
        await county.world.ask.assessment(
          by,
          'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { exemptions { reason basis } } } }',
          { refs: [{ __typename: 'Member', id: memberId }] },
        ),
      ).exemptions
    expect(await exemptions(own)).toEqual([{ reason: 'OLD', basis: '支部党员大会 2026 年第 9 号' }])
    expect(await exemptions(other)).toEqual([])
    expect(codesOf(await decide({ from: addDays(today, 1) }))).toEqual([])
  })
})
