import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { type Answer, codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays, addMonths, addYears } from '@linghang/rulebook'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const termEnd = addMonths(today, 2)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let secretary: Awaited<ReturnType<typeof seedActor>>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
  await seedMembers(county, [
    ...Array.from({ length: 8 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `选举人${i}` })),
    ...Array.from({ length: 6 }, (_, i) => fullMember(county.code, tree.a2.code, { 姓名: `小支部${i}` })),
  ])
  for (const branch of [tree.a1.id, tree.a2.id])
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }',
        { input: { id: branch, term: { start: addYears(termEnd, -3), end: termEnd } } },
      ),
    )
})

const fields = 'id kind phase seats plannedOn termEnd steps { step dueOn office done }'
const open = (organisationId: string, over: object = {}, actor = county.admin): Promise<Answer> =>
  county.world.askUntyped.org(
    actor,
    `mutation ($input: OpenElectionInput!) { openElection(input: $input) { election { ${fields} } } }`,
    {
      input: {
        ...{ organisationId, kind: 'TERM', body: 'ASSEMBLY', seats: 3, posts: ['SECRETARY'], plannedOn: termEnd },
        ...over,
      },
    },
  )
const command = (field: string, input: object, actor = county.admin): Promise<Answer> =>
  county.world.askUntyped.org(
    actor,
    `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { election { phase plannedOn } } }`,
    { input },
  )

