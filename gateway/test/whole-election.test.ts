import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { appointOffice, linkAccount } from '@linghang/harness/accounts'
import { type Answer, codesOf, dataOf, post } from '@linghang/harness/ask'
import { askerAt } from '@linghang/harness/asker'
import { type County, createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { createDatabases } from '@linghang/harness/databases'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { startWorld, type World } from '@linghang/harness/world'
import { addDays, addYears, lastWorkingDay } from '@linghang/rulebook'
import { supergraphFile } from '../src/supergraph/read-subgraphs.ts'
import { type Front, type Provider, standInFront, startProvider, subjectOf } from './in-front.ts'

jest.setTimeout(300_000)

/**
 * A branch of ten elects anew: today its term has a year left, fifty days before the end it begins, and ten before it
 * meets. What each office does stands below in its order; each signs in at the identity provider, and asks at the
 * gateway and nowhere else.
 */
const reminded = shanghaiDay(new Date())
const termEnd = addYears(reminded, 1)
const [begins, meets] = [addDays(termEnd, -50), addDays(termEnd, -10)]
const noticeEnds = lastWorkingDay(begins, 5).on
const suffix = `elects_${process.pid}`

type Office = 'secretary' | 'clerk' | 'superior'

let folder: string
let kafka: KafkaServer
let provider: Provider
let world: World
let front: Front
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let voters: string[]
let electionId: string
let meetingId: string

/** The same databases on another day. */
async function standOn(day: string): Promise<void> {
  await front?.stop()
  await world?.stop()
  world = await startWorld({ databaseSuffix: suffix, kafkaBrokers: kafka.brokers }, { org: day, workflows: day })
  const signingKey = surroundings().internalTokenKey
  front = await standInFront({ urls: world.urls, issuer: provider.issuer, signingKey, supergraphFile })
}
/** Whoever signs in by this name holds the office from now on. */
async function holds(name: Office, role: 'SECRETARY' | 'ADMIN', organisationId: string): Promise<void> {
  const admin = askerAt(world, county.admin)
  const account = { kind: 'PERSON' as const, issuer: provider.issuer, subject: subjectOf(name), memberId: null }
  const accountId = await linkAccount(admin, { organisationId, ...account })
  await appointOffice(admin, { accountId, organisationId, role })
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-election-'))
  kafka = await startKafka({ stateDir: folder, report: () => undefined })
  provider = await startProvider(folder, ['secretary', 'clerk', 'superior'] satisfies Office[])
  await createDatabases(surroundings(), ['org', 'members', 'dues', 'assessment', 'workflows'], suffix)
  await standOn(reminded)
  county = await createCounty(world)
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(
    county,
    Array.from({ length: 10 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `党员${i}` })),
  )
  voters = Array.from({ length: 10 }, (_, i) => ids.get(`党员${i}`) as string)
  await everyoneKnown(county)
  await holds('secretary', 'SECRETARY', tree.a1.id)
  await holds('clerk', 'ADMIN', tree.a1.id)
  await holds('superior', 'SECRETARY', tree.a.id)
  const term = { start: addYears(termEnd, -3), end: termEnd }
  dataOf(
    await askerAt(world, county.admin).org(
      'mutation ($input: ChangeOrganisationInput!) { changeOrganisation(input: $input) { organisation { id } } }',
      { input: { id: tree.a1.id, term } },
    ),
  )
})
afterAll(async () => {
  await front?.stop()
  await world?.stop()
  await provider?.stop()
  await kafka?.stop()
  await rm(folder, { recursive: true, force: true })
})

const headersOf = async (name: Office) => ({ authorization: `Bearer ${await provider.tokenOf(name)}` })
/** Asks at the gateway, as whoever signs in by this name. */
const ask = async (name: Office, query: string, variables: object): Promise<Answer> =>
  post(front.url, { query, variables }, await headersOf(name))
const typeOf = (field: string) =>
  /ElectionApproval$/.test(field) ? 'ElectionStageInput' : `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`
const send = (field: string, input: object, name: Office = 'secretary', what = 'election { id phase ballotsDue }') =>
  ask(name, `mutation ($input: ${typeOf(field)}!) { ${field}(input: $input) { ${what} } }`, { input })
