import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { type Answer, codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, addYears } from '@linghang/rulebook'

jest.setTimeout(180_000)

const today = shanghaiDay(new Date())
const [termEnd, meets] = [addMonths(today, 2), addDays(today, 50)]
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [town, branch, clerk, above, stranger]: Actor[] = []
let voters: string[]

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(
    county,
    Array.from({ length: 8 }, (_, i) => fullMember(county.code, tree.b1.code, { 姓名: `代表${i}` })),
  )
  voters = Array.from({ length: 8 }, (_, i) => ids.get(`代表${i}`) as string)
  await everyoneKnown(county)
  above = await seedActor(county, 'SECRETARY', tree.root.id)
  town = await seedActor(county, 'SECRETARY', tree.b.id)
  branch = await seedActor(county, 'SECRETARY', tree.b1.id)
  clerk = await seedActor(county, 'ADMIN', tree.b1.id)
  stranger = await seedActor(county, 'SECRETARY', tree.a.id)
  const term = { start: addYears(termEnd, -5), end: termEnd }
  await ok(county.admin, 'changeOrganisation', { id: tree.b.id, term }, 'organisation { id }')
})

const typeOf = (field: string) =>
  /ElectionApproval$/.test(field) ? 'ElectionStageInput' : `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
const send = (actor: Actor | undefined, field: string, input: object, what = 'election { id }'): Promise<Answer> =>
  county.world.askUntyped.org(
    actor as Actor,
    `mutation ($input: ${typeOf(field)}!) { ${field}(input: $input) { ${what} } }`,
    { input },
  )
const ok = async (actor: Actor | undefined, field: string, input: object, what?: string) =>
  dataOf(await send(actor, field, input, what))[field]
const read = async (id: string, what: string, actor: Actor | undefined = town) =>
  dataOf(
    await county.world.askUntyped.org(actor as Actor, `query ($id: ID!) { election(id: $id) { ${what} } }`, { id }),
  ).election
/** Asked by whoever elects, decided by the office above in its inbox, heard by the election. */
async function agreed(electionId: string, stage: string, by: Actor | undefined, decider: Actor | undefined) {
  await ok(by, 'requestElectionApproval', { electionId, stage })
  const asked = async () =>
    (await read(electionId, 'approvals { stage approvalId state }', by)).approvals.find(
      (one: { stage: string }) => one.stage === stage,
    )
  const { approvalId } = await asked()
  const found = 'query ($id: ID!) { approval(id: $id) { state } }'
  await until(
    async () =>
      dataOf(await county.world.askUntyped.workflows(decider as Actor, found, { id: approvalId })).approval !== null,
    60_000,
    'it is in the inbox of whoever decides',
  )
  dataOf(
    await county.world.askUntyped.workflows(
      decider as Actor,
      'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
      { input: { id: approvalId, outcome: 'APPROVED' } },
    ),
  )
  await until(async () => (await asked()).state === 'APPROVED', 60_000, 'the election hears of it')
}

describe('S0-12 a congress and its delegates', () => {
  test('S0-12 a town calls its branches to elect the delegates, each in an election of its own, and examines them', async () => {
    const plan = { organisationId: tree.b.id, kind: 'TERM', body: 'CONGRESS', seats: 5, posts: ['SECRETARY'] }
    const wanted = { ...plan, plannedOn: meets, scattered: true }
    expect(codesOf(await send(town, 'openElection', wanted))).toEqual(['DELEGATES_NOT_LAWFUL'])
    const { id: electionId } = (await ok(town, 'openElection', { ...wanted, delegates: 2 })).election
    const units = [{ organisationId: tree.b1.id, seats: 2 }]
    const call = { electionId, units, plannedOn: today }
    expect(codesOf(await send(town, 'callDelegates', call))).toEqual(['NOT_APPROVED_YET'])
    await agreed(electionId, 'REQUEST', town, above)
    expect(codesOf(await send(stranger, 'callDelegates', call))).toEqual(['NOT_FOUND'])
    expect(
      codesOf(await send(town, 'callDelegates', { ...call, units: [{ organisationId: tree.a1.id, seats: 2 }] })),
    ).toEqual(['UNIT_NOT_BELOW'])
    expect(codesOf(await send(town, 'callDelegates', { ...call, units: [] }))).toEqual(['BAD_INPUT'])
    await ok(town, 'callDelegates', call)
    expect(codesOf(await send(town, 'callDelegates', call))).toEqual(['UNIT_CALLED_ALREADY'])

    const { delegateUnits } = await read(electionId, 'delegateUnits { seats organisation { id } election { id } }')
    expect(delegateUnits).toMatchObject([{ seats: 2, organisation: { id: tree.b1.id } }])
    const unitId = delegateUnits[0].election.id
    expect(await read(unitId, 'kind seats congress { id }')).toEqual({
      ...{ kind: 'DELEGATES', seats: 2, congress: { id: electionId } },
    })
    // The branch sees its own, and of the congress above it nothing.
    expect(await read(unitId, 'kind congress { id }', branch)).toEqual({ kind: 'DELEGATES', congress: null })
    const summons = { electionId, on: today, assemblyOn: meets }
    expect(codesOf(await send(town, 'summonElectors', summons))).toEqual(['DELEGATES_NOT_ELECTED'])

    // Beside it the branch may elect its own committee.
    const own = { organisationId: tree.b1.id, kind: 'TERM', body: 'ASSEMBLY', seats: 3, posts: ['SECRETARY'] }
    const term = { start: addYears(termEnd, -3), end: termEnd }
    await ok(county.admin, 'changeOrganisation', { id: tree.b1.id, term }, 'organisation { id }')
    await ok(branch, 'openElection', { ...own, plannedOn: termEnd })

    const on = { electionId: unitId }
    const named = voters.slice(0, 3).map((memberId, i) => ({ memberId, name: `代表${i}`, groups: 1, members: 8 }))
    await ok(branch, 'recordRecommendations', { ...on, on: today, groups: 1, members: 8, people: named })
    const two = { ...on, memberIds: voters.slice(0, 2), posts: [] }
    expect(codesOf(await send(branch, 'proposeCandidates', two))).toEqual(['CANDIDATES_TOO_FEW'])
    await ok(branch, 'proposeCandidates', { ...two, memberIds: voters.slice(0, 3) })
    await agreed(unitId, 'CANDIDATES', branch, town)
    await ok(branch, 'summonElectors', { ...on, on: today, assemblyOn: today })
    const content = { heldOn: today, presentIds: voters }
    const { meeting } = await ok(
      branch,
      'recordMeeting',
      { organisationId: tree.b1.id, kind: 'BRANCH_ASSEMBLY', content },
      'meeting { id }',
    )
    const people = { tellers: [voters[6]], counters: [voters[7]] }
    await ok(branch, 'holdElectionAssembly', { ...on, meetingId: meeting.id, ...people })
    await ok(branch, 'openBallot', { ...on, kind: 'MAIN', on: today })
    const votes = (memberId: string | undefined, inFavour: number) => ({
      ...{ memberId, inFavour, against: 8 - inFavour, abstained: 0 },
    })
    const tally = {
      ...{ ...on, due: 8, present: 8, issued: 8, voting: 8, returned: 8, void: 0 },
      candidates: [votes(voters[0], 8), votes(voters[1], 5), votes(voters[2], 3)],
    }
    await ok(branch, 'enterTally', tally)
    await ok(clerk, 'enterTally', tally)
    await ok(branch, 'closeMeeting', { id: meeting.id }, 'meeting { id }')
    await agreed(unitId, 'RESULT', branch, town)
    await until(async () => (await read(unitId, 'phase')).phase === 'DONE', 60_000, 'the delegates are examined')
    expect(await read(electionId, 'delegateSeats delegates { memberId name }')).toEqual({
      delegateSeats: 2,
      delegates: voters.slice(0, 2).map((memberId, i) => ({ memberId, name: `代表${i}` })),
    })
    // Nobody sits anywhere for being a delegate.
    const committee = 'query ($id: ID!) { organisation(id: $id) { committee { memberId } } }'
    const { organisation } = dataOf(await county.world.askUntyped.org(branch as Actor, committee, { id: tree.b1.id }))
    expect(organisation.committee).toEqual([])
    // What is missing now is the superior's consent to the candidates of the congress itself.
    expect(codesOf(await send(town, 'summonElectors', summons))).toEqual(['NOT_APPROVED_YET'])
  })

  test('S0-12 a congress that is called off calls off the elections of its delegates', async () => {
    const own = await createCounty(county.world)
    const places = await seedTwoCommittees(own)
    const ids = await seedMembers(
      own,
      Array.from({ length: 3 }, (_, i) => fullMember(own.code, places.b1.code, { 姓名: `代表${i}` })),
    )
    expect(ids.size).toBe(3)
    await everyoneKnown(own)
    const [party, over] = [
      await seedActor(own, 'SECRETARY', places.b.id),
      await seedActor(own, 'SECRETARY', places.root.id),
    ]
    const term = { start: addYears(termEnd, -5), end: termEnd }
    await ok(own.admin, 'changeOrganisation', { id: places.b.id, term }, 'organisation { id }')
    const plan = { organisationId: places.b.id, kind: 'TERM', body: 'CONGRESS', seats: 5, posts: ['SECRETARY'] }
    const opened = await ok(party, 'openElection', { ...plan, plannedOn: meets, scattered: true, delegates: 1 })
    const electionId = opened.election.id
    await agreed(electionId, 'REQUEST', party, over)
    await ok(party, 'callDelegates', {
      electionId,
      units: [{ organisationId: places.b1.id, seats: 1 }],
      plannedOn: today,
    })
    await ok(party, 'cancelElection', { electionId, reason: '推迟召开' })
    const { delegateUnits } = await read(electionId, 'delegateUnits { election { phase } }', party)
    expect(delegateUnits).toEqual([{ election: { phase: 'CANCELLED' } }])
  })
})