describe('S0-12 what a county has otherwise', () => {
  const own = { effectiveFrom: today, plenaryQuorum: 'TWO_THIRDS', electedBase: 'PRESENT', basis: '组通〔2026〕1号' }
  const decide = (at: County, over: object = {}, actor = at.admin): Promise<Answer> =>
    at.world.askUntyped.org(
      actor,
      `mutation ($input: SetElectionSettingsInput!) { setElectionSettings(input: $input) { settings {
        effectiveFrom plenaryQuorum electedBase inTimeDays days { step day } basis } } }`,
      { input: { ...own, ...over } },
    )

  test('S0-12 holds for elections that are opened from its day on, once a day, by its administrators', async () => {
    const other = await createCounty(county.world)
    const { a1 } = await seedTwoCommittees(other)
    const clerk = await seedActor(other, 'SECRETARY', a1.id)
    await seedMembers(
      other,
      Array.from({ length: 8 }, (_, i) => fullMember(other.code, a1.code, { 姓名: `选举人${i}` })),
    )
    const term = { start: addYears(termEnd, -3), end: termEnd }
    dataOf(
      await other.world.ask.org(
        other.admin,
        'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }',
        { input: { id: a1.id, term } },
      ),
    )
    expect(codesOf(await decide(other, {}, clerk))).toEqual(['FORBIDDEN'])
    const plan = { step: 'PLAN', day: -90 }
    const { settings } = dataOf(await decide(other, { days: [plan] })).setElectionSettings
    expect(settings).toMatchObject({ ...own, inTimeDays: 60 })
    expect(settings.days).toContainEqual(plan)
    expect(settings.days).toContainEqual({ step: 'REQUEST', day: -45 })
    expect(codesOf(await decide(other))).toEqual(['ELECTION_SETTINGS_DATE_TAKEN'])
    expect(codesOf(await decide(other, { days: [plan, plan] }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await decide(other, { inTimeDays: 181 }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await decide(other, { days: [{ step: 'ANNOUNCEMENT', day: -6 }] }))).toEqual([
      'ELECTION_STEP_DAY_REFUSED',
    ])
    const wanted = { organisationId: a1.id, kind: 'TERM', body: 'ASSEMBLY', seats: 3, posts: ['SECRETARY'] }
    const { election } = dataOf(
      await other.world.askUntyped.org(
        clerk,
        `mutation ($input: OpenElectionInput!) { openElection(input: $input) { election {
          plenaryQuorum electedBase steps { step dueOn } } } }`,
        { input: { ...wanted, plannedOn: termEnd } },
      ),
    ).openElection
    expect(election).toMatchObject({ plenaryQuorum: 'TWO_THIRDS', electedBase: 'PRESENT' })
    expect(election.steps[0]).toEqual({ step: 'PLAN', dueOn: addDays(termEnd, -90) })
  })
})

describe('S0-12 an election is opened', () => {
  test('S0-12 the wizard works out what it is, and asks only what nobody but the branch knows', async () => {
    const ask = async (organisationId: string, on: string | null = null) =>
      dataOf(
        await county.world.ask.org(
          secretary,
          `query ($id: ID!, $on: Date) { electionProposal(organisationId: $id, on: $on) {
            kind termEnd bodies fullMembers seatsFrom seatsAtMost candidatesAtLeast toAsk steps { step dueOn } } }`,
          { id: organisationId, on },
        ),
      ).electionProposal
    expect(await ask(tree.a1.id)).toMatchObject({
      ...{ kind: 'TERM', termEnd, bodies: ['ASSEMBLY'], fullMembers: 8, seatsFrom: 3, seatsAtMost: 7 },
      ...{ candidatesAtLeast: 4, toAsk: ['seats', 'posts'] },
    })
    expect(await ask(tree.a1.id, addDays(termEnd, 1))).toMatchObject({
      kind: 'LATE',
      toAsk: ['seats', 'reason', 'posts'],
    })
    // Of a branch beside it the secretary learns nothing.
    expect(await ask(tree.a2.id)).toBeNull()
  })

  test('S0-12 opened once, with the days of its steps; a second one waits until it is called off', async () => {
    const opened = dataOf(await open(tree.a1.id)).openElection.election
    expect(opened).toMatchObject({ kind: 'TERM', phase: 'OPEN', seats: 3, termEnd })
    expect(opened.steps[0]).toEqual({ step: 'PLAN', dueOn: addDays(termEnd, -60), office: 'OWN', done: true })
    expect(opened.steps.at(-1)).toMatchObject({ step: 'RESULT_REPLY', dueOn: addDays(termEnd, 30), office: 'SUPERIOR' })
    expect(codesOf(await open(tree.a1.id))).toEqual(['ELECTION_OPEN_ALREADY'])
    const moved = addDays(termEnd, -3)
    const [electionId, reason] = [opened.id, '场地']
    expect(
      dataOf(await command('moveElection', { electionId, plannedOn: moved, reason })).moveElection.election,
    ).toEqual({
      phase: 'OPEN',
      plannedOn: moved,
    })
    expect(codesOf(await command('cancelElection', { electionId, reason }, secretary))).toEqual([])
    expect(codesOf(await command('moveElection', { electionId, plannedOn: moved, reason }))).toEqual([
      'ELECTION_CLOSED',
    ])
    expect(codesOf(await open(tree.a1.id))).toEqual([])
  })

  test('S0-12 two at once open one election', async () => {
    const answers = await Promise.all([open(tree.a2.id, { seats: 0 }), open(tree.a2.id, { seats: 0 })])
    expect(answers.flatMap(codesOf)).toEqual(['ELECTION_OPEN_ALREADY'])
  })

  test('S0-12 what is not lawful is refused with its article, in both languages', async () => {
    const answer = await open(tree.b1.id, { seats: 3 })
    expect(codesOf(answer)).toEqual(['COMMITTEE_NOT_SET_UP'])
    expect(answer.errors[0]?.message).toContain('第二十条')
  })

  test('S0-12 nobody is recommended before the superior has agreed to the election', async () => {
    expect(
      codesOf(
        await command('recordRecommendations', {
          ...{ electionId: await anElection(), on: today, groups: 1, members: 1, people: [] },
        }),
      ),
    ).toEqual(['NOT_APPROVED_YET'])
  })

  const anElection = async (): Promise<string> =>
    dataOf(
      await county.world.ask.org(
        county.admin,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { elections(first: 1) { nodes { id } } } } }',
        { refs: [{ __typename: 'Organisation', id: tree.a1.id }] },
      ),
    )._entities[0]?.elections.nodes[0]?.id as string
})