const ok = async (field: string, input: object, name?: Office, what?: string) =>
  dataOf(await send(field, input, name, what))[field]
const election = async (what: string) =>
  dataOf(await ask('superior', `query ($id: ID!) { election(id: $id) { ${what} } }`, { id: electionId })).election
const branch = async (name: Office, what: string) =>
  dataOf(await ask(name, `query ($id: ID!) { organisation(id: $id) { ${what} } }`, { id: tree.a1.id })).organisation
/** What is due of the branch, when it is as it should be; a service hears of what another did in its time. */
const isDue = (name: Office, expected: { rule: string; state: string; dueOn: string }[]) =>
  until(
    async () => {
      const { deadlines } = await branch(name, 'deadlines(first: 50) { nodes { rule state dueOn } }')
      expect(deadlines.nodes).toEqual(expected)
      return true
    },
    60_000,
    `the branch has of what is due ${JSON.stringify(expected)}`,
  )
/** The branch asks, the committee above decides in its inbox, and the election hears of it. */
async function agreed(stage: string, kind: string): Promise<void> {
  await ok('requestElectionApproval', { electionId, stage })
  const asked = async () =>
    (await election('approvals { stage approvalId state }')).approvals.find(
      (one: { stage: string }) => one.stage === stage,
    )
  const { approvalId: id } = await asked()
  const found = await until(
    async () =>
      dataOf(await ask('superior', 'query ($id: ID!) { approval(id: $id) { kind state office { role } } }', { id }))
        .approval,
    60_000,
    'the committee above has it in its inbox',
  )
  expect(found).toMatchObject({ kind, state: 'OPEN', office: { role: 'SECRETARY' } })
  await ok('decideApproval', { id, outcome: 'APPROVED' }, 'superior', 'approval { state }')
  await until(async () => (await asked()).state === 'APPROVED', 60_000, 'the election hears of it')
}
const [ann, bo, cai, du, teller, counter] = [0, 1, 2, 3, 4, 5] as const
const tally = (yes: Record<number, number>, voting: number, due: number) => ({
  ...{ due, present: voting, issued: voting, voting, returned: voting, void: 0 },
  candidates: Object.entries(yes).map(([n, inFavour]) => ({
    ...{ memberId: voters[Number(n)], inFavour, against: voting - inFavour, abstained: 0 },
  })),
})
/** Counted on paper, entered by the secretary and by somebody else. */
async function counted(count: object): Promise<void> {
  await ok('enterTally', { electionId, ...count })
  expect(codesOf(await send('enterTally', { electionId, ...count }))).toEqual(['SAME_PERSON_COUNTS_TWICE'])
  await ok('enterTally', { electionId, ...count }, 'clerk')
}

describe('S0-12 a branch elects its committee', () => {
  test('S0-12 a year before its term ends the branch is reminded for the first time, and again when it begins', async () => {
    await isDue('secretary', [{ rule: 'TERM_ENDS', state: 'YEAR_AHEAD', dueOn: termEnd }])
    await standOn(begins)
    await isDue('secretary', [{ rule: 'TERM_ENDS', state: 'QUARTER_AHEAD', dueOn: termEnd }])
  })

  test('S0-12 the branch opens its election and its committee above agrees to it', async () => {
    const opened = await ok('openElection', {
      ...{ organisationId: tree.a1.id, kind: 'TERM', body: 'ASSEMBLY', seats: 3, posts: ['SECRETARY'] },
      plannedOn: meets,
    })
    electionId = opened.election.id
    await agreed('REQUEST', 'ELECTION_REQUEST')
    const due = async () => (await branch('secretary', 'deadlines(first: 50) { nodes { rule } }')).deadlines.nodes
    await until(
      async () => (await due()).some(({ rule }: { rule: string }) => rule === 'ELECTION_CANDIDATES'),
      60_000,
      'the steps that are not done have their days',
    )
  })

  test('S0-12 members recommend, the committee puts four forward for three seats, and the committee above agrees', async () => {
    const people = [ann, bo, cai, du].map(n => ({ memberId: voters[n], name: `党员${n}`, groups: 1, members: 9 }))
    await ok('recordRecommendations', { electionId, on: begins, groups: 1, members: 9, people })
    const posts = [{ post: 'SECRETARY', memberId: voters[ann] }]
    const three = { electionId, memberIds: [ann, bo, cai].map(n => voters[n]), posts }
    expect(codesOf(await send('proposeCandidates', three))).toEqual(['CANDIDATES_TOO_FEW'])
    await ok('proposeCandidates', { ...three, memberIds: [ann, bo, cai, du].map(n => voters[n]) })
    await agreed('CANDIDATES', 'ELECTION_CANDIDATES')
  })

  test('S0-12 the candidates are announced for five working days, and the members summoned', async () => {
    await ok('announceCandidates', { electionId, from: begins, until: noticeEnds })
    await ok('summonElectors', { electionId, on: begins, assemblyOn: meets })
  })

  test('S0-12 nine of ten meet on the day, and elect three of four and of them their secretary', async () => {
    await standOn(meets)
    const content = { heldOn: meets, presentIds: voters.slice(0, 9), absentIds: voters.slice(9) }
    const recorded = await ok(
      'recordMeeting',
      { organisationId: tree.a1.id, kind: 'BRANCH_ASSEMBLY', content },
      'secretary',
      'meeting { id }',
    )
    meetingId = recorded.meeting.id
    const held = { electionId, meetingId, counters: [voters[counter]] }
    expect(codesOf(await send('holdElectionAssembly', { ...held, tellers: [voters[ann]] }))).toEqual([
      'TELLER_IS_CANDIDATE',
    ])
    await ok('holdElectionAssembly', { ...held, tellers: [voters[teller]] })

    await ok('openBallot', { electionId, kind: 'MAIN', on: meets })
    await counted(tally({ [ann]: 9, [bo]: 8, [cai]: 6, [du]: 4 }, 9, 10))
    await ok('openBallot', { electionId, kind: 'POSTS', on: meets })
    await counted(tally({ [ann]: 3 }, 3, 3))
    expect(await election('ballotsDue elected { memberId } officers { post memberId }')).toEqual({
      ballotsDue: [],
      elected: [ann, bo, cai].map(n => ({ memberId: voters[n] })),
      officers: [{ post: 'SECRETARY', memberId: voters[ann] }],
    })
  })

  test('S0-12 with the approval of the result the committee takes its seats and its term, and the deadline moves', async () => {
    expect(codesOf(await send('requestElectionApproval', { electionId, stage: 'RESULT' }))).toEqual([
      'ASSEMBLY_NOT_CLOSED',
    ])
    await ok('closeMeeting', { id: meetingId }, 'secretary', 'meeting { id }')
    await agreed('RESULT', 'ELECTION_RESULT')
    await until(async () => (await election('phase')).phase === 'DONE', 60_000, 'the committee is seated')
    const organisation = await branch('secretary', 'term { start end } committee { memberId post entry }')
    expect(organisation.term).toEqual({ start: meets, end: addYears(meets, 3) })
    expect(organisation.committee.map((one: { memberId: string; post: string }) => [one.memberId, one.post])).toEqual(
      expect.arrayContaining([
        [voters[ann], 'SECRETARY'],
        [voters[bo], 'MEMBER'],
        [voters[cai], 'MEMBER'],
      ]),
    )
    expect(organisation.committee).toHaveLength(3)
    // The old term and every step of the election are closed.
    await isDue('superior', [{ rule: 'TERM_ENDS', state: 'UPCOMING', dueOn: addYears(meets, 3) }])
  })

  test('S0-10 its papers know all that was written down, and leave for a pen what nobody has recorded', async () => {
    const { papers } = await election('papers { paper missing mayBeMade }')
    expect(papers.length).toBeGreaterThan(30)
    expect([...new Set(papers.flatMap((one: { missing: string[] }) => one.missing))].toSorted()).toEqual([
      ...['phone', 'place', 'secretary'],
    ])
    const { electionPapersLink } = dataOf(
      await ask('secretary', 'query ($id: ID!) { electionPapersLink(electionId: $id) { url } }', { id: electionId }),
    )
    const filed = await fetch(`${front.url}${electionPapersLink.url}`, { headers: await headersOf('secretary') })
    expect([filed.status, (await filed.text()).startsWith('PK')]).toEqual([200, true])
  })
})
